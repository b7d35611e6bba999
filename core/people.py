"""Who somebody is: names, identity numbers, phones, accounts, and what of them may be shown."""

import re
from datetime import date
from enum import StrEnum, auto

from core.errors import Unreadable
from core.reading import clean

# GB/T 2260; 81 to 83 are residence permits of people of Hong Kong, Macau and Taiwan
PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
CHECK_SIGNS = "10X98765432"
SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−]")
DOTS = re.compile(r" ?[·•‧∙⋅・.。᛫⸱ꞏ] ?")
HAN = r"[〇\u3400-\u4dbf\u4e00-\u9fff\ufa0e-\ufa29\U00020000-\U000323af]"
NAME = re.compile(rf"{HAN}+(?:·{HAN}+)*")


class Role(StrEnum):
    """What an officer may do; for which union stands beside it."""

    REVIEWER = auto()  # first review, in the base unit
    VERIFIER = auto()  # verification, in a county, prefecture or industrial union
    OFFICE = auto()  # review, in the provincial office
    CHAIRS = auto()  # approval, for the chairs' meeting
    FINANCE = auto()  # payment
    MANAGER = auto()  # opens rounds, unbinds chats, signs on officers
    AUDITOR = auto()  # reads everything, changes nothing


def normal_identity(text: str, today: date) -> str:
    """The 18 characters of a resident identity number (GB 11643, check sign by ISO 7064 MOD 11-2).

    Unreadable: "identity_15" (old numbers, void since 2013-01-01: the 18-digit one is needed),
    "identity_digits", "identity_length", "identity_date", "identity_checksum" (also for a
    province that does not exist).
    """
    number = SEPARATORS.sub("", clean(text)).upper()
    if not re.fullmatch("[0-9]*X?", number):
        raise Unreadable("identity_digits")
    if re.fullmatch("[0-9]{15}", number):
        raise Unreadable("identity_15")
    if len(number) != 18:
        raise Unreadable("identity_length")
    if not _born_before(number, today):
        raise Unreadable("identity_date")
    if not PROVINCE.match(number) or number[17] != check_sign(number[:17]):
        raise Unreadable("identity_checksum")
    return number


def _born_before(number: str, today: date) -> bool:
    try:
        return date(1900, 1, 1) <= birth_day(number) <= today
    except ValueError:
        return False


def check_sign(first: str) -> str:
    """The 18th sign of an identity number, out of its first 17 digits (ISO 7064 MOD 11-2)."""
    weighed = (int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first))
    return CHECK_SIGNS[sum(weighed) % 11]


def birth_day(identity: str) -> date:
    """The birth day inside a normal identity number."""
    return date(int(identity[6:10]), int(identity[10:12]), int(identity[12:14]))


def normal_name(text: str) -> str:
    """A Chinese name of 2 to 30 characters, every dot as ·, no blanks. Unreadable("name")."""
    name = DOTS.sub("·", clean(text).strip(" 。.,")).replace(" ", "")
    if not 2 <= len(name) <= 30 or not NAME.fullmatch(name):
        raise Unreadable("name")
    return name


def normal_phone(text: str) -> str:
    """The 11 digits of a mainland mobile phone, without +86. Unreadable("phone")."""
    number = re.sub("[()]", "", SEPARATORS.sub("", clean(text)))
    found = re.fullmatch(r"(?:\+86|0086|86)?(1[3-9][0-9]{9})", number)
    if not found:
        raise Unreadable("phone")
    return found[1]


def normal_account(text: str) -> str:
    """The 16 to 19 digits of a bank card. Unreadable("account_length"), ("account_luhn")."""
    number = SEPARATORS.sub("", clean(text))
    if not re.fullmatch("[0-9]{16,19}", number):
        raise Unreadable("account_length")
    if number.startswith("0") or not _luhn(number):
        raise Unreadable("account_luhn")
    return number


def _luhn(number: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(digit // 10 + digit % 10 for digit in doubled) % 10 == 0


def normal_certificate(text: str) -> str:
    """A certificate number as it is compared: letters large, nothing but letters and digits.

    Unreadable("text") where there is no digit: 无 or "-" would be everybody's same certificate.
    """
    number = "".join(sign for sign in clean(text).upper() if sign.isalnum())
    if not re.search("[0-9]", number):
        raise Unreadable("text")
    return number


def masked_name(name: str) -> str:
    """张*, 张*华, 欧**华: the last character only where three or more hide enough."""
    if len(name) < 3:
        return name[:1] + "*" if len(name) == 2 else "*" * len(name)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def masked_identity(identity: str) -> str:
    """530***********1234; nothing of anything that is not 18 characters long."""
    return _masked(identity, 3, 4) if len(identity) == 18 else "*" * len(identity)


def masked_phone(phone: str) -> str:
    """138****1234; nothing of anything that is not 11 digits long."""
    return _masked(phone, 3, 4) if len(phone) == 11 else "*" * len(phone)


def masked_account(account: str) -> str:
    """****1234; nothing of an account too short to be one."""
    return "****" + account[-4:] if len(account) >= 8 else "****"


def _masked(text: str, first: int, last: int) -> str:
    return text[:first] + "*" * (len(text) - first - last) + text[-last:]
