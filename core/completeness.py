"""What each tier of scheme file has to say at least, and what it cannot say yet."""

from collections.abc import Iterator

from core.reserves import by_submission, chosen_in
from core.rules import EVERYBODY
from core.scheme import Scheme, Tier
from core.stages import StageKind
from core.titles import titles_of

OURS = "本服务"  # in a note: what this service asks for and no document does

Path = tuple[str | int, ...]
Flaw = tuple[Path, str]


def incomplete(scheme: Scheme) -> Iterator[Flaw]:
    """Path and sentence of everything this tier needs and the file does not have."""
    match scheme.tier:
        case Tier.HANDLE:
            yield from _handled(scheme)
        case Tier.CHECK:
            yield from _checked(scheme)
        case Tier.ANSWER:
            if not scheme.answers:
                yield ("tier",), "an answer file needs answers: what people ask, and what we say"
        case Tier.SUPERSEDED:
            yield from _superseded(scheme)
    if scheme.successor and scheme.tier is not Tier.SUPERSEDED:
        yield ("successor",), "a successor belongs to tier: superseded"


def _handled(scheme: Scheme) -> Iterator[Flaw]:
    if not scheme.stages:
        yield ("tier",), "a handled scheme needs stages: who does what, in order"
    if not (scheme.gains or scheme.remarks):
        yield ("tier",), "a handled scheme says what one gets: amount or benefits"
    if scheme.amount.by and scheme.stages and scheme.stages[-1].stage is not StageKind.PAYMENT:
        yield ("stages",), "the last stage pays"
    if bool(scheme.undertaking) != bool(scheme.undertaking_cite):
        yield ("undertaking",), "an undertaking goes with undertaking_cite"
    if scheme.drawn and not titles_of(scheme.asked):
        yield ("list",), "a list is drawn by titles: no question here has register: title"
    if scheme.drawn and not scheme.pays:
        yield ("list",), "a list is drawn to be paid: a payment stage is missing"
    yield from _hearings(scheme)
    yield from _shares(scheme)
    yield from _reserves(scheme)
    yield from _own_places(scheme)


def _own_places(scheme: Scheme) -> Iterator[Flaw]:
    giving = [number for number, stage in enumerate(scheme.stages) if stage.own_places]
    if len(giving) > 1:
        yield ("stages", giving[1]), "own places are given in one step, and another has them"
    if (scheme.quota.each or scheme.quota.allocation) and not giving:
        yield ("quota",), "each and allocation need the step that gives the places: own_places"


def _hearings(scheme: Scheme) -> Iterator[Flaw]:
    """What takes a title away says before which step the holder is heard, and who asks for it."""
    hearing = [(number, stage.hears) for number, stage in enumerate(scheme.stages) if stage.hears]
    if scheme.ends and not hearing:
        yield ("ends",), "who holds it is heard before it ends: a step needs hears"
    for number, hears in hearing:
        if not scheme.ends:
            yield ("stages", number, "hears"), "hears belongs to a scheme that ends titles: ends"
        elif hears.cite is None and not any(OURS in note for note in scheme.notes):
            yield (
                ("stages", number, "hears"),
                f"hears without cite is a rule of this service: notes have to say so ({OURS})",
            )


def _shares(scheme: Scheme) -> Iterator[Flaw]:
    shares = [s.share for s in scheme.stages if s.share and not s.when]
    if shares and sum(shares) != 100:
        yield ("stages",), f"the shares of the payments add up to {sum(shares)}, not to 100"


def _reserves(scheme: Scheme) -> Iterator[Flaw]:
    """A list to move up from, before a place is refilled from it."""
    chosen = chosen_in(scheme)
    names = [stage.name for stage in scheme.stages]
    if chosen is not None and scheme.quota.when_full != "reserve_list":
        yield ("stages", chosen), "reserves needs quota.when_full: reserve_list"
    for number, stage in enumerate(scheme.stages):
        if stage.vacancy != "from_reserves":
            continue
        if not by_submission(scheme) and (chosen is None or number <= chosen):
            yield ("stages", number), "from_reserves needs an earlier stage with reserves: true"
        elif stage.moves_up_to and stage.moves_up_to not in names[(chosen or 0) + 1 : number]:
            yield ("stages", number), f"{stage.moves_up_to} is no stage between the list and here"


def _checked(scheme: Scheme) -> Iterator[Flaw]:
    if scheme.eligibility == EVERYBODY and not scheme.remarks:
        yield ("tier",), "a checked scheme needs eligibility (or remarks, if it is for everybody)"
    if scheme.apply is None:
        yield ("tier",), "a checked scheme needs apply: where, how, and who decides"


def _superseded(scheme: Scheme) -> Iterator[Flaw]:
    if scheme.source.until is None:
        yield ("source",), "a superseded scheme needs source.until, the last day it was in force"
    if scheme.successor is None:
        yield ("tier",), "a superseded scheme needs its successor"
