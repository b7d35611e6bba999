"""Somebody who answers whatever is asked, for any scheme: from the first page to the receipt."""

from datetime import date, datetime, time
from itertools import count

from core.examples import Example
from core.facts import noted
from core.scheme import Scheme
from handlers.demonstration import Person
from handlers.office import Office
from storage.tables import SHANGHAI
from tests.hands import DeskHand, a_photo
from tests.journeys.steps import CERTIFICATE, identifies
from tests.schemes.pages import PAGES

TYPED = {"date": "2026年3月1日", "number": "3", "money": "2000元", "text": "已经如实写明"}
MOST_TURNS = 80
PRESSED = (
    *(
        "现在申请",
        "都对，继续",
        "没错，去提交",
        "我确认并提交",
        "拍好了，下一步",
        "没有，跳过",
        "不知道身份证号",
    ),
)


def good_example(scheme: Scheme) -> Example:
    """One in which nothing speaks against it, as the officers wrote it down."""
    fitting = [e for e in PAGES[scheme.id].examples if e.scheme == scheme and not e.awards]
    yes = [e for e in fitting if e.row["expect"] == "yes"]
    return (yes or [e for e in fitting if e.row["expect"] == "officers"])[0]


def morning(day: date) -> datetime:
    return datetime.combine(day, time(10), SHANGHAI)


class Applicant:
    """One member at the desk. `known` is what they have told before."""

    def __init__(self, office: Office, person: Person, address: str = "desk") -> None:
        self.office, self.person = office, person
        self.hand = DeskHand(office, address)
        self._photos = count(1)

    async def comes_in(self) -> None:
        await self.hand.turn(command="status")
        await self.hand.tap(self.hand.labels[0])
        await identifies(self.hand, self.person)

    async def has_told(self, example: Example) -> None:
        """What a person can be asked for; the rest is for others to find."""
        scheme, today = example.scheme, self.office.today()
        async with self.office.unit() as unit:
            talk = await unit.conversations.of("web", self.hand.address, "zh_CN")
            talk.facts = {
                fact: noted(value, "worker", today)
                for fact, value in example.known.items()
                if fact in scheme.asked and scheme.asked[fact].asked_of_worker
            }
            await unit.conversations.write(talk)

    async def applies(self, scheme_id: str) -> str:
        """Presses and types on until it is sent; the number of the application."""
        await self.hand.turn(command="start", argument=scheme_id)
        return await self.goes_on()

    async def goes_on(self) -> str:
        """From here to the receipt; the number of the application."""
        for _ in range(MOST_TURNS):
            if "提交成功" in self.hand.heard:
                return self.hand.heard.partition("编号：")[2].split("\n")[0]
            await self.does_the_next_thing()
        raise AssertionError(f"never sent: {self.hand.heard} {self.hand.labels}")

    async def does_the_next_thing(self) -> None:
        hand, expects = self.hand, self.hand.reply.expects
        for label in PRESSED:
            if label in hand.labels:
                await hand.tap(label)
                return
        if expects == "photo":
            await hand.photo(a_photo(f"{self.person.name} {next(self._photos)}"))
        elif expects in TYPED:
            await hand.say(CERTIFICATE if "编号" in hand.heard else TYPED[expects])
        else:
            assert hand.labels, hand.heard
            await hand.tap(hand.labels[0])
