"""Numbers and sums of money as people write them: 3,500, 1.2万, 1万2, 三千五, 两百零五, 五毛.

cn2an is not used: it reads 三四千五 as 7500 and 一二万三 as 33000, counts in floats, and fails
with KeyError on some input. Here whatever has two readings has none.
"""

import re
from decimal import Decimal

LIMIT = 10**15  # fen of such a sum still fit a 64-bit column
DIGITS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
SPELLINGS = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟貳參陸兩萬億點圓圆塊○.",
    "一二三四五六七八九十百千二三六两万亿点元元块〇点",
)
FIGURES = re.compile(r"[0-9]{1,15}|[1-9][0-9]{0,2}(?:,[0-9]{3})+")
ONE = "[0-9一二三四五六七八九两]"
MONEY = re.compile(
    rf"(?:(?P<yuan>[^元块角毛分]+)(?:元|块))?(?:(?P<jiao>{ONE})(?:角|毛)|(?P<zero>[零〇]))?"
    rf"(?:(?P<fen>{ONE})分)?(?P<rest>{ONE})?(?:钱|整|正)?"
)


def one_spelling(text: str) -> str:
    """Formal, traditional and Latin spellings as everyday ones; blanks only between figures."""
    text = re.sub(r"(?<![0-9]) | (?![0-9])", "", text).lower().translate(SPELLINGS)
    text = text.replace("廿", "二十").replace("卅", "三十")
    return re.sub(r"(?<=[0-9])w", "万", text)


def numeral(text: str) -> Decimal | None:
    """The number, below 10^15; None if it is none, or could be two."""
    text = one_spelling(text)
    if len(text) > 40:
        return None
    value = _digit_by_digit(text)
    if value is None:
        value = _value(text) if not text.endswith("k") else _thousands(text.removesuffix("k"))
    return value if value is not None and value < LIMIT else None


def fen(text: str) -> int | None:
    """A sum of money in fen; a bare number is yuan. None if it is none, or could be two."""
    text = re.sub(r"^(?:人民币|rmb|cny)?[¥￥]?", "", one_spelling(text))
    text = re.sub(r"(?:rmb|cny|yuan)$", "元", text)
    yuan = numeral(text.removesuffix("整"))
    if yuan is None:
        found = MONEY.fullmatch(text)
        yuan = _coins(**found.groupdict()) if found else None
    whole = yuan is not None and yuan * 100 % 1 == 0
    return int(yuan * 100) if yuan is not None and whole else None


def _coins(
    yuan: str | None, jiao: str | None, zero: str | None, fen: str | None, rest: str | None
) -> Decimal | None:
    """Yuan out of the parts; `rest` is a last figure without its unit, as in 三块二 or 两毛五."""
    if rest and (fen or zero or not (yuan or jiao)):
        return None
    if zero and not (yuan and fen):
        return None
    if rest:
        jiao, fen = (jiao, rest) if jiao else (rest, None)
    high = numeral(yuan) if yuan else Decimal(0)
    if high is None or not (yuan or jiao or fen) or (high % 1 and (jiao or fen)):
        return None
    return high + Decimal(_one(jiao) * 10 + _one(fen)) / 100


def _one(sign: str | None) -> int:
    return 0 if sign is None else DIGITS[sign] if sign in DIGITS else int(sign)


def _digit_by_digit(text: str) -> Decimal | None:
    """二〇二六 is 2026. But 三五 and 三四五 may be "three to five": too short, they are refused."""
    if not re.fullmatch("[零〇一二三四五六七八九]{2,15}", text):
        return None
    if len(text) < 4 and not {"零", "〇"} & set(text):
        return None
    return Decimal("".join(str(DIGITS[sign]) for sign in text))


def _thousands(text: str) -> Decimal | None:
    """The k of 3k and 1.5k."""
    plain = re.fullmatch(r"[0-9]{1,9}(?:点[0-9]{1,3})?", text)
    return Decimal(text.replace("点", ".")) * 1000 if plain else None


def _value(text: str) -> Decimal | None:
    whole, dot, fraction = text.partition("点")
    if dot and not set(fraction) & set(UNITS):
        return _with_fraction(whole, fraction)
    for unit, size in UNITS.items():
        head, found, tail = text.partition(unit)
        if found:
            return _joined(head, size, tail)
    if FIGURES.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return Decimal(DIGITS[text]) if text in DIGITS else None


def _with_fraction(whole: str, fraction: str) -> Decimal | None:
    high = _value(whole)
    if high is None or not re.fullmatch("[0-9零〇一二三四五六七八九]{1,8}", fraction):
        return None
    return high + Decimal("0." + "".join(str(DIGITS.get(sign, sign)) for sign in fraction))


def _joined(head: str, size: int, tail: str) -> Decimal | None:
    high = Decimal(1) if not head and size == 10 else _value(head)
    low = _tail(tail, size)
    if high is None or low is None or high == 0 or (high % 1 and tail):
        return None
    if high >= 10 and size < 10**4:  # 三百千
        return None
    return high * size + low


def _tail(tail: str, size: int) -> Decimal | None:
    """What follows a unit: 一万|二 is 2000, 一万|零二 is 2, 1万|2500 is 2500, 1万|25 is a guess."""
    if not tail:
        return Decimal(0)
    if re.fullmatch(ONE, tail):
        return Decimal(_one(tail) * (size // 10)) if tail != "0" else None
    if re.fullmatch("[0-9]+", tail):
        return Decimal(tail) if len(tail) == len(str(size)) - 1 else None
    rest = tail.lstrip("零〇")
    if rest == tail and not set(tail) & set(UNITS):
        return None
    low = _value(rest)
    if low is None or low % 1 or not 0 < low < size:
        return None
    return low if low < size // 10 or set(rest) & set(UNITS) else None
