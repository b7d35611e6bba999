"""The year is over: what the archive holds is reckoned again from its parts, and compared."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from core.days import Calendar
from core.scheme import Scheme
from core.stages import Manner
from core.workflow import ENDED, GOING, Move, State
from handlers.bench import scheme_of
from handlers.office import Office
from storage.tables import Act, Application, Correction, Notice, NoticeEntry, Objection, Passage
from storage.tables import Round as Call

FORWARD = (Move.PASS, Move.ENTER, Move.PAY)


@dataclass(frozen=True)
class Found:
    """A line of the table; `wrong` counts what must not be."""

    what: str
    measured: str
    wrong: int = 0


@dataclass(frozen=True)
class Walks:
    """Everything the archive says of the ways, read once."""

    office: Office
    applications: tuple[Application, ...]
    passages: Mapping[int, list[Passage]]
    escalated: tuple[Act, ...]
    rounds: tuple[Call, ...]
    notices: tuple[Notice, ...]
    entries: tuple[NoticeEntry, ...]
    corrections: tuple[Correction, ...]
    objections: tuple[Objection, ...]
    expected: Mapping[int, list[int]]  # by the core: the steps from the first to the last

    @property
    def now(self) -> datetime:
        return self.office.now()

    @cached_property
    def by_id(self) -> dict[int, Application]:
        return {each.id: each for each in self.applications}

    def all(self, deadlines: Mapping[tuple[int, int], datetime]) -> Iterator[Found]:
        yield self.ends()
        yield from self.times(deadlines)
        yield from self.steps()
        yield self.places()
        yield self.hung()
        yield self.returned()
        yield self.objected()

    def ends(self) -> Found:
        states = Counter(each.state for each in self.applications)
        told = ", ".join(f"{count} {state}" for state, count in states.most_common())
        return Found(f"{len(self.applications):,} applications", told)

    def times(self, deadlines: Mapping[tuple[int, int], datetime]) -> Iterator[Found]:
        """Left in time, or called to the next one up before it was left, or time is left."""
        calls: dict[int, list[Act]] = defaultdict(list)
        for act in self.escalated:
            calls[int(act.on.partition(":")[2])].append(act)
        found: Counter[str] = Counter()
        for (id_, version), over in deadlines.items():
            here = [each for each in self.passages[id_] if each.version >= version]
            left = here[0].at if here else self.now
            if left < over:
                found["met" if here else "running"] += 1
            elif any(over <= act.at <= left for act in calls[id_]):
                found["escalated, then done" if here else "escalated, still open"] += 1
            else:
                found["MISSED IN SILENCE"] += 1
        told = ", ".join(f"{count} {what}" for what, count in found.most_common())
        yield Found(f"{len(deadlines):,} times of the files", told, found["MISSED IN SILENCE"])
        late = [
            each
            for each in self.applications
            if each.state in GOING and each.due_at is not None and each.due_at <= self.now
        ]
        silent = [each for each in late if not calls[each.id]]
        told = f"{sum(each.state in GOING for each in self.applications)}, {len(late)} called late"
        yield Found("under way at the end of the year", told, len(silent))

    def steps(self) -> Iterator[Found]:
        otherwise: list[str] = []
        twice, count = 0, 0
        for each in self.applications:
            walked = [p for p in self.passages[each.id] if p.move in FORWARD]
            count += len(walked)
            plan = self.expected[each.id]
            stages = [p.stage for p in walked if p.stage in plan or not self._asked(p)]
            if any(p.move == Move.MOVE_UP for p in self.passages[each.id]):
                otherwise += [each.number] * (not set(stages) <= set(plan))
                continue
            arrived = each.state in (State.PAID, State.COMPLETED)
            if stages != plan[: None if arrived else len(stages)]:
                otherwise.append(f"{each.number} {stages} for {plan}")
            done = Counter((p.stage, p.union_id) for p in walked)
            twice += sum(times > 1 for times in done.values())
        told = "; ".join([f"{count:,}, {len(otherwise)} ways otherwise", *otherwise[:3]])
        yield Found("steps walked, as the core leads", told, len(otherwise))
        yield Found("decided twice by one union", str(twice), twice)

    def _asked(self, passed: Passage) -> bool:
        """Entered because nobody knew whether it applies: the officers said it does not."""
        return bool(self._scheme(passed.application_id).stages[passed.stage].when)

    def places(self) -> Found:
        live = Counter(each.round_id for each in self.applications if each.live)
        counted = [each for each in self.rounds if each.places is not None and each.counted]
        over = sum(live[each.id] > (each.places or 0) for each in counted)
        given = sum(live[each.id] for each in counted)
        there = sum(each.places or 0 for each in counted)
        told = f"{given} held of {there} in {len(counted)}; {len(self.rounds)} rounds in all"
        return Found("places of rounds that count them", told, over)

    def hung(self) -> Found:
        """As many days as the file says, and nobody went on before the last was over."""
        wrong = sum(each.last_day < self._least(each) for each in self.notices)
        notices, passed = {each.id: each for each in self.notices}, 0
        for entry in self.entries:
            notice = notices[entry.notice_id]
            for each in self.passages[entry.application_id]:
                if each.stage != notice.stage or each.at < notice.posted_at:
                    continue
                passed += each.move == Move.PASS
                wrong += each.move == Move.PASS and each.at.date() <= notice.last_day
        open_ = [n for n in self.notices if n.state == "running" and n.last_day < self.now.date()]
        told = f"{len(self.notices)} notices, {passed} entries passed after the last day"
        return Found("notices hung to the end", told, wrong + len(open_))

    def _least(self, notice: Notice) -> date:
        some = next(e for e in self.entries if e.notice_id == notice.id)
        stage = self._scheme(some.application_id).stages[notice.stage]
        calendar: Calendar = self.office.calendar
        return calendar.last_day(notice.posted_at.date(), stage.days or 1, stage.day_kind).last

    def _scheme(self, application_id: int) -> Scheme:
        return scheme_of(self.office, self.by_id[application_id])

    def returned(self) -> Found:
        """Answered in time, lapsed by itself on the day after, or ended otherwise."""
        found: Counter[str] = Counter()
        for each in self.corrections:
            application = self.by_id[each.application_id]
            lapsed = [p.at for p in self.passages[application.id] if p.move == Move.LAPSE]
            if each.answered_at is not None:
                found["mended" if each.answered_at.date() <= each.due else "LATE"] += 1
            elif lapsed:
                after = lapsed[0].date() == each.due + timedelta(days=1)
                found["lapsed the day after" if after else "LATE"] += 1
            elif application.state in ENDED:
                found["ended otherwise"] += 1
            else:
                found["running" if self.now.date() <= each.due else "LATE"] += 1
        told = ", ".join(f"{count} {what}" for what, count in found.most_common())
        return Found(f"{len(self.corrections)} returned to the applicant", told, found["LATE"])

    def objected(self) -> Found:
        states = Counter(each.state for each in self.objections)
        wrong = 0
        for each in self.objections:
            fallen = self.by_id[each.application_id].state in ENDED  # or had ended before
            wrong += each.state == "upheld" and not fallen
            wrong += each.state == "open" and (self.now - each.made_at).days > 10
        told = ", ".join(f"{count} {state}" for state, count in states.most_common())
        return Found(f"{len(self.objections)} objections", told, wrong)


def pays(scheme: Scheme) -> list[int]:
    return [number for number, stage in enumerate(scheme.stages) if stage.manner is Manner.PAY]
