"""The pages of examples that lie here, read."""

from pathlib import Path

from storage.examples import read as read_examples
from storage.schemes import read

HERE = Path(__file__).parent
SCHEMES = HERE.parent.parent / "schemes"
CATALOGUE = read(SCHEMES)
PAGES = {page.scheme.id: page for page in read_examples(HERE, CATALOGUE)}
