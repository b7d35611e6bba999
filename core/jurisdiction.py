"""属地: the tree of unions, and which officers of a union act at a stage."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.errors import NotFound, OutsideJurisdiction
from core.people import Role
from core.stages import Manner, Stage


class Level(StrEnum):
    """Kinds of bodies in the union tree."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    INDUSTRIAL = "industrial"  # 省级产业、系统、公司工会
    COUNTY = "county"
    BASE_UNIT = "base_unit"
    OFFICE = "office"  # of the provincial union
    CHAIRS = "chairs"  # 主席办公会
    FINANCE = "finance"


@dataclass(frozen=True)
class Node:
    """One node of the tree as the law sees it."""

    id: int
    code: str
    name: str
    level: Level
    parent: int | None


# Money is the treasurer's, at whatever level it is paid (`role_at`).
ROLE_AT: dict[Level, Role] = {
    Level.BASE_UNIT: Role.REVIEWER,
    Level.COUNTY: Role.VERIFIER,
    Level.PREFECTURE: Role.VERIFIER,
    Level.INDUSTRIAL: Role.VERIFIER,
    Level.OFFICE: Role.OFFICE,
    Level.PROVINCE: Role.OFFICE,
    Level.CHAIRS: Role.CHAIRS,
    Level.FINANCE: Role.FINANCE,
}


class Tree:
    """The union tree, read once per unit."""

    def __init__(self, bodies: Iterable[Node]) -> None:
        self._by_id: Mapping[int, Node] = {body.id: body for body in bodies}

    def __getitem__(self, body: int) -> Node:
        try:
            return self._by_id[body]
        except KeyError:
            raise NotFound(union=body) from None

    @property
    def all(self) -> Iterable[Node]:
        """Every body that was read, in the order of the archive."""
        return self._by_id.values()

    def upwards(self, body: int) -> Iterator[Node]:
        """The body itself, then everything above it."""
        here: int | None = body
        while here is not None:
            yield self[here]
            here = self[here].parent

    def below(self, body: int) -> set[int]:
        """Ids of the body and of everything under it."""
        return {other for other in self._by_id if any(up.id == body for up in self.upwards(other))}

    def union_of(self, body: int) -> Node:
        """The union itself: an office, a chairs' meeting or a treasurer belongs to one."""
        parts = (Level.OFFICE, Level.CHAIRS, Level.FINANCE)
        return next(up for up in self.upwards(body) if up.level not in parts or up.parent is None)

    def nearest(self, body: int, *levels: Level) -> Node:
        """The first body upwards of one of these levels. Raises NotFound."""
        for up in self.upwards(body):
            if up.level in levels:
                return up
        raise NotFound(union=body)

    def nearest_or_top(self, body: int, *levels: Level) -> Node:
        """The first body upwards of one of these levels, or the province where there is none."""
        found = (up for up in self.upwards(body) if up.level in levels)
        return next(found, None) or self.of_level(Level.PROVINCE)

    def coded(self, code: str) -> Node:
        for body in self._by_id.values():
            if body.code == code:
                return body
        raise NotFound(union=code)

    def of_level(self, level: Level) -> Node:
        for body in self._by_id.values():
            if body.level is level:
                return body
        raise NotFound(union=level)


def role_at(stage: Stage, level: Level) -> Role:
    """The role of those who act at this stage in a body of this level."""
    return Role.FINANCE if stage.manner is Manner.PAY else ROLE_AT[level]


def check(stage: Stage, acting: Node, officer_union: int, role: str) -> None:
    """Raises OutsideJurisdiction unless this officer's union and role act at this stage."""
    if officer_union != acting.id or role_at(stage, acting.level) != role:
        raise OutsideJurisdiction(acting.name)
