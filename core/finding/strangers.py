"""Whether a message is one of ours at all: small talk, other places, and unlawful wishes are not.

Eight signs are weighed against each other. The weights were fitted (logistic regression) to
questions of workers and to messages that no scheme answers; `bench/finding` measures them on
others. Most of all it counts how near the message is to what is known to be none of ours.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.finding.plain import Terms, terms
from core.finding.wording import SMALL_TALK, Beyond

# How much each sign speaks against a message.
SCORE, BEST, KNOWN, WORDS, NEW, LENGTH, AFAR, BARE = (
    -2.2, -0.95, 6.33, 0.38, 3.89, -5.47, 4.48, 2.96,
)  # fmt: skip
BASE, REFUSED = 11.48, 1.3
LIKELY = 0.3  # so near to a known stranger, it is of the same kind
TALKING = 0.6  # the same for small talk: a wrong 不客气 is worse than to have understood nothing
SMOOTH = 0.3  # a word never seen on one side

PROVINCES = re.compile(
    "四川|贵州|广东|广西|北京|上海|天津|重庆|浙江|江苏|山东|山西|河南|河北|湖南|湖北|福建|江西|安徽|陕西|"
    "甘肃|青海|宁夏|新疆|西藏|内蒙古|辽宁|吉林|黑龙江|海南|香港|澳门|台湾|成都|贵阳|广州|深圳|杭州|南京|"
    "武汉|长沙|西安|郑州|苏州|青岛|东莞"
)
HOME = re.compile(
    "云南|昆明|曲靖|大理|丽江|红河|玉溪|楚雄|文山|昭通|保山|普洱|临沧|版纳|德宏|怒江|迪庆|滇|"
    "打工|调来|转来|迁来|迁入|引进|搬来"
)
WISH = re.compile(
    "(?:办|做|弄|搞|买|开|刻|编|伪造|整)[^，。]{0,5}假|假[^，。日期]{0,8}(?:怎么|咋|哪里|哪点)|代考|替考|"
    "[替代](?:我|人)?考|伪造|怎么(?:骗|套|虚报|造假|冒)|骗(?:补|领|取)|冒(?:领|用)|套取|虚报|隐瞒收入|送礼|"
    "红包|塞钱|走后门|找关系|刷票|代刷|改[^，。]{0,8}(?:日期|分数|年龄|成绩)|"
    "别人[^，。]{0,5}(?:身份证|名字|证)[^，。]{0,4}(?:领|申请|报)|用别人|买[^，。]{0,5}(?:证|文凭|发票)|"
    "不被[^，。]{0,3}(?:查|发现)|弄虚作假|假公章|盗用"
)
REPORT = re.compile(
    "什么叫|啥叫|怎么认定|举报|反映|投诉|发现|有人|会怎|会咋|会被|后果|处罚|怎么处理|查处|取消|收回|能信|辨别|真假|追回|别人造|慰问"
)


@dataclass(frozen=True)
class Signs:
    """What the library says of a message."""

    score: float  # of the nearest scheme
    best: float  # likeness of the nearest wording of a scheme
    kind: Beyond | None  # of the nearest stranger
    known: float  # likeness of that stranger


class Strangers:
    """Knows which words belong to us, and which to the rest of the world."""

    def __init__(self, ours: Iterable[Terms], others: Sequence[Terms]) -> None:
        self._ours: Counter[str] = Counter()
        self._wordings = 0
        for found in ours:
            self._ours.update(found.keys())
            self._wordings += 1
        self._others = Counter(term for found in others for term in found)
        self._messages = len(others)

    def kind(self, asked: str, signs: Signs) -> Beyond | None:
        """What a plain message is about if it is none of ours, or None if it is."""
        if wished(asked):
            return Beyond.UNLAWFUL
        if self._against(asked, signs) <= REFUSED:
            return None
        least = TALKING if signs.kind in SMALL_TALK else LIKELY
        return signs.kind if signs.kind and signs.known >= least else Beyond.ELSEWHERE

    def _against(self, asked: str, signs: Signs) -> float:
        found = terms(asked)
        pairs = [term for term in found if len(term) == 2]
        new = sum(pair not in self._ours for pair in pairs) / max(1, len(pairs))
        length = sum(times for term, times in found.items() if len(term) == 1)
        return (
            BASE
            + SCORE * signs.score
            + BEST * signs.best
            + KNOWN * signs.known
            + WORDS * self._foreign(found)
            + NEW * new
            + LENGTH * math.log(1 + length)
            + AFAR * afar(asked)
            + BARE * (not pairs)
        )

    def _foreign(self, found: Terms) -> float:
        """The log odds of the words, as a naive Bayes classifier weighs them."""
        odds = 0.0
        for term in found:
            theirs = (self._others[term] + SMOOTH) / (self._messages + SMOOTH)
            ours = (self._ours[term] + SMOOTH) / (self._wordings + SMOOTH)
            odds += (1.0 if len(term) == 2 else 0.5) * math.log(theirs / ours)
        return odds / math.sqrt(max(1, len(found)))


def afar(asked: str) -> bool:
    """Another province is named, and nothing leads from there to ours."""
    return bool(PROVINCES.search(asked)) and not HOME.search(asked)


def wished(asked: str) -> bool:
    """Something unlawful is wanted; to report it is no wish for it."""
    return bool(WISH.search(asked)) and not REPORT.search(asked)
