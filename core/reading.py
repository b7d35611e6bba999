"""What people type, read as the value they meant.

Each reader takes raw text and either returns a value or says that it cannot (Unreadable, None).
None of them guesses between two readings: asking once more costs less than a wrong fact.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from core import numerals
from core.errors import Unreadable
from core.spoken_dates import spoken_date

LONGEST = 2000
# Blank-looking, though Unicode counts them as letters or marks: fillers, variation selectors.
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
ENDS = " 。.,!;:~、()[]"

YES = re.compile(
    "是|对|對|有|好|嗯|恩|唔|行|会|要|要得|可以|同意|我同意|愿意|我愿意|确认|没错|正确|当然|没问题|"
    "当然是|当然有|都是|都有|已有|已经有|我是|我有|1|y|yes|yeah|yep|ok|okay|sure|true|correct|agree|"
    "i agree|i do|i am|i have|no problem|✓|✔|√|✅|👍|👌"
)
NO = re.compile(
    "否|不|不是|不对|不對|没|沒|没有|沒有|无|無|不行|不会|不要|不可以|不同意|我不同意|不愿意|我不愿意|"
    "拒绝|还没|还没有|从没|从来没有|从未|没得|莫得|不好|不算|我不是|我没有|都不是|都没有|当然不是|"
    "当然没有|0|2|n|no|nope|nah|not|false|none|never|not yet|i do not|i don't|i disagree|disagree|"
    "i am not|i'm not|i have not|i haven't|✗|✘|×|❌|👎"
)
PARTICLES = re.compile("(?<=.)[的了啊呀哦喔嘞呢哈啦哟噢诶嘛]+$")
REPEATED = re.compile(r"^([^0-9]+?)\1+$")  # 对对对, 好的好的

SIGN = r"([0-9]{1,9}|[一二三四五六七八九十]{1,2}|[a-z])"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
POSITION = re.compile(
    rf"(?:我?选择?)?第{SIGN}(?:个|项|种|条|号|款|类|行)?|{SIGN}号?"
    rf"|(?:我?选择?|选项|option |number |no\. ?){SIGN}"
    rf"|(?:the )?({'|'.join(ORDINALS)})(?: one| option)?"
)
NEGATION = re.compile(r"[不没沒未非无無否]|\b(?:no|not|never|non|none|without)\b|n't")


def clean(text: str) -> str:
    """NFKC without anything unseen (controls, zero width, bidi, surrogates), blanks made one.

    Never fails; at most 2,000 characters are kept. Characters not yet in Python's tables stay:
    rare characters of names are still being added to Unicode.
    """
    seen = "".join(map(_seen, text[: 4 * LONGEST]))
    return " ".join(unicodedata.normalize("NFKC", seen).split())[:LONGEST].rstrip()


def line(text: str) -> str:
    """A line for others to read: nothing unseen, blanks made one, punctuation as it was typed."""
    return " ".join(unicodedata.normalize("NFC", "".join(map(_seen, text))).split())


def written(text: str) -> str:
    """The same of several lines; much longer ones than anybody is asked for are cut."""
    return "\n".join(map(line, text[: 4 * LONGEST].splitlines())).strip()


def _seen(sign: str) -> str:
    if sign.isspace():
        return " "
    hidden = unicodedata.category(sign) in ("Cc", "Cf", "Cs") or UNSEEN.match(sign)
    return "" if hidden or _noncharacter(ord(sign)) else sign


def _noncharacter(code: int) -> bool:
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def read_prose(text: str, most: int) -> str:
    """What was written, in at most so many characters. Raises Unreadable(text, too_long)."""
    text = text.strip()
    if not text:
        raise Unreadable("text")
    if len(text) > most:
        raise Unreadable("too_long", most=most)
    return text


def read_date(text: str, today: date) -> date:
    """The day meant, without a year the nearest past one; only 1900 to 2199.

    Unreadable("date"), or Unreadable("date_day") if only the month is said.
    """
    return spoken_date(clean(text), today)


def read_number(text: str, measures: Collection[str] = ()) -> int | Decimal:
    """A number from 0 below 10^15; a word of `measures` (年, 个月) may follow it.

    Unreadable("number"), also for a measure not named: 3年 is no number of months.
    """
    said = clean(text).rstrip(" 。.!,")
    for measure in sorted(measures, key=len, reverse=True):
        if said.endswith(measure):
            said = said.removesuffix(measure)
            break
    value = numerals.numeral(said)
    if value is None:
        raise Unreadable("number")
    return int(value) if value % 1 == 0 else value


def read_money(text: str) -> int:
    """A sum in fen; a bare number is yuan. Unreadable("money"), also for parts of a fen."""
    value = numerals.fen(clean(text).rstrip(" 。.!,"))
    if value is None:
        raise Unreadable("money")
    return value


def read_yes_no(text: str) -> bool | None:
    """True, False, or None for everything else: 是吧, 不知道, 是的但是没有, 是不是.

    Only whole answers count, so that 不是 never reads as 是. 2 and 0 are no.
    """
    said = clean(text).casefold().replace("’", "'")
    if "?" in said:
        return None
    said = said.strip(ENDS)
    whole = _yes_no(_joined(said))
    if whole is not None:
        return whole
    answers = {_yes_no(part) for part in re.split(r"[\s,。.!;、~]+", said)}
    return answers.pop() if len(answers) == 1 else None


def _yes_no(said: str) -> bool | None:
    word = REPEATED.sub(r"\1", PARTICLES.sub("", REPEATED.sub(r"\1", said)))
    return True if YES.fullmatch(word) else False if NO.fullmatch(word) else None


def read_choice(text: str, labels: Sequence[str]) -> int | None:
    """The index (from 0) of the one label meant: by number (from 1), letter, label or part of it.

    None if no label is meant, or more than one could be.
    """
    said = _spelled(text).strip(ENDS)
    names = [_spelled(label) for label in labels]
    meant = _named(said, names) | _placed(said, names)
    if not meant and _has_letters(said):
        meant = _mentioning(re.sub("^我?选择?", "", said), names)
    return meant.pop() if len(meant) == 1 else None


def _spelled(text: str) -> str:
    return _joined(clean(text).casefold())


def _joined(text: str) -> str:
    """Without the blanks that people put between Chinese characters."""
    return re.sub("(?<![0-9a-z]) | (?![0-9a-z])", "", text)


def _has_letters(said: str) -> bool:
    return len(said) > 1 and any(sign.isalpha() for sign in said)


def _named(said: str, names: Sequence[str]) -> set[int]:
    """技师(二级) is also named by 技师."""
    shapes = [{name.strip(ENDS), re.sub(r"\(.*?\)", "", name).strip(ENDS)} for name in names]
    return {n for n, shape in enumerate(shapes) if said and said in shape}


def _placed(said: str, names: Sequence[str]) -> set[int]:
    """By its place; a sign that stands alone may also be how a label begins (二 of 二级)."""
    found = POSITION.fullmatch(said)
    if not found:
        return set()
    sign = next(filter(None, found.groups()))
    place = _place(sign)
    meant = {place} if place in range(len(names)) else set()
    if said == sign and (meant or len(said) > 3):  # a year may be out of range, 5 may not
        meant |= {n for n, name in enumerate(names) if _begins(name, sign)}
    return meant


def _place(sign: str) -> int:
    if sign in ORDINALS:
        return ORDINALS.index(sign)
    if re.fullmatch("[a-z]", sign):
        return ord(sign) - ord("a")
    value = numerals.numeral(sign)
    return -1 if value is None else int(value) - 1


def _begins(name: str, sign: str) -> bool:
    return re.match(re.escape(sign) + "(?![0-9a-z])", name) is not None


def _mentioning(said: str, names: Sequence[str]) -> set[int]:
    """Labels that hold these words; 同意 must not find 不同意, nor "no" find "know"."""
    left = "(?<![0-9a-z])" if re.match("[0-9a-z]", said) else ""
    right = "(?![0-9])" if re.search("[0-9]$", said) else ""
    words = re.compile(left + re.escape(said) + right)
    negated = bool(NEGATION.search(said))
    return {
        n
        for n, name in enumerate(names)
        if len(said) > 1 and words.search(name) and bool(NEGATION.search(name)) == negated
    }
