"""What was typed, brought into the one form in which everything is compared.

Simplified characters, half width, small letters, no punctuation; then cut into single characters
and pairs. Pairs need no list of words, and did better on questions than words did.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from sys import intern

import opencc

from core.reading import clean

LONGEST = 300  # nobody asks in more; the rest of a long text adds noise
BREAKS = re.compile(r"[^\w]+|_+")
# What every question has and no scheme is known by.
WORDS = """我们公司 我们单位 我们厂 我们集团 我们车间 我们班组 我们 您好 你好 请问 想问问 想问
问一下 能不能 可不可以 可以 是不是 有没有 要不要 会不会 算不算 行不行 怎么办 咋办 咋个
怎么样 怎么 咋 怎样 如何 什么时候 啥时候 什么 啥子 啥 哪里 哪儿 哪些 哪个 在哪 去哪
多少钱 多少 几个 为什么 为啥 吗 呢 吧 啊 呀 嘛 么 噶 嘞 的 了 需要 应该 必须 这个 那个
知道 我想 我是 我在 我 您 你 想 能 会 要 有"""
# Words that hold one of them and are not empty themselves.
WHOLE = """工会 技能 能手 智能 职能 能力 能源 节能 入会 协会 社会 大会 机会 会员 会议 开会 联谊会
要约 要求 思想 国有 自有 有毒 有害 有限 没有 会费 会籍 招聘会 两会 的士 重要 主要 了解"""


def _sorted(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


EMPTY = re.compile(f"({_sorted(WHOLE)})|{_sorted(WORDS)}")

Terms = Counter[str]


def plain(text: str) -> str:
    """One line, simplified, small letters; never fails."""
    return filed(clean(text)[:LONGEST])


def filed(text: str) -> str:
    """The same for the text of a file, which hides nothing and may be long."""
    simplified: str = _simplified().convert(unicodedata.normalize("NFKC", text))
    return simplified.casefold()


def bare(text: str) -> str:
    """A plain text without its punctuation and the little words at its end."""
    return BREAKS.sub("", text).rstrip("啊呀哦哈啦嘛呢哟")


def terms(text: str, *, every: bool = False) -> Terms:
    """How often each character and each pair stands in a plain text; `every` keeps empty words.

    Interned: every table of the index has the same pairs, and this way but once.
    """
    found: Terms = Counter()
    bare = BREAKS.sub(" ", text)
    for part in (bare if every else EMPTY.sub(_kept, bare)).split():
        found.update(map(intern, part))
        found.update(intern(part[n : n + 2]) for n in range(len(part) - 1))
    return found


def _kept(found: re.Match[str]) -> str:
    return found[1] or " "


def merged(found: Iterable[Terms]) -> Terms:
    """The terms of several texts as if they were one."""
    whole: Terms = Counter()
    for each in found:
        whole.update(each)
    return whole


@cache
def _simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
