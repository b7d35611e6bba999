"""Sums equal to the sums of the parts: what was approved, paid, promised, and came back."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from bench.year_books import Found, pays
from core.shares import part
from core.workflow import GOING, State
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import (
    Act,
    Application,
    Budget,
    ClawBack,
    Commitment,
    Instalment,
    Payment,
    Repayment,
)

Part = TypeVar("Part", Instalment, Repayment)


@dataclass
class Sums:
    """Of one scheme, in fen; each is added up from other rows than the others."""

    approved: int = 0
    paid: int = 0
    open: int = 0
    void: int = 0
    back: int = 0
    count: int = 0

    @property
    def wrong(self) -> bool:
        return self.approved != self.paid + self.open + self.void


@dataclass(frozen=True)
class Money:
    """Everything the archive says of money, read once."""

    office: Office
    applications: tuple[Application, ...]
    payments: tuple[Payment, ...]
    budgets: tuple[Budget, ...]
    commitments: tuple[Commitment, ...]
    claw_backs: tuple[ClawBack, ...]
    instalments: tuple[Instalment, ...]
    repayments: tuple[Repayment, ...]
    called_late: tuple[Act, ...]
    expected: Mapping[int, list[int]]
    schemes: dict[str, Sums] = field(default_factory=lambda: defaultdict(Sums))

    def all(self) -> Iterator[Found]:
        yield self.lines()
        yield from self.sums()
        yield self.held()
        yield from self.back()

    def lines(self) -> Found:
        """A step is paid once, with exactly its part; a failed line is followed by another."""
        states = Counter(each.state for each in self.payments)
        paid = Counter((p.application_id, p.stage) for p in self.payments if p.state == "paid")
        by_id = {each.id: each for each in self.applications}
        off = 0
        for each in self.payments:
            application = by_id[each.application_id]
            due = part(scheme_of(self.office, application), each.stage, application.amount_fen or 0)
            off += each.state == "paid" and due != each.amount_fen
        twice = sum(times > 1 for times in paid.values())
        failed = {(p.application_id, p.stage) for p in self.payments if p.state == "failed"}
        mended = len(failed & paid.keys())
        given_up = [by_id[id_] for id_, _ in failed - paid.keys()]
        off += sum(each.state == State.PAID for each in given_up)
        told = f"{states['paid']} paid, {twice} of them twice, {states['failed']} failed"
        told += f" ({mended} of {len(failed)} mended)"
        return Found("lines of payment", told, twice + off)

    def sums(self) -> Iterator[Found]:
        paid = {(p.application_id, p.stage) for p in self.payments if p.state == "paid"}
        for each in self.applications:
            scheme, stages = scheme_of(self.office, each), self._pays(each)
            if each.decided_at is None or not each.amount_fen or not stages:
                continue
            if not self._reached(each, stages, paid):
                continue
            sums = self.schemes[scheme.id]
            sums.approved, sums.count = sums.approved + each.amount_fen, sums.count + 1
            for stage in stages:
                if (each.id, stage) not in paid:
                    fen = part(scheme, stage, each.amount_fen)
                    going = each.state in GOING
                    sums.open, sums.void = sums.open + fen * going, sums.void + fen * (not going)
        by_id = {each.id: each.scheme_id for each in self.applications}
        for line in self.payments:
            self.schemes[by_id[line.application_id]].paid += line.amount_fen * (
                line.state == "paid"
            )
        whose = {each.id: by_id[each.application_id] for each in self.claw_backs}
        for came in self.repayments:
            self.schemes[whose[came.claw_back_id]].back += came.amount_fen
        whole = Sums()
        for sums in self.schemes.values():
            for name in ("approved", "paid", "open", "void", "back", "count"):
                setattr(whole, name, getattr(whole, name) + getattr(sums, name))
        lost = sum(e.state == State.PAID and not self._whole(e, paid) for e in self.applications)
        yield _line("approved = paid + open + void", whole, lost)
        for scheme_id in sorted(self.schemes):
            yield _line(f"  {scheme_id.removeprefix('yn-')}", self.schemes[scheme_id])

    def _pays(self, application: Application) -> list[int]:
        """The steps that pay this one: some are for others only."""
        stages = pays(scheme_of(self.office, application))
        return [stage for stage in stages if stage in self.expected[application.id]]

    def _reached(self, here: Application, stages: list[int], paid: set[tuple[int, int]]) -> bool:
        """Whether it has come to a step that pays."""
        if here.state in GOING:
            return here.stage >= stages[0]
        return here.stage in stages or any((here.id, stage) in paid for stage in stages)

    def _whole(self, application: Application, paid: set[tuple[int, int]]) -> bool:
        return all((application.id, stage) in paid for stage in self._pays(application))

    def held(self) -> Found:
        """Of every budget: what its applications hold, no more than there is."""
        used: Counter[int] = Counter()
        gone: Counter[int] = Counter()
        for each in self.commitments:
            used[each.budget_id] += each.fen
            gone[each.budget_id] += each.paid_fen
        wrong = sum(
            used[b.id] != b.used_fen or gone[b.id] != b.paid_fen or b.used_fen > b.fen
            for b in self.budgets
        )
        net = self._net()
        wrong += sum(net[each.application_id] != each.paid_fen for each in self.commitments)
        fen, out = sum(b.fen for b in self.budgets), sum(b.paid_fen for b in self.budgets)
        promised = sum(b.used_fen for b in self.budgets) - out
        told = f"{yuan(fen)} = {yuan(out)} paid + {yuan(promised)} promised"
        left = sum(b.fen - b.used_fen for b in self.budgets)
        return Found(f"{len(self.budgets)} budgets", f"{told} + {yuan(left)} left", wrong)

    def _net(self) -> Counter[int]:
        """Application -> what was paid and has not come back."""
        net: Counter[int] = Counter()
        for line in self.payments:
            net[line.application_id] += line.amount_fen * (line.state == "paid")
        whose = {each.id: each.application_id for each in self.claw_backs}
        for came in self.repayments:
            net[whose[came.claw_back_id]] -= came.amount_fen
        return net

    def back(self) -> Iterator[Found]:
        parts, came = _by(self.instalments), _by(self.repayments)
        states = Counter(each.state for each in self.claw_backs)
        wrong = 0
        for each in self.claw_backs:
            back = sum(one.amount_fen for one in came[each.id])
            wrong += each.amount_fen > each.paid_fen or back > each.amount_fen
            wrong += sum(one.amount_fen for one in parts[each.id]) != each.amount_fen
            settled = each.state != "dropped" and each.reason != "" and back == each.amount_fen
            wrong += (each.state == "done") != settled
            wrong += each.state == "dropped" and each.amount_fen > 0
        by_id = {each.id: each for each in self.applications}
        for each in self.claw_backs:
            stands = by_id[each.application_id].state in (State.PAID, State.COMPLETED)
            wrong += stands and each.state in ("owed", "done") and each.amount_fen > 0
        told = ", ".join(f"{count} {state}" for state, count in states.most_common())
        yield Found(f"{len(self.claw_backs)} findings", told, wrong)
        called = {int(act.detail["claw_back"]) for act in self.called_late}
        slow = {id_ for id_ in parts if self._late(parts[id_], came[id_])}
        told = f"{len(self.instalments)} parts, {len(self.repayments)} receipts"
        told += f", {len(slow)} came late, {len(called)} called late"
        yield Found("money that comes back", told, len(slow ^ called))

    def _late(self, parts: list[Instalment], came: list[Repayment]) -> bool:
        """Whether on any morning a part that was due before had not come."""
        total = 0
        for each in sorted(parts, key=lambda one: one.position):
            total += each.amount_fen
            in_time = sum(one.amount_fen for one in came if one.came_on <= each.due)
            over = each.due < self.office.today()
            if over and in_time < total:
                return True
        return False


def _by(rows: tuple[Part, ...]) -> Mapping[int, list[Part]]:
    found: dict[int, list[Part]] = defaultdict(list)
    for each in rows:
        found[each.claw_back_id].append(each)
    return found


def _line(what: str, sums: Sums, more: int = 0) -> Found:
    told = f"{yuan(sums.approved)} = {yuan(sums.paid)} + {yuan(sums.open)} + {yuan(sums.void)}"
    told += f", {yuan(sums.back)} came back" if sums.back else ""
    return Found(f"{what} ({sums.count})", told, sums.wrong + more)


def yuan(fen: int) -> str:
    return f"{fen // 100:,}" + (f".{fen % 100:02}" if fen % 100 else "")
