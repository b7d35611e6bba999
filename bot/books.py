"""`huigong check`: every scheme in one line, then the library counted, then what is unproved."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from core.catalogue import Catalogue
from core.contradictions import comparisons
from core.days import Calendar
from core.examples import Examples, unproved
from core.finding.wording import Wording
from core.scheme import Scheme, Tier
from storage import examples

UNSAID = "(issuer not named)"


def told(
    catalogue: Catalogue, asked: Wording, today: date, calendar: Calendar, folder: Path | None
) -> Iterator[str]:
    """The lines to print; `folder` holds the officers' examples, if there are any."""
    versions = [s for id_ in catalogue.every_id for s in catalogue.versions(id_)]
    yield from (_line(scheme) for scheme in versions)
    pages = examples.read(folder, catalogue, calendar) if folder and folder.is_dir() else []
    yield ""
    yield from _by_issuer(versions)
    yield ""
    yield from _counted(versions, pages, today)
    yield _wordings(asked)
    for page in pages:
        yield from (f"{page.scheme.id}: {say}: {why}" for say, why in unproved(page).items())
    yield f"{len(catalogue.every_id)} schemes, all right"


def _line(scheme: Scheme) -> str:
    return (
        f"{scheme.id:46} {scheme.tier:10} {scheme.source.document:20} {scheme.kind:20} "
        f"{len(scheme.asked):3} questions {len(scheme.stages):2} stages  {scheme.name}"
    )


def _by_issuer(schemes: Iterable[Scheme]) -> Iterator[str]:
    counts = Counter((scheme.source.issuer or UNSAID, scheme.tier) for scheme in schemes)
    issuers = Counter(issuer for issuer, _ in counts.elements())
    yield "".join([f"{tier:>12}" for tier in Tier]) + "  issuer"
    for issuer, _ in issuers.most_common():
        yield "".join(f"{counts[issuer, tier]:12}" for tier in Tier) + f"  {issuer}"
    totals = [sum(many for (_, t), many in counts.items() if t is tier) for tier in Tier]
    yield "".join(f"{total:12}" for total in totals) + "  all"


def _wordings(asked: Wording) -> str:
    naming = sum(len(ways) for ways in asked.asked.values())
    follow = sum(len(ways) for each in asked.followups.values() for ways in each.values())
    return f"{naming} wordings by which a scheme is asked for, {follow} questions about one at hand"


def _counted(schemes: list[Scheme], pages: list[Examples], today: date) -> Iterator[str]:
    facts = {fact for scheme in schemes for fact in scheme.asked}
    conditions = sum(len(list(comparisons(scheme))) for scheme in schemes)
    told = [each for page in pages for each in page.examples]
    asked = sum(len(page.asked) for page in pages)
    answers = sum(len(scheme.answers) for scheme in schemes)
    in_force = sum(scheme.source.in_force <= today <= (scheme.source.until or date.max)
                   for scheme in schemes)  # fmt: skip
    lacking = sum(len(unproved(page)) for page in pages)
    yield f"{len(schemes)} versions, {in_force} in force"
    yield f"{len(facts)} facts, {conditions} conditions, {answers} answers"
    yield f"{len(told)} examples, {asked} questions in other words"
    if pages:
        yield f"{lacking} conditions without an example on either side"
