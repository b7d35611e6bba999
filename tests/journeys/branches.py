"""What every branch has to come to: the state, who was told what, the place, and the money."""

from collections.abc import Callable, Iterator, Mapping

from core.conduct import consequences
from core.stages import Manner
from core.workflow import Move, State
from handlers.passage import DECIDED
from tests.journeys.crossroads import FOUND, GROUND, PROVED
from tests.journeys.plots import Branch
from tests.journeys.story import Life

Fault = Iterator[str]
Check = Callable[[Life], Fault]
FORWARD = (Move.PASS, Move.ENTER, Move.PAY)


def _ended(life: Life, state: State, move: Move, *words: str) -> Fault:
    """By this move and no other; told so with these words; no place and no money are held."""
    if life.now.state != state or life.did[-1] != move:
        yield f"{life.now.state} by {life.did[-1]}"
    if not life.heard(*words):
        yield f"has not heard {words}"
    if life.now.live or life.now.union_id is not None:
        yield "holds its place"
    if life.now.decided_at is None:
        yield "nobody knows when it was decided"
    if life.paid_fen or (life.held and (life.held.fen or life.held.paid_fen)):
        yield "holds money"


def refused(life: Life) -> Fault:
    yield from _ended(life, State.REJECTED, Move.REJECT, "没有通过", GROUND)


def traced(life: Life) -> Fault:
    """Whoever decides leaves behind on which text and articles, and on whose facts."""
    for each in life.moves:
        if each.move not in DECIDED or each.officer_id is None:
            continue
        trace = each.trace
        if (trace.get("scheme"), trace.get("version")) != (life.scheme.id, life.scheme.version):
            yield f"{each.move} in step {each.stage} does not say by which text"
        if not all(kept["origin"] and kept["on"] for kept in trace.get("facts", {}).values()):
            yield f"{each.move} in step {each.stage} has facts without origin"
        if not all(reason["cite"] for reason in trace.get("reasons", [{"cite": ""}])):
            yield f"{each.move} in step {each.stage} has conditions without article"


def lapsed(life: Life) -> Fault:
    words = {"given_up": "视为放弃", "withdrawn": "视为撤回申请"}
    stage = life.scheme.stages[life.now.stage]
    yield from _ended(life, State.LAPSED, Move.LAPSE, "过了补正的最后一天", words[stage.overdue])
    if not life.heard("提醒您", "补正"):
        yield "was not reminded"
    asked, over = life.moves[-2:]
    if (asked.move, over.officer_id) != (Move.ASK_CORRECTION, None):
        yield "did not lapse by itself"
    if (over.at.date() - asked.at.date()).days != 11:
        yield "did not lapse on the day after the last"


def upheld(life: Life) -> Fault:
    yield from _ended(life, State.DISQUALIFIED, Move.DISQUALIFY, "取消申报资格", FOUND)
    yield from _disputed(life, "查实属实")
    wants = life.scheme.misconduct.record and life.scheme.misconduct.before_payment == "disqualify"
    if bool(life.stains) != wants or life.heard("记入了诚信记录", FOUND) != wants:
        yield "the record of integrity is not as the document has it"


def terminated(life: Life) -> Fault:
    ground = life.scheme.termination[0].say
    yield from _ended(life, State.TERMINATED, Move.TERMINATE, "终止办理", ground, GROUND)


def arrived(life: Life) -> Fault:
    """Every step in its order, and no union twice in one."""
    taken_back = (State.CLAWED_BACK, State.REVOKED)
    if life.now.state not in (State.PAID, State.COMPLETED, *taken_back):
        yield life.now.state
    walked = [(each.stage, each.union_id) for each in life.moves if each.move in FORWARD]
    if walked != sorted(walked, key=lambda step: step[0]):
        yield f"went back: {walked}"
    by_union = [step for step in walked if step[1]]
    if len(set(by_union)) != len(by_union):
        yield f"was decided twice: {walked}"
    if life.now.live != (life.now.state not in taken_back):
        yield "its place is not what it should be"
    if life.heard("办结了：最后一步", "现在"):
        yield "is told that it goes on where it has ended"
    drawn = life.scheme.drawn is not None
    if not drawn and not (life.heard("办结") or life.heard("已经发放")):
        yield "has not heard that it is done"


def recused(life: Life) -> Fault:
    """A relative has moved nothing of it, and got no card about it."""
    if any(each.officer_id in life.kin for each in life.moves):
        yield "a relative has decided"
    if life.carded & life.kin:
        yield "a relative was called"


def mended(life: Life) -> Fault:
    done = life.did
    asked = done.index(Move.ASK_CORRECTION)
    if done[asked + 1 : asked + 3] != [Move.CORRECT, Move.PASS]:
        yield f"went {done[asked:]}"
    if not life.heard("收到您补的材料"):
        yield "was not told that it has come"
    if life.heard("过了补正的最后一天"):
        yield "was told that it has lapsed"


def dismissed(life: Life) -> Fault:
    """The others have gone on without it; it goes on once both have heard."""
    yield from _disputed(life, "不成立")
    if not life.heard("不成立", FOUND):
        yield "has not heard that the objection was dismissed"
    if any(each.move == Move.DISQUALIFY for each in life.moves):
        yield "was disqualified"
    if life.stains and not life.found:
        yield "stands in the record"


def _disputed(life: Life, outcome: str) -> Fault:
    if not life.heard("异议", "核实"):
        yield "was not told of the objection"
    if not life.heard(outcome, FOUND, who="objector"):
        yield "the objector has not heard the outcome"
    if [each.what for each in life.acts].count("object") != 1:
        yield "the same objection was taken twice"


def late(life: Life) -> Fault:
    """Reminded before, called after; the next one up as well; then it was done."""
    told = next((each.detail["told"] for each in life.acts if each.what == "escalate"), [])
    if not told:
        yield "nobody above was called"
    stage = next(n for n, each in enumerate(life.scheme.stages) if each.within)
    name = life.scheme.stages[stage].name
    here = {who for who in life.others if life.heard("已超时限", name, who=who)}
    if not here or not all(life.heard("快到时限", name, who=who) for who in here):
        yield "those who act were not reminded, or not called"
    above = {f"officer-{each}" for each in told}
    if any(not life.heard("超时未办", name, who=who) for who in above & life.others.keys()):
        yield "the next one up has heard nothing"
    if above & here:
        yield "the next one up is the same"


def paid_again(life: Life) -> Fault:
    """One line failed and was followed by another; every step that pays has paid once."""
    states = [each.state for each in life.payments]
    if states[:2] != ["failed", "paid"] or "failed" in states[1:]:
        yield f"lines: {states}"
    if not life.heard("没有打成功", "注销"):
        yield "has not heard that the bank could not pay"
    steps = [each.stage for each in life.payments if each.state == "paid"]
    pays = [n for n, each in enumerate(life.scheme.stages) if each.manner is Manner.PAY]
    if len(set(steps)) != len(steps) or not set(steps) <= set(pays):
        yield f"paid in steps {steps}"
    if life.paid_fen != life.now.amount_fen and all(
        not life.scheme.stages[each].when for each in pays
    ):
        yield f"paid {life.paid_fen} of {life.now.amount_fen}"
    if life.held and life.held.paid_fen != life.paid_fen - life.back_fen:
        yield f"the budget says {life.held.paid_fen}, the bank {life.paid_fen}"


def taken_back(life: Life) -> Fault:
    """The holder was heard; what comes back is what was paid, or the part that was ruled."""
    found, leads = life.found, consequences(life.scheme.misconduct, life.scheme.id)[0]
    if found is None or found.state != "done" or found.answered_at is None:
        yield "was not found, heard and settled"
        return
    owed = {"whole": life.paid_fen, "part": life.paid_fen // 2, "none": 0}[leads.returns]
    if (found.amount_fen, life.back_fen) != (owed, owed):
        yield f"{found.amount_fen} of {life.paid_fen} owed, {life.back_fen} came back, not {owed}"
    if len(life.came_back) != (2 if owed else 0):
        yield f"{len(life.came_back)} receipts"
    state = State.CLAWED_BACK if owed else State.REVOKED
    if leads.takes_back and (life.now.state != state or life.now.live):
        yield f"{life.now.state} after it was taken back"
    if not leads.takes_back and life.now.state not in (State.PAID, State.COMPLETED):
        yield "the award does not stand"
    if not (life.heard("核查", leads.say) and life.heard("有了决定", PROVED)):
        yield "has not heard of the finding, or of the decision"
    if leads.takes_back and not owed and not life.heard(PROVED, "已经撤销"):
        yield "has not heard that it is revoked"
    if not owed and life.heard("还剩多少"):
        yield "is told to look how much is left of nothing"
    if owed and not any("全部退清" in each for each in life.told):
        yield "has not heard that all is back"
    if leads.record and not life.stains:
        yield "does not stand in the record"


CHECKS: Mapping[Branch, Check] = {
    Branch.REFUSED: refused,
    Branch.LAPSED: lapsed,
    Branch.UPHELD: upheld,
    Branch.TERMINATED: terminated,
    Branch.ARRIVED: arrived,
    Branch.RECUSED: recused,
    Branch.MENDED: mended,
    Branch.DISMISSED: dismissed,
    Branch.LATE: late,
    Branch.PAID_AGAIN: paid_again,
    Branch.TAKEN_BACK: taken_back,
}
