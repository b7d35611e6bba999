"""代职工记录: the officer says what for and for whom, then writes it down (`handlers.dictation`).

State: page (office, which, name, identity, phone), union (in whose office), scheme; name and
identity, sealed.
"""

from base64 import b64decode, b64encode

from core.errors import WrongPerson
from core.people import normal_identity, normal_name
from handlers import oral, recorded
from handlers.account import PLACE
from handlers.bench import beside
from handlers.deciding import me
from handlers.visit import Go, Offer, Outcome, Visit


async def begin(visit: Visit) -> Outcome:
    """For whoever stands in for somebody of another union: in which office the person sits."""
    there = await recorded.offices(visit.unit, await me(visit))
    unions = dict.fromkeys(each.union_id for each in there)
    visit.go("recording", page="office", union=there[0].union_id)
    return await (office(visit) if len(unions) > 1 else which(visit))


async def office(visit: Visit) -> Outcome:
    say, there = visit.say, await recorded.offices(visit.unit, await me(visit))
    offers = []
    for union in dict.fromkeys(each.union_id for each in there):
        here = next(each for each in there if each.union_id == union)
        name = (await visit.unit.unions.by_id(union)).name
        offers.append(Offer(f"office:{union}", name + beside(say, here.instead_of)))
    return visit.ask(say("oral.office"), [*offers, Offer("menu", say("procedure.menu.back"))])


async def hear_office(visit: Visit) -> Outcome:
    kind, _, union = visit.token.partition(":")
    if kind != "office":
        return await office(visit)
    visit.state["union"] = int(union)
    return await which(visit)


async def which(visit: Visit) -> Outcome:
    """What is still going there, then what may be brought by word of mouth."""
    say, union = visit.say, visit.state["union"]
    visit.go("recording", page="which", union=union)
    there = await recorded.offices(visit.unit, await me(visit))
    mine = {each.id for one in there for each in (one, one.instead_of) if each}
    going = await visit.unit.recordings.going(mine, [union])
    offers = [
        Offer(
            f"going:{row.id}",
            say("oral.going", record=row.id, state=say(f"oral.state.{row.state}")),
        )
        for row in going
    ]
    offers += [
        Offer(f"scheme:{each.id}", say.scheme(each.name), "primary")
        for each in oral.schemes(visit.office)
    ]
    return visit.ask(say("oral.which"), [*offers, Offer("menu", say("procedure.menu.back"))])


async def hear_which(visit: Visit) -> Outcome:
    kind, _, told = visit.token.partition(":")
    match kind:
        case "going":
            return Go("dictation", told)
        case "scheme":
            visit.state.update(page="name", scheme=told)
            return await name(visit)
    return await which(visit)


async def name(visit: Visit) -> Outcome:
    return _typed(visit, "oral.name")


async def hear_name(visit: Visit) -> Outcome:
    visit.state.update(page="identity", name=_seal(visit, normal_name(visit.text)))
    return await identity(visit)


async def identity(visit: Visit) -> Outcome:
    return _typed(visit, "oral.identity")


async def hear_identity(visit: Visit) -> Outcome:
    number = normal_identity(visit.text, visit.today)
    visit.state.update(page="phone", identity=_seal(visit, number))
    return await phone(visit)


async def phone(visit: Visit) -> Outcome:
    return _typed(visit, "oral.phone")


async def hear_phone(visit: Visit) -> Outcome:
    officer, state = await me(visit), visit.state
    person = oral.Person(_open(visit, "name"), _open(visit, "identity"), visit.text)
    about = (state["scheme"], person, state["union"])
    row = await oral.begin(visit.office, visit.unit, officer, *about)
    if row is None:
        visit.note(visit.say.refusal(WrongPerson()))
        visit.state["page"] = "name"
        return await name(visit)
    return Go("dictation", str(row.id))


def _typed(visit: Visit, key: str) -> Outcome:
    back = Offer("menu", visit.say("procedure.menu.back"))
    return visit.ask(visit.say(key), [back], expects="text", secret=True)


def _seal(visit: Visit, text: str) -> str:
    return b64encode(visit.office.vault.seal(text, PLACE)).decode()


def _open(visit: Visit, key: str) -> str:
    return visit.office.vault.open(b64decode(visit.state[key]), PLACE)


PAGES = {
    "office": (office, hear_office),
    "which": (which, hear_which),
    "name": (name, hear_name),
    "identity": (identity, hear_identity),
    "phone": (phone, hear_phone),
}


async def proceed(visit: Visit) -> Outcome:
    return await PAGES[visit.state["page"]][0](visit)


async def answer(visit: Visit) -> Outcome:
    if visit.token == "menu":
        return Go("officer")
    return await PAGES[visit.state["page"]][1](visit)
