"""The pages of examples that lie here, read."""

from pathlib import Path

from storage.examples import read as read_examples
from storage.schemes import read

HERE = Path(__file__).parent
CATALOGUE = read(HERE.parent.parent / "schemes")
PAGES = {page.scheme.id: page for page in read_examples(HERE, CATALOGUE)}
