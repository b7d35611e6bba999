"""From a key, a date, a sum or a refusal to the sentence a person reads."""

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from core.allotment import OwnPlacesGiven
from core.budget import BudgetExceeded, BudgetTooLow
from core.errors import (
    AlreadyDecided,
    AppError,
    ConsentMissing,
    ConsentNeeded,
    FileRefused,
    LimitReached,
    MoveNotAllowed,
    NotEligible,
    OutsideJurisdiction,
    PapersMissing,
    Recused,
    SchemeFileError,
    SumOutOfRange,
    Unreadable,
    WindowClosed,
)
from core.limits import UnitLimitReached
from core.numerals import numeral
from core.owing import (
    PlanRefused,
    RepaidTooMuch,
)
from core.results import MOST_SHOWN, Flaw, SheetRefused
from core.truth import NO
from core.verdict import Reason

log = logging.getLogger(__name__)

SHANGHAI = ZoneInfo("Asia/Shanghai")
ARTICLE = re.compile(r"第([零一二三四五六七八九十百]+)(条|款)")
ITEM = re.compile(r"第?[(（]([一二三四五六七八九十]+)[)）]项?")
UNITS = {"条": "article", "款": "paragraph"}
QUOTED, FIELD, INNER = re.compile("“[^”]*”"), re.compile(r"{(\w+)}"), str.maketrans("“”", "‘’")


class Speaker:
    """Speaks one language. Called with a key and the values of its fields, it says the sentence.

    Where a sentence is missing, the service logs it and borrows the one of `fallback`; with
    `strict`, as in tests, it is a KeyError.
    """

    strict: ClassVar[bool] = False

    def __init__(
        self,
        language: str,
        sentences: Mapping[str, str],
        of_a_scheme: Callable[[str], str],
        fallback: "Speaker | None" = None,
    ) -> None:
        self.language = language
        self._sentences = sentences
        self._of_a_scheme = of_a_scheme
        self._fallback = fallback

    def __call__(self, key: str, /, **values: Any) -> str:
        """The sentence under `key`; dates, instants and lists among the values become words."""
        sentence = self._find(key)
        words = {name: self._word(value) for name, value in values.items()}
        for name in FIELD.findall("".join(QUOTED.findall(sentence))):
            if isinstance(word := words.get(name), str):
                words[name] = word.translate(INNER)  # 飞地 stands in “” itself
        try:
            return sentence.format(**words)
        except KeyError as missing:
            if self.strict:
                raise KeyError(f"{key} needs {missing}") from missing
            log.error("the sentence %s was said without %s", key, missing)
            return sentence.format_map(_Blanks(words))

    def has(self, key: str) -> bool:
        """Whether there is such a sentence, be it a borrowed one."""
        return key in self._sentences or (self._fallback is not None and self._fallback.has(key))

    def keys(self) -> frozenset[str]:
        """Every key this language has a sentence of its own for."""
        return frozenset(self._sentences)

    def day(self, day: date, today: date | None = None) -> str:
        """3月5日 in the year of `today`, otherwise 2026年3月5日."""
        month = self(f"month.{day.month}")
        if today and day.year == today.year:
            return self("date.day", month=month, day=day.day)
        return self("date.full", year=day.year, month=month, day=day.day)

    def moment(self, moment: datetime, today: date | None = None) -> str:
        """Day and minute in Shanghai. Raises ValueError for an instant without a zone."""
        if moment.tzinfo is None:
            raise ValueError("an instant needs a zone")
        local = moment.astimezone(SHANGHAI)
        return self("date.moment", day=self.day(local.date(), today), time=f"{local:%H:%M}")

    def until(self, end: date, today: date | None = None) -> str:
        """The last day, or its minute where there is one."""
        return self.moment(end, today) if isinstance(end, datetime) else self.day(end, today)

    def money(self, fen: int | None) -> str:
        """1,000元; the fen only where there are any; None is a sum nobody has set yet."""
        if fen is None:
            return self("money.open")
        yuan, rest = divmod(abs(fen), 100)
        sign = "-" if fen < 0 else ""
        return self("money", amount=f"{sign}{yuan:,}" + (f".{rest:02}" if rest else ""))

    def scheme(self, text: str) -> str:
        """A sentence of a scheme file in this language, or in Chinese if nobody translated it."""
        return self._of_a_scheme(text)

    def named(self, name: str, name_en: str) -> str:
        """A body by its name in this language, or by its Chinese one where it has no other."""
        return name_en if name_en and self.language == "en" else name

    def join(self, words: Iterable[str]) -> str:
        """A list in one line."""
        return self("list.and").join(words)

    def article(self, cite: str) -> str:
        """第六条(三) as this language writes it; what is not an article stays as it is."""
        if self.language == "zh_CN":
            return cite
        cite = ARTICLE.sub(lambda found: self._numbered(UNITS[found[2]], found[1]), cite)
        cite = ITEM.sub(lambda found: self._numbered("item", found[1]), cite)
        return cite.replace("、", self("list.and"))

    def reason(self, reason: Reason) -> str:
        """One line of an explanation, with its article and what would mend it."""
        line = self(f"reason.{reason.good.value}", say=self.scheme(reason.say))
        return line + self._and_more(reason)

    def _and_more(self, reason: Reason) -> str:
        line = self("cite.short", article=self.article(reason.cite)) if reason.cite else ""
        if reason.mend:
            line += "\n" + self("reason.mend", mend=self.scheme(reason.mend))
        if reason.since:
            line += "\n" + self("reason.since", day=reason.since, days=reason.wait)
        return line

    def reasons(self, reasons: Iterable[Reason]) -> list[str]:
        """Line by line; where one of several ways would have done, they stand under one line."""
        lines: list[str] = []
        for either, group in groupby(reasons, _either):
            if not either:
                lines += [self.reason(each) for each in group]
                continue
            lines.append(self("reason.none_of"))
            lines += [self._way(each) for each in group]
        return lines

    def _way(self, reason: Reason) -> str:
        """One of several ways that is not met."""
        key = "reason.way_of" if reason.track else "reason.way"
        line = self(key, say=self.scheme(reason.say), track=self.scheme(reason.track))
        return line + self._and_more(reason)

    def refusal(self, error: AppError) -> str:
        """Why not, by which article, and what to do next."""
        sentence = self(self._refusal_key(error), **error.values | self._named(error))
        cite = getattr(error, "cite", "")
        if not cite or isinstance(error, NotEligible):  # its reasons bring their own articles
            return sentence
        first, newline, rest = sentence.partition("\n")
        return first + self("cite.full", article=self.article(cite)) + newline + rest

    def _find(self, key: str) -> str:
        if key in self._sentences:
            return self._sentences[key]
        if self.strict:
            raise KeyError(f"no sentence {key} in {self.language}")
        log.error("no sentence %s in %s", key, self.language)
        lender = self._fallback or self
        return lender._sentences.get(key) or self._sentences["sentence.missing"]

    def _word(self, value: Any) -> Any:
        match value:
            case datetime():
                return self.moment(value)
            case date():
                return self.day(value)
            case list() | tuple():
                return self.join(str(self._word(part)) for part in value)
            case _:
                return value

    def _numbered(self, unit: str, number: str) -> str:
        return self(f"article.{unit}", number=numeral(number) or number)

    def _refusal_key(self, error: AppError) -> str:
        variant = _variant(error)
        for kind in type(error).__mro__:
            for key in (f"refusal.{kind.__name__}.{variant}", f"refusal.{kind.__name__}"):
                if self.has(key):
                    return key
        raise KeyError(f"no sentence for {type(error).__name__}")

    def _row(self, row: int, number: str, flaw: Flaw) -> str:
        return self(f"sheet.{flaw}", row=row, number=number)

    def _named(self, error: AppError) -> dict[str, Any]:
        """What a refusal holds as objects or in the words of the law, in people's words."""
        match error:
            case NotEligible(reasons=reasons):
                return {"reasons": "\n".join(self.reasons(reasons))}
            case LimitReached(say=say):
                return {"say": self.scheme(say)}
            case BudgetExceeded(left=left, wanted=wanted):
                return {"left": self.money(left), "wanted": self.money(wanted)}
            case BudgetTooLow(used=used):
                return {"used": self.money(used)}
            case SumOutOfRange(low=low, high=high):
                return {"low": self.money(low), "high": self.money(high)}
            case PlanRefused(why="sum" | "whole", most=most):
                return {"most": self.money(most)}
            case SheetRefused(rows=rows):
                return {"rows": "\n".join(self._row(*row) for row in rows[:MOST_SHOWN])}
            case RepaidTooMuch(left=left):
                return {"left": self.money(left)}
            case ConsentNeeded(high=high):
                return {"high": self.money(high)}
            case PapersMissing(slots=slots):
                return {"slots": self.join(self.scheme(slot) for slot in slots)}
            case MoveNotAllowed(state=state):
                return {"state": self(f"state.worker.{state}")}
            case SchemeFileError():
                return {"where": str(error)}
            case _:
                return {}


def _either(reason: Reason) -> int:
    """The group of ways it is one of, if none of them is met; 0 for a condition on its own."""
    return id(reason.either) if reason.either is not None and reason.good is NO else 0


def _variant(error: AppError) -> str:
    """Which of several sentences of one class fits."""
    match error:
        case Unreadable(hint=variant) | FileRefused(why=variant) | Recused(relation=variant):
            return variant
        case PlanRefused(why=variant):
            return variant
        case OutsideJurisdiction(union=""):
            return "hidden"
        case ConsentMissing(purpose=purpose):
            return purpose
        case AlreadyDecided(by=str(name)) if name:
            return "by"
        case OwnPlacesGiven(reserves=True):
            return "reserve"
        case UnitLimitReached(this_year=True):
            return "this_year"
        case LimitReached(until=date()):
            return "until"
        case WindowClosed(opens=None, closes=None):
            return "unknown"
        case WindowClosed(closes=None):
            return "from"
        case WindowClosed(opens=None):
            return "until"
        case SumOutOfRange(high=None):
            return "from"
        case _:
            return ""


class _Blanks(dict[str, Any]):
    """A missing value is a gap in the sentence, not a crash in front of a worker."""

    def __missing__(self, name: str) -> str:
        return "……"
