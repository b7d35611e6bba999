"""Every refusal says why, by which article, and what to do next."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core import errors
from core.allotment import AllottedBelow, OwnPlacesGiven
from core.assignment import AssignmentMissing
from core.budget import BudgetExceeded, BudgetTooLow
from core.conduct import FindingOpen, HearingOpen, HearingOver, NoGround, PaymentUnderway
from core.correction import Overlooked
from core.errors import AppError
from core.inspection import AttachmentMissing, InspectionMissing, InspectionUnconfirmed
from core.limits import UnitLimitReached
from core.owing import PlanRefused, RepaidTooMuch
from core.pleading import HolderMayAnswer, HolderUnheard, PleaOver
from core.reserves import PlacesGiven, ReserveTaken
from core.results import AccountUsed, Flaw, SheetRefused
from core.standin import StandInAway, StandInOver, StandInThere
from core.subjects import SubjectMissing, SubjectTaken
from core.suspending import PaymentsSuspended
from core.truth import NO, UNKNOWN
from core.verdict import Reason
from locales import LANGUAGES, speaker

DAY = date(2026, 3, 5)
REASONS = [
    Reason(
        NO, "证书是今年取得的", "第三条", mend="请在取证当年来。", since=date(2027, 1, 1), wait=41
    ),
    Reason(UNKNOWN, "是工会会员", ""),
]
EXAMPLES: list[AppError] = [
    errors.AppError(),
    errors.Refused(cite="第八条"),
    errors.NotEligible(REASONS),
    errors.WindowClosed(DAY, date(2026, 6, 30), "第六条(一)"),
    errors.WindowClosed(None, None),
    errors.WindowClosed(DAY, None),
    errors.WindowClosed(None, DAY),
    errors.QuotaExhausted(2000, "第六条"),
    errors.LimitReached("今年还没有领过技能等级晋升补助", "第七条"),
    errors.LimitReached("今年还没有领过技能等级晋升补助", "第七条", date(2027, 1, 1)),
    UnitLimitReached(1, "今年还没有申报过别的补助项目", "第十四条第4项", this_year=True),
    UnitLimitReached(2, "以前没有创建过", "四（五）"),
    errors.SumOutOfRange(50_000, 3_000_000, "第十三条"),
    errors.SumOutOfRange(50_000, None, "第十一条"),
    errors.ConsentNeeded(3_000_000, "第十三条"),
    errors.TitleThere("云岭工匠"),
    errors.Barred("骗取省职工技术创新成果奖", "第十六条", None),
    errors.Barred("办赛不公", "第二十条", DAY),
    *(
        OwnPlacesGiven("昆明市总工会", 5, "第十五条(二)", reserves=listed)
        for listed in (True, False)
    ),
    AllottedBelow("昆明市总工会", 3),
    StandInThere("李四", DAY),
    StandInAway("李四"),
    StandInOver(),
    NoGround(cite="第二十四条"),
    *(PlanRefused(why, 60) for why in ("first", "parts", "sum", "whole", "another")),
    RepaidTooMuch(50_000),
    PaymentUnderway(),
    SheetRefused([(2, "JN-1", flaw) for flaw in Flaw]),
    FindingOpen(),
    PaymentsSuspended("XM-7", "第二十一条"),
    HearingOpen(DAY, "第八条"),
    HearingOver(DAY, "第八条"),
    HolderUnheard(cite="第二十九条"),
    HolderMayAnswer(DAY, "第二十九条"),
    PleaOver(DAY, "第二十九条"),
    errors.ListThere(2026),
    errors.ListThere(2026, "国庆"),
    BudgetExceeded(50_000, 100_000, 2026),
    BudgetTooLow(50_000),
    errors.NoApplicationNeeded(cite="第十七条"),
    errors.AlreadyApplied("JN-2026-000012"),
    errors.CertificateUsed(),
    AccountUsed(),
    errors.MoveNotAllowed("paid", "withdraw"),
    errors.AlreadyDecided(),
    errors.AlreadyDecided("王老师"),
    errors.NoticeStillRunning(DAY, "第六条(二)"),
    errors.NoticeOver(DAY, "第六条(二)"),
    errors.ObjectionOpen(cite="第六条(二)"),
    errors.CorrectionUsed(cite="第六条(三)"),
    Overlooked(cite="第六条(三)"),
    errors.CorrectionOverdue(DAY, "第六条(三)"),
    errors.UndertakingMissing(),
    errors.FindingsMissing(["在职劳模月补助标准线"], "第二条"),
    errors.SumMissing(),
    InspectionMissing(2, "第二十条"),
    InspectionUnconfirmed(["王某"], "第二十条"),
    AttachmentMissing("结案报告", "第二十三条"),
    AssignmentMissing("援助人员", "第二十一条"),
    SubjectTaken("昆明市总工会", "第十九条"),
    SubjectMissing(cite="第十九条"),
    errors.NotOnRoster(),
    errors.WrongPerson(),
    errors.AnswersMissing(["想问的事"]),
    errors.TransferOpen(),
    PlacesGiven(10, "五（五）"),
    ReserveTaken(2, 4),
    errors.PapersMissing(["技能等级证书照片", "身份证照片"]),
    errors.ConsentMissing("general"),
    errors.ConsentMissing("identity"),
    errors.ConsentMissing("bank"),
    errors.Locked(datetime(2026, 3, 5, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai"))),
    errors.BoundToAnother(),
    *(errors.FileRefused(why) for why in ("empty", "too_big", "type", "pixels", "damaged")),
    *(errors.FileRefused(why) for why in ("active", "pages", "many", "busy", "another")),
    errors.NotYours(),
    *(
        errors.Recused(relation)
        for relation in ("own", "relative", "twice", "accused", "recorder", "another")
    ),
    errors.OutsideJurisdiction("昆明市总工会"),
    errors.SignInNeeded(),
    errors.NotFound(application="12"),
    *(errors.Unreadable(hint) for hint in ("date", "identity_checksum", "another")),
    errors.Unreadable("too_long", most=60),
    errors.SchemeFileError([("yn.yaml", 13, "eligibility", "should match 第…条")]),
]


def kinds(base: type[AppError]) -> set[type[AppError]]:
    return {base}.union(*(kinds(kind) for kind in base.__subclasses__()))


def test_there_is_an_example_and_a_sentence_for_every_refusal() -> None:
    ours = {kind for kind in kinds(AppError) if kind.__module__.startswith("core.")}
    assert ours - {type(example) for example in EXAMPLES} == set()
    known = speaker("zh_CN").keys()
    assert {kind.__name__ for kind in ours if f"refusal.{kind.__name__}" not in known} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", EXAMPLES, ids=repr)
def test_a_refusal_says_why_and_what_next(error: AppError, language: str) -> None:
    sentence = speaker(language).refusal(error)
    assert sentence.startswith("✗ ")
    assert "\n→ " in sentence
    assert not set("{}") & set(sentence)
    assert "None" not in sentence


def test_the_article_follows_the_reason() -> None:
    refused = errors.QuotaExhausted(2000, "第六条")
    first, _, rest = speaker("zh_CN").refusal(refused).partition("\n")
    assert first == "✗ 这一批的2000个名额已经报满了。（依据 第六条）"
    assert "依据" not in rest
    english = speaker("en").refusal(refused).partition("\n")[0]
    assert english == "✗ All 2000 places of this round are taken. (under Article 6)"


def test_days_and_moments_are_said_in_words() -> None:
    running = errors.NoticeStillRunning(DAY, "第六条(二)")
    assert "2026年3月5日" in speaker("zh_CN").refusal(running)
    assert "5 March 2026" in speaker("en").refusal(running)
    locked = errors.Locked(datetime(2026, 3, 5, 6, 30, tzinfo=ZoneInfo("UTC")))
    assert "2026年3月5日 14:30" in speaker("zh_CN").refusal(locked)


def test_what_is_not_met_is_listed_with_its_articles() -> None:
    lines = speaker("zh_CN").refusal(errors.NotEligible(REASONS)).split("\n")
    assert lines[1:-1] == [
        "✗ 证书是今年取得的（第三条）",
        "　→ 请在取证当年来。",
        "　→ 再过 41 天，从2027年1月1日起可以",
        "？ 是工会会员：还不知道",
    ]


def test_a_window_that_is_not_announced_says_so() -> None:
    assert "还没有公布" in speaker("zh_CN").refusal(errors.WindowClosed(None, None))
    assert "2026年3月5日开始申报" in speaker("zh_CN").refusal(errors.WindowClosed(DAY, None))


def test_a_state_is_said_in_the_persons_words() -> None:
    assert "补助已发放" in speaker("zh_CN").refusal(errors.MoveNotAllowed("paid", "withdraw"))


def test_a_kind_nobody_wrote_for_borrows_from_its_parent() -> None:
    class Newcomer(errors.Recused):
        pass

    speak = speaker("zh_CN")
    assert speak.refusal(Newcomer("own")) == speak.refusal(errors.Recused("own"))
    assert speak.refusal(errors.Unreadable("another")) == speak("refusal.Unreadable")
