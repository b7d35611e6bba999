"""Which office keeps a title: the one whose document ends it; where none says how it ends, the one
that confers it; for titles given elsewhere, the one that asks by them."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.scheme import Scheme
from core.titles import titles_of


@dataclass(frozen=True)
class Keeper:
    """`office` is its code. `given_with`: only of those given together with that other title."""

    office: str
    given_with: str = ""


def titles_in(schemes: Iterable[Scheme]) -> tuple[str, ...]:
    """Every title these schemes confer or ask for, each once."""
    found: dict[str, None] = {}
    for scheme in schemes:
        found |= dict.fromkeys(titles_of(scheme.asked))
        found |= dict.fromkeys(each.title for each in scheme.confers)
    return tuple(found)


def ending(title: str, schemes: Iterable[Scheme]) -> tuple[Keeper, ...]:
    """Who ends an entry: nobody of the province where a city keeps the title itself, the province
    where no document in force speaks of it any more."""
    there = tuple(schemes)
    ends = [
        Keeper(each.office, clause.given_with)
        for each in there
        for clause in each.ends
        if clause.title == title and each.office
    ]
    others = [Keeper(office) for office in _conferring(title, there) or _asking(title, there)]
    nobody = [] if _of_city(title, there) else [Keeper("")]
    return tuple(dict.fromkeys(ends or others or nobody))


def keeping(title: str, schemes: Iterable[Scheme]) -> frozenset[str]:
    """The codes of the offices that read and enter it: they end it or confer it."""
    there = tuple(schemes)
    return frozenset(each.office for each in ending(title, there)) | _conferring(title, there)


def _of_city(title: str, schemes: Iterable[Scheme]) -> bool:
    """Conferred under a scheme no office of the province runs."""
    return any(clause.title == title for each in schemes for clause in each.confers)


def _conferring(title: str, schemes: Iterable[Scheme]) -> frozenset[str]:
    return frozenset(
        each.office
        for each in schemes
        if each.office and any(clause.title == title for clause in each.confers)
    )


def _asking(title: str, schemes: Iterable[Scheme]) -> frozenset[str]:
    return frozenset(
        each.office for each in schemes if each.office and title in titles_of(each.asked)
    )
