"""属地: which union acts for this applicant at this stage, and which officers belong to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.errors import NotFound, OutsideJurisdiction
from core.people import Role
from core.scheme import Body, Stage, StageKind


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


ROLE_AT: dict[StageKind, dict[Level, Role]] = {
    StageKind.FIRST_REVIEW: {Level.BASE_UNIT: Role.REVIEWER},
    StageKind.NOTICE: {Level.BASE_UNIT: Role.REVIEWER, Level.OFFICE: Role.OFFICE},
    StageKind.VERIFICATION: {Level.PREFECTURE: Role.VERIFIER, Level.INDUSTRIAL: Role.VERIFIER},
    StageKind.REVIEW: {Level.OFFICE: Role.OFFICE},
    StageKind.APPROVAL: {Level.CHAIRS: Role.CHAIRS},
    StageKind.PAYMENT: {Level.FINANCE: Role.FINANCE},
    # Steps taken by hand: the one who enters how they ended.
    StageKind.CALL: {Level.OFFICE: Role.OFFICE},
    StageKind.RECOMMENDATION: {
        Level.BASE_UNIT: Role.REVIEWER,
        Level.PREFECTURE: Role.VERIFIER,
        Level.INDUSTRIAL: Role.VERIFIER,
    },
    StageKind.SCORING: {Level.OFFICE: Role.OFFICE},
    StageKind.BALLOT: {Level.BASE_UNIT: Role.REVIEWER, Level.OFFICE: Role.OFFICE},
    StageKind.CONFERRAL: {Level.OFFICE: Role.OFFICE, Level.CHAIRS: Role.CHAIRS},
    StageKind.SERVICE: {Level.BASE_UNIT: Role.REVIEWER, Level.OFFICE: Role.OFFICE},
    StageKind.REPORT: {Level.PREFECTURE: Role.VERIFIER, Level.OFFICE: Role.OFFICE},
    StageKind.EVALUATION: {Level.PREFECTURE: Role.VERIFIER, Level.OFFICE: Role.OFFICE},
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

    def upwards(self, body: int) -> Iterator[Node]:
        """The body itself, then everything above it."""
        here: int | None = body
        while here is not None:
            yield self[here]
            here = self[here].parent

    def below(self, body: int) -> set[int]:
        """Ids of the body and of everything under it."""
        return {other for other in self._by_id if any(up.id == body for up in self.upwards(other))}

    def nearest(self, body: int, *levels: Level) -> Node:
        """The first body upwards of one of these levels. Raises NotFound."""
        for up in self.upwards(body):
            if up.level in levels:
                return up
        raise NotFound(union=body)

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


def body_for(stage: Stage, base_unit: int, office: str, tree: Tree) -> Node:
    """The one body that acts at this stage for an applicant of this base unit."""
    match stage.by:
        case Body.BASE_UNIT:
            return tree[base_unit]
        case Body.PREFECTURE_UNION:
            return tree.nearest(base_unit, Level.PREFECTURE, Level.INDUSTRIAL)
        case Body.PROVINCIAL_OFFICE:
            return tree.coded(office)
        case Body.PROVINCIAL_CHAIRS:
            return tree.of_level(Level.CHAIRS)
        case Body.PROVINCIAL_UNION:
            return tree.of_level(Level.FINANCE)
        case Body.COUNTY_UNION:
            return tree.nearest(base_unit, Level.COUNTY)
        case _:  # no union of the tree: such a step is taken by hand
            raise NotFound(union=stage.by)


def check(stage: Stage, acting: Node, officer_union: int, role: str) -> None:
    """Raises OutsideJurisdiction unless this officer's union and role act at this stage."""
    if officer_union != acting.id or ROLE_AT[stage.stage].get(acting.level) != role:
        raise OutsideJurisdiction(acting.name)
