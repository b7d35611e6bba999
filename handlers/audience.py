"""How many of our members may qualify: counted for a union and each of its branches."""

from collections import defaultdict
from dataclasses import dataclass

from core.capacities import confidential
from core.errors import NotFound
from core.jurisdiction import Level, Tree
from core.scheme import Applicant, Scheme
from core.verdict import judge, open_facts
from handlers.office import Office
from storage.audience import Size
from storage.tables import Union
from storage.unit import Unit

PEOPLE = {Applicant.WORKER, Applicant.WORKER_PAIR, Applicant.PUBLIC}


@dataclass(frozen=True)
class Branch:
    """The union itself or what hangs directly below it, with everything further down."""

    union_id: int
    name: str
    size: Size


@dataclass(frozen=True)
class Counted:
    """`unread` are the facts no one is addressed for (`storage.rule_sql`): they stay open."""

    scheme: Scheme
    total: Size
    branches: tuple[Branch, ...]
    unread: tuple[str, ...]


def schemes(office: Office) -> tuple[Scheme, ...]:
    """Those in force today that people apply for themselves, under conditions.

    Nobody is counted who could have something to report.
    """
    known = office.schemes.known(office.today())
    return tuple(each for each in known if _asks_people(each))


async def count(office: Office, unit: Unit, union: Union, scheme_id: str) -> Counted:
    """Raises NotFound for a scheme that is not in force, or not for people."""
    scheme = office.schemes.on(scheme_id, office.today())
    if not _asks_people(scheme):
        raise NotFound(scheme=scheme_id)
    tree = await unit.unions.tree()
    top = _top(tree, union)
    below = None if tree[top].level is Level.PROVINCE else tree.below(top)
    sizes = await unit.audience.sizes(scheme, office.today(), office.calendar, below)
    branches: defaultdict[int, Size] = defaultdict(Size)
    for member_union, size in sizes.items():
        branches[_branch(tree, member_union, top)] += size
    rows = [Branch(id_, tree[id_].name, size) for id_, size in branches.items()]
    rows.sort(key=lambda row: (-row.size.possibly, row.union_id))
    finding = judge(scheme.eligibility, {}, office.today(), office.calendar)
    needed = dict.fromkeys(open_facts(finding))
    unread = tuple(scheme.asked[fact].name for fact in needed if scheme.asked[fact].sensitive)
    return Counted(scheme, sum(branches.values(), Size()), tuple(rows), unread)


def _asks_people(scheme: Scheme) -> bool:
    rules = scheme.eligibility
    judged = bool(rules.all or rules.any or rules.none)
    return judged and not confidential(scheme) and bool(PEOPLE & set(scheme.applicants))


def _top(tree: Tree, union: Union) -> int:
    """An office of the province looks at what the province looks at."""
    return tree[union.id].parent or union.id if union.kind == Level.OFFICE else union.id


def _branch(tree: Tree, union_id: int, top: int) -> int:
    """The one directly below `top` that it belongs to."""
    path = [up.id for up in tree.upwards(union_id)]
    return path[max(path.index(top) - 1, 0)]
