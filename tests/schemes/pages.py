"""The pages of examples that lie here, read."""

from pathlib import Path

from core.periods import ANNOUNCED
from storage.examples import read as read_examples
from tests import run

HERE = Path(__file__).parent
CATALOGUE = run.catalogue()
PAGES = {page.scheme.id: page for page in read_examples(HERE, CATALOGUE, ANNOUNCED)}
