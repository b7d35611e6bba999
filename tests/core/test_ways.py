"""Every handled scheme of the library, walked at random from the first step to the end."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.bodies import Home, legs
from core.errors import MoveNotAllowed, Refused
from core.findings import findings
from core.jurisdiction import Level, Node, Tree, role_at
from core.periods import ANNOUNCED
from core.rules import Value
from core.scheme import Scheme, Tier
from core.stages import MANNERS, Body, Manner, StageKind
from core.way import Traveller, applies, first_stop, stop_after, undecided
from core.workflow import GOING, Move, Standing, State, advance
from storage.schemes import read

DAY = date(2026, 3, 10)
LIBRARY = read(Path(__file__).parents[2] / "schemes")
NEWEST = [LIBRARY.versions(each)[-1] for each in LIBRARY.every_id]
HANDLED = [each for each in NEWEST if each.tier is Tier.HANDLE]
WALKS = 500  # of each scheme; from every kind of unit

TREE = Tree(
    [
        Node(1, "yn", "省总", Level.PROVINCE, None),
        Node(2, "km", "昆明市总", Level.PREFECTURE, 1),
        Node(3, "pl", "盘龙区总", Level.COUNTY, 2),
        Node(4, "cj", "春城厂工会", Level.BASE_UNIT, 3),
        Node(5, "yj", "冶金产业工会", Level.INDUSTRIAL, 1),
        Node(6, "hy", "红云钢铁工会", Level.BASE_UNIT, 5),
        Node(7, "yn-chairs", "主席办公会", Level.CHAIRS, 1),
        Node(8, "yn-finance", "财务部", Level.FINANCE, 1),
        Node(9, "yn-tech-office", "技创办", Level.OFFICE, 1),
        Node(10, "yn-labour-office", "劳动和经济工作部", Level.OFFICE, 1),
    ]
)
HOMES = (Home(4), Home(6), Home(3), Home(4, accepting=2))
DAYS = [timedelta(days=n) for n in range(3)]
LEADING = (Move.START, Move.PASS, Move.ENTER, Move.PAY)
ON_THE_WAY = (Move.POST, Move.ASK_CORRECTION, Move.CORRECT, Move.POSTPONE)
# What ends it is tried seldom: otherwise few would come to their last step.
MOVES = [move for move in Move for _ in range(100 if move in (*LEADING, *ON_THE_WAY) else 1)]
Step = tuple[Move, int, int | None]  # with the stage and the union it was made in


def test_what_a_step_asks_is_open_there_until_it_is_said() -> None:
    scheme = LIBRARY.versions("km-gold-medal-worker-2020")[-1]
    here = next(n for n, stage in enumerate(scheme.stages) if stage.asks)
    who = Traveller(scheme, Home(4), {}, DAY, ANNOUNCED)
    assert findings(who, here)["km_outstanding_since_2019"]
    assert "km_outstanding_since_2019" not in findings(who, here + 1)
    said = replace(who, facts={"km_outstanding_since_2019": False})
    assert "km_outstanding_since_2019" not in findings(said, here)


def a_traveller(scheme: Scheme, home: Home, chance: random.Random) -> Traveller:
    """Somebody for whom some steps apply and others do not; of some it is not known."""
    facts: dict[str, Value] = {}
    for stage in scheme.stages:
        for when in stage.when:
            if chance.random() < 0.8:
                values = [when.is_, *(when.in_ or ()), False, 1]
                facts[when.fact] = chance.choice([v for v in values if v is not None])
    return Traveller(scheme, home, facts, DAY, ANNOUNCED)


def walk(who: Traveller, chance: random.Random) -> list[Step]:
    """Random moves until it has ended; what is not allowed is tried as often as what is."""
    stop = first_stop(who, TREE)
    standing = Standing(State.WAITING, leads=stop.stage if stop else None)
    union, day, done = None, DAY, list[Step]()
    for _ in range(3000):
        dice = int(chance.random() * len(MOVES))
        move, day = MOVES[dice], day + DAYS[dice % 3]
        try:
            moved = advance(standing, move, who.scheme, day)
        except Refused:
            continue
        done.append((move, standing.stage, union))
        if moved.state not in GOING:
            return done
        if move is Move.POST:
            moved = replace(moved, last_day=day + timedelta(days=5))
        if move in LEADING:
            assert stop is not None
            union = stop.union.id
            here = replace(who, home=replace(who.home, last=union))
            stop = stop_after(here, TREE, moved.stage, union)
            moved = replace(moved, leads=stop.stage if stop else None)
        standing = moved
    raise AssertionError(f"{who.scheme.id} never ends")


@pytest.mark.parametrize("scheme", HANDLED, ids=lambda scheme: scheme.id)
def test_no_walk_skips_a_step_decides_twice_pays_twice_or_goes_on_for_ever(scheme: Scheme) -> None:
    chance = random.Random(scheme.id)
    acts = {h: [bool(legs(scheme, n, h, TREE)) for n in range(len(scheme.stages))] for h in HOMES}
    arrived = 0
    for _ in range(WALKS):
        who = a_traveller(scheme, chance.choice(HOMES), chance)
        done = walk(who, chance)
        assert done[0][0] in (Move.START, Move.WITHDRAW, Move.DISQUALIFY)
        steps = [(stage, union) for move, stage, union in done if move in LEADING[1:]]
        assert len(set(steps)) == len(steps)
        visited = [stage for stage, _ in steps]
        assert visited == sorted(visited)
        for number in set(range(visited[-1] if visited else 0)) - set(visited):
            assert not (acts[who.home][number] and applies(who, number))
        paid = [stage for move, stage, _ in done if move is Move.PAY]
        assert all(scheme.stages[stage].stage is StageKind.PAYMENT for stage in paid)
        assert len(set(paid)) == len(paid)
        arrived += done[-1][0] in LEADING
    assert arrived > WALKS / 4


@pytest.mark.parametrize("scheme", HANDLED, ids=lambda scheme: scheme.id)
@pytest.mark.parametrize("home", HOMES)
def test_every_step_has_a_union_and_a_role(scheme: Scheme, home: Home) -> None:
    for number, stage in enumerate(scheme.stages):
        unions = legs(scheme, number, home, TREE)
        assert unions or stage.by is Body.EVERY_LEVEL
        assert len({node.id for node in unions}) == len(unions)
        assert all(role_at(stage, node.level) for node in unions)


def test_no_step_of_a_file_is_skipped_by_everybody() -> None:
    for scheme in HANDLED:
        for number, stage in enumerate(scheme.stages):
            taken = any(legs(scheme, number, home, TREE) for home in HOMES)
            assert taken, f"{scheme.id}: {stage.name}"


def test_every_kind_of_step_has_its_manner() -> None:
    assert set(MANNERS) == set(StageKind)


def scheme(id_: str) -> Scheme:
    return LIBRARY.versions(id_)[-1]


def named(scheme: Scheme, number: int, home: Home) -> list[str]:
    return [node.code for node in legs(scheme, number, home, TREE)]


def test_relief_goes_up_level_by_level_without_asking_the_unit_again() -> None:
    relief = scheme("yn-model-worker-living-hardship-allowance")
    assert named(relief, 2, Home(4)) == ["cj"]
    assert named(relief, 3, Home(4)) == ["pl"]
    assert named(relief, 4, Home(4)) == ["km"]
    assert named(relief, 3, Home(6)) == []  # an industrial union has no county below it
    assert named(relief, 4, Home(6)) == ["yj"]
    who = Traveller(relief, Home(6), {}, DAY, ANNOUNCED)
    stop = stop_after(who, TREE, 2, 6)
    assert stop is not None
    assert (stop.stage, stop.union.code) == (4, "yj")


def test_what_is_passed_up_stops_at_each_union_on_the_way() -> None:
    collection = scheme("yn-inclusive-project-collection")
    assert named(collection, 0, Home(4)) == ["cj", "pl", "km"]
    who = Traveller(collection, Home(4), {}, DAY, ANNOUNCED)
    stops = [stop_after(who, TREE, 0, union) for union in (4, 3, 2)]
    assert [(s.stage, s.union.code) for s in stops if s] == [(0, "pl"), (0, "km"), (1, "yn")]


def test_the_office_enters_what_experts_and_leading_groups_have_done() -> None:
    project = scheme("yn-innovation-project-subsidy")
    assert named(project, 2, Home(4)) == ["yn-tech-office"]
    assert named(project, 3, Home(4)) == ["yn-tech-office"]
    studio = scheme("km-employee-innovation-studio-2020")
    assert named(studio, 5, Home(4)) == ["km"]


def test_whoever_took_the_matter_in_keeps_it() -> None:
    aid = scheme("yn-union-legal-aid")
    assert named(aid, 1, Home(4)) == ["pl"]
    assert named(aid, 1, Home(4, accepting=2)) == ["km"]


def test_what_is_grave_is_decided_one_level_above_whoever_took_it_in() -> None:
    complaint = scheme("yn-labour-supervision-complaint")
    assert [named(complaint, 3, Home(4, accepting=each)) for each in (4, 3, 2, 1, 5)] == [
        ["pl"],
        ["km"],
        ["yn"],
        ["yn"],
        ["yn"],
    ]
    assert named(complaint, 3, Home(6)) == ["yn"]
    assert named(complaint, 4, Home(4, accepting=3)) == ["pl"]


def test_a_defence_ends_with_the_answer_and_a_report_goes_up_to_whoever_revokes() -> None:
    """云办发〔2022〕59号 第二十八条至第三十条."""
    revocation = scheme("yn-model-worker-title-revocation")
    role, kind = "title_revocation_role", "title_holder_kind"

    def way(**facts: Value) -> list[str]:
        who = Traveller(revocation, Home(4), facts, DAY, ANNOUNCED)
        return [s.name for n, s in enumerate(revocation.stages) if applies(who, n)]

    assert way(**{role: "被撤销称号的本人", kind: "云南省劳模或先进工作者"}) == [
        "登记反映或申辩",
        "申辩核查答复",
    ]
    provincial = way(**{role: "工会逐级报告", kind: "云南省劳模或先进工作者"})
    assert (provincial[0], provincial[-3:]) == (
        "逐级报告",
        ["省委省政府决定", "备案", "收回或停止待遇"],
    )
    national = way(**{role: "个人或单位反映", kind: "全国劳模或先进工作者"})
    assert national[-2:] == ["报全国总工会", "收回或停止待遇"]
    assert named(revocation, 0, Home(4)) == ["cj", "pl", "km"]
    unknown = Traveller(revocation, Home(4), {role: "个人或单位反映"}, DAY, ANNOUNCED)
    assert undecided(unknown, 3) == (kind,)


def test_a_step_may_be_at_another_office_than_the_scheme() -> None:
    change = scheme("yn-studio-leader-change")
    model = Traveller(change, Home(4), {"studio_kind": "劳模创新工作室"}, DAY, ANNOUNCED)
    other = Traveller(change, Home(4), {"studio_kind": "职工创新工作室"}, DAY, ANNOUNCED)
    for who, office in ((model, "yn-labour-office"), (other, "yn-tech-office")):
        there = [n for n in range(1, 5) if applies(who, n)]
        assert [named(change, n, who.home) for n in there] == [[office], [office]]


def test_a_payment_by_the_employer_is_entered_and_ours_is_listed() -> None:
    consolation = scheme("yn-model-worker-death-consolation")
    assert [stage.manner for stage in consolation.stages] == [
        Manner.ENTER,
        Manner.ENTER,
        Manner.PAY,
    ]


def test_a_step_that_does_not_apply_is_passed_by_and_one_we_do_not_know_of_is_entered() -> None:
    consultation = scheme("yn-union-legal-consultation")
    simple = Traveller(consultation, Home(4), {"legal_question_complex": False}, DAY, ANNOUNCED)
    assert stop_after(simple, TREE, 0, 3) is None
    unknown = Traveller(consultation, Home(4), {}, DAY, ANNOUNCED)
    assert undecided(unknown, 0) == ("legal_question_complex",)
    assert stop_after(unknown, TREE, 0, 3) is not None


def test_two_payments_lead_to_paid_and_none_to_completed() -> None:
    project = scheme("yn-innovation-project-subsidy")
    first = Standing(State.IN_STAGE, 6, DAY, leads=7)
    evaluated = advance(first, Move.PAY, project, DAY)
    assert (evaluated.state, evaluated.stage, evaluated.paid) == (State.IN_STAGE, 7, True)
    with pytest.raises(MoveNotAllowed):
        advance(evaluated, Move.WITHDRAW, project, DAY)
    rest = advance(replace(evaluated, leads=8), Move.PASS, project, DAY)
    assert advance(replace(rest, leads=None), Move.PAY, project, DAY).state is State.PAID
    aid = scheme("yn-union-legal-aid")
    last = Standing(State.IN_STAGE, 3, DAY)
    assert advance(last, Move.ENTER, aid, DAY).state is State.COMPLETED
