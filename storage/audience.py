"""Who may qualify for a scheme, among the members of a union and of all below it.

Surely: what we know fulfils every condition. Possibly: nothing we know speaks against it. An
audience is a number, or ids of workers, never a name; for what it leaves unread see
`storage.rule_sql`. A claw-back not yet paid is looked into when somebody applies, not here.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select, true

from core.days import Calendar
from core.scheme import Scheme
from storage.among import among
from storage.book import Book
from storage.limit_sql import reached
from storage.rule_sql import RuleSql, Truth
from storage.tables import Known

Unions = Collection[int] | None  # None: every one


@dataclass(frozen=True)
class Size:
    """How many of so many members; who surely qualifies, possibly does."""

    members: int = 0
    surely: int = 0
    possibly: int = 0

    def __add__(self, other: "Size") -> "Size":
        return Size(
            self.members + other.members,
            self.surely + other.surely,
            self.possibly + other.possibly,
        )


class Audience(Book):
    """Reads `known` alone, and for the limits the applications of the schemes they count."""

    async def sizes(
        self, scheme: Scheme, today: date, calendar: Calendar, unions: Unions = None
    ) -> dict[int, Size]:
        """By the union that members belong to; unions without members are left out."""
        truth = self._truth(scheme, today, calendar)
        rows = select(Known.union_id, truth.label("truth")).where(self._members(unions))
        each = rows.subquery()
        counted = select(each.c.union_id, each.c.truth, func.count()).group_by(*each.c)
        found: dict[int, Size] = {}
        for union, qualifies, n in await self._read(counted, unions):
            size = Size(n, n if qualifies else 0, n if qualifies is not False else 0)
            found[union] = found.get(union, Size()) + size
        return found

    async def ids(
        self,
        scheme: Scheme,
        today: date,
        calendar: Calendar,
        unions: Unions = None,
        *,
        surely: bool = False,
        after: int = 0,
        limit: int = 1_000,
    ) -> list[int]:
        """Ids of workers who possibly (or only who surely) qualify, in order, a page at a time."""
        truth = self._truth(scheme, today, calendar)
        meant = truth.is_(True) if surely else truth.is_not(False)
        found = select(Known.worker_id).where(meant, Known.worker_id > after, self._members(unions))
        paged = found.order_by(Known.worker_id).limit(limit)
        return [row[0] for row in await self._read(paged, unions)]

    def _truth(self, scheme: Scheme, today: date, calendar: Calendar) -> Truth:
        rules = RuleSql(self.work.postgres, scheme.asked, today, calendar)
        rules.given = {limit.fact: reached(limit, scheme, rules) for limit in scheme.limits}
        if scheme.earlier:  # the archive knows better than what was said
            rules.questions.pop(scheme.earlier, None)
        return rules.of(scheme.rules)

    def _members(self, unions: Unions) -> Truth:
        if unions is None:
            return true()
        return among(self.connection.dialect.name, Known.union_id)

    async def _read(self, found: Any, unions: Unions) -> list[Any]:
        wanted = {} if unions is None else {"wanted": sorted(unions)}
        return list(await self.connection.execute(found, wanted))
