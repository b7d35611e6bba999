"""For whom somebody applies, whom a report is about, and which union takes it in.

State: scheme, phase (capacity, named, relation, accused, ground, union, place; of whom the award
is about: agree, deceased, identity, unit).
"""

from core import reading
from core.bodies import ABOVE_UNIT
from core.capacities import (
    Capacity,
    asks_for_union,
    capacities,
    confidential,
    elsewhere,
    names_another,
)
from core.jurisdiction import Level
from core.people import normal_identity, normal_name
from core.scheme import Scheme
from handlers import consent, places, subject
from handlers.chat import Reply
from handlers.meant import PLACE
from handlers.visit import Go, Offer, Outcome, Visit
from storage.tables import Draft, Subject

MOST = 60  # characters of a name
RELATIONS = ("spouse", "parent", "child", "sibling", "other")
NOBODY, UNKNOWN = "nobody", "unknown"


async def begin(visit: Visit, scheme_id: str) -> Outcome:
    visit.go("behalf", scheme=scheme_id, phase="")
    return await proceed(visit)


def here(visit: Visit) -> Scheme:
    return visit.office.schemes.on(visit.state["scheme"], visit.today)


async def folder(visit: Visit, scheme: Scheme) -> Draft:
    return await visit.folder(scheme.id)


async def settled(visit: Visit, scheme: Scheme) -> bool:
    """Whether all of it is said."""
    draft = await folder(visit, scheme)
    return not open_phase(scheme, draft, await visit.unit.subjects.of(draft.id))


def open_phase(scheme: Scheme, draft: Draft, whom: Subject | None = None) -> str:
    """The first phase that is still to be answered; `whom` it is about, as far as that is told."""
    if not draft.capacity and capacities(scheme) != (Capacity.SELF,):
        return "capacity"
    if names_another(scheme, draft.capacity) and draft.other_sealed is None:
        return "named"
    if draft.capacity == Capacity.RELATIVE and not draft.relation:
        return "relation"
    if scheme.about and (whom is None or whom.identity_sealed is None):
        return "deceased" if whom is None else "identity"
    if scheme.about and whom and whom.unit_sealed is None:
        return "unit"
    if confidential(scheme) and draft.accused_sealed is None:
        return "accused"
    if scheme.intake is not None and len(scheme.intake.at) > 1 and not draft.ground:
        return "ground"
    if asks_for_union(scheme, draft.capacity) and draft.accepting_union_id is None:
        return "union"
    return ""


async def proceed(visit: Visit) -> Outcome:
    scheme = here(visit)
    draft = await folder(visit, scheme)
    if visit.state["phase"] == "place":
        return await _places(visit, scheme, draft)
    phase = open_phase(scheme, draft, await visit.unit.subjects.of(draft.id))
    if phase == "deceased" and not await consent.to(visit, "deceased"):
        phase = "agree"
    visit.state["phase"] = phase
    say, back = visit.say, Offer("menu", visit.say("menu.back"))
    match phase:
        case "":
            return Go("application", scheme.id)
        case "capacity":
            offers = [
                Offer(each, say(f"capacity.{each}"), "primary") for each in capacities(scheme)
            ]
            return visit.ask(say("behalf.capacity"), [*offers, back])
        case "named":
            key = "relative" if draft.capacity == Capacity.RELATIVE else "team"
            key = "payee" if scheme.about else key
            return visit.ask(say(f"behalf.{key}"), [back], expects="text", secret=key != "team")
        case "agree":
            return consent.ask(visit, "deceased")
        case "deceased" | "identity" | "unit":
            unknown = Offer(UNKNOWN, say("subject.unknown"))
            offers = [unknown, back] if phase == "identity" else [back]
            return visit.ask(say(f"subject.{phase}"), offers, expects="text", secret=True)
        case "relation":
            offers = [Offer(each, say(f"relation.{each}"), "primary") for each in RELATIONS]
            return visit.ask(say("behalf.relation"), [*offers, back])
        case "ground":
            return _grounds(visit, scheme, back)
        case "accused":
            nobody = Offer(NOBODY, say("behalf.nobody"), "primary")
            return visit.ask(say("behalf.accused"), [nobody, back], expects="text", secret=True)
    return await _unions(visit, scheme, draft)


async def answer(visit: Visit) -> Outcome:
    if visit.token == "menu":
        return Go("menu")
    scheme, token, vault = here(visit), visit.token, visit.office.vault
    draft = await folder(visit, scheme)
    match visit.state["phase"]:
        case "capacity" if token:
            draft.capacity = token
        case "named":
            draft.other_sealed = vault.seal(_name(visit), PLACE)
        case "agree":
            return await _agreed(visit)
        case "deceased" | "identity" | "unit":
            await _about(visit, scheme, draft)
        case "relation" if token:
            draft.relation = token
        case "accused":
            draft.accused_sealed = vault.seal("" if token == NOBODY else _name(visit), PLACE)
        case "ground" if token.startswith("by:") and scheme.intake is not None:
            draft.ground = scheme.intake.at[int(token.removeprefix("by:"))]
        case "union" | "place" if token == "elsewhere":
            visit.state.update(phase="place", prefecture=0)
        case "place" if token.startswith("in:"):
            visit.state["prefecture"] = int(token.removeprefix("in:"))
        case "union" | "place" if token.startswith("at:"):
            draft.accepting_union_id = int(token.removeprefix("at:"))
            visit.state["phase"] = ""
    return await proceed(visit)


async def _agreed(visit: Visit) -> Outcome:
    """Without consent nobody else's name and number are asked."""
    match visit.token:
        case "agree":
            await consent.given(visit, "deceased")
        case "refuse":
            visit.note(visit.say("subject.refused"))
            return Go("menu")
        case _:
            visit.note(visit.say("consent.choose"))
    return await proceed(visit)


async def _about(visit: Visit, scheme: Scheme, draft: Draft) -> None:
    """Whom the award is about, one after the other. Raises SubjectTaken, Unreadable."""
    subjects = visit.unit.subjects
    match visit.state["phase"]:
        case "deceased":
            await subjects.tell(draft.id, name=normal_name(visit.text))
        case "identity":
            number = "" if visit.token == UNKNOWN else normal_identity(visit.text, visit.today)
            await subjects.tell(draft.id, identity=number)
        case "unit":
            await subjects.tell(draft.id, unit=subject.read_unit(visit.text))
    await subject.check(visit.unit, scheme, draft.id)


def _name(visit: Visit) -> str:
    return reading.read_prose(visit.text, MOST)


async def _unions(visit: Visit, scheme: Scheme, draft: Draft) -> Reply:
    """The unions above one's own unit first; or those of another place. What belongs to the unit
    of somebody else may belong to one's own."""
    say = visit.say
    own = (Level.BASE_UNIT,) if elsewhere(scheme, draft.capacity) else ()
    assert visit.talk.worker_id is not None
    member = await visit.unit.workers.by_id(visit.talk.worker_id)
    assert member is not None
    tree = await visit.unit.unions.tree(member.union_id)
    above = [node for node in tree.upwards(member.union_id) if node.level in (*own, *ABOVE_UNIT)]
    offers = [Offer(f"at:{node.id}", node.name, "primary") for node in above]
    offers.append(Offer("elsewhere", say("behalf.elsewhere")))
    text = _which(visit, scheme, draft)
    return visit.ask(text, [*offers, Offer("menu", say("menu.back"))])


def _which(visit: Visit, scheme: Scheme, draft: Draft) -> str:
    """The question for the union: of the relative's place, of the place in the file, or any."""
    say, intake = visit.say, scheme.intake
    if draft.capacity == Capacity.RELATIVE:
        return say("behalf.union_of_relative")
    if intake is not None and intake.whole:
        cite = say.article(intake.cite)
        return say("behalf.union_at", at=say.scheme(intake.at[0]), cite=cite)
    return say("behalf.union")


async def _places(visit: Visit, scheme: Scheme, draft: Draft) -> Reply:
    """Prefecture, then one of its counties or the prefecture's union itself; an industry's union
    where it may belong to a unit of that line."""
    tree, prefecture = await visit.unit.unions.tree(0), visit.state["prefecture"]
    if not prefecture:
        of_a_line = elsewhere(scheme, draft.capacity)
        lines = places.of(tree, Level.INDUSTRIAL) if of_a_line else ()
        offers = [Offer(f"at:{node.id}", node.name) for node in lines]
        return places.prefectures(visit, tree, visit.say("behalf.prefecture"), *offers)
    return places.counties(visit, tree, prefecture, visit.say("behalf.county"))


def _grounds(visit: Visit, scheme: Scheme, back: Offer) -> Reply:
    """The places the document names, to be chosen from."""
    say = visit.say
    assert scheme.intake is not None
    offers = [
        Offer(f"by:{n}", say.scheme(place), "primary") for n, place in enumerate(scheme.intake.at)
    ]
    cite = say.article(scheme.intake.cite)
    return visit.ask(say("behalf.ground", cite=cite), [*offers, back])


async def told(visit: Visit, scheme: Scheme, draft: Draft) -> list[str]:
    """For the summary: in which capacity, for whom, about whom, to whom it goes."""
    say, lines = visit.say, []
    if draft.capacity and draft.capacity != Capacity.SELF:
        lines.append(say("behalf.as", capacity=say(f"capacity.{draft.capacity}")))
    if draft.other_sealed:
        relation = say(f"relation.{draft.relation}") if draft.relation else ""
        other = visit.office.vault.open(draft.other_sealed, PLACE)
        key = "behalf.paid_to" if draft.capacity == Capacity.UNION else "behalf.for"
        lines.append(say(key, name=other, relation=relation))
    if whom := await subject.told(visit.unit, scheme, draft.id):
        lines += subject.lines(say, whom)
    if draft.accepting_union_id:
        names = await visit.unit.unions.names(draft.accepting_union_id)
        lines.append(say("behalf.to", union=names[draft.accepting_union_id]))
    if draft.ground:
        lines.append(say("behalf.ground_is", place=say.scheme(draft.ground)))
    return lines
