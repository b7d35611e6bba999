"""The way of one application, as the archive knows what decides it."""

from core.bodies import Home, legs
from core.facts import plain
from core.jurisdiction import Node, Tree
from core.way import Traveller
from handlers import standards
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import Application
from storage.unit import Unit


async def traveller(office: Office, unit: Unit, application: Application) -> Traveller:
    """Who travels: by the facts as they are now, judged on the day of submission."""
    scheme = scheme_of(office, application)
    facts = plain(await noted_facts(office, unit, application), scheme.asked)
    day = application.submitted_at.date()
    return Traveller(scheme, home(application), facts, day, office.calendar)


async def noted_facts(office: Office, unit: Unit, application: Application) -> standards.Noted:
    """With the standard lines of its year, where nobody has said otherwise for this case."""
    lines = await standards.known(unit, scheme_of(office, application), application.year)
    return {**lines, **application.facts}


def home(application: Application) -> Home:
    taken_in = application.accepting_union_id
    return Home(application.base_union_id, taken_in, application.union_id)


def bodies(office: Office, application: Application, tree: Tree) -> set[Node]:
    """Every union that acts on it at some stage."""
    scheme, where = scheme_of(office, application), home(application)
    stages = range(len(scheme.stages))
    return {node for number in stages for node in legs(scheme, number, where, tree)}
