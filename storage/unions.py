"""The union tree: read as the law sees it, and whom to call."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from core.errors import NotFound
from core.jurisdiction import Level, Node, Tree
from storage.book import Book
from storage.tables import Union, Worker

NODES = select(Union.id, Union.code, Union.name, Union.kind, Union.parent_id)


class Unions(Book):
    """A tree is read once and passed on: there may be thousands of base units."""

    async def by_id(self, union_id: int) -> Union:
        """Raises NotFound."""
        union = await self.session.get(Union, union_id)
        if union is None:
            raise NotFound(union=union_id)
        return union

    async def coded(self, code: str) -> Union:
        """Raises NotFound."""
        union = await self.coded_or_none(code)
        if union is None:
            raise NotFound(union=code)
        return union

    async def coded_or_none(self, code: str) -> Union | None:
        found: Union | None = await self.session.scalar(select(Union).where(Union.code == code))
        return found

    async def top(self) -> Union:
        """The provincial union. Raises NotFound while there is none."""
        province = select(Union).where(Union.kind == Level.PROVINCE.value).order_by(Union.id)
        top: Union | None = await self.session.scalar(province.limit(1))
        if top is None:
            raise NotFound(union=Level.PROVINCE)
        return top

    async def tree(self, *base_units: int) -> Tree:
        """Everything above these base units, and every body of the province; all if none given."""
        nodes = NODES
        if base_units:
            above = Union.kind != Level.BASE_UNIT.value
            nodes = nodes.where(or_(above, Union.id.in_(set(base_units))))
        rows = await self.session.execute(nodes)
        return Tree(Node(id_, code, name, Level(kind), up) for id_, code, name, kind, up in rows)

    async def names(self, *union_ids: int) -> dict[int, str]:
        """Their Chinese names, by id."""
        rows = select(Union.id, Union.name).where(Union.id.in_(set(union_ids)))
        return dict((await self.session.execute(rows)).all())

    async def some(self, *union_ids: int) -> dict[int, Union]:
        """These, by id."""
        found = select(Union).where(Union.id.in_(set(union_ids)))
        return {union.id: union for union in await self.session.scalars(found)}

    async def contacts(self, worker_id: int | None) -> Sequence[Union]:
        """Who can be called: the worker's own unit, the unions above it, then the offices."""
        offices = select(Union).where(Union.kind == Level.OFFICE.value).order_by(Union.id)
        bodies = [*await self._upwards(worker_id), *await self.session.scalars(offices)]
        return [body for body in bodies if body.contact]

    async def _upwards(self, worker_id: int | None) -> Sequence[Union]:
        if worker_id is None:
            top = select(Union).where(Union.kind == Level.PROVINCE.value)
            return (await self.session.scalars(top)).all()
        at = await self.session.scalar(select(Worker.union_id).where(Worker.id == worker_id))
        found: list[Union] = []
        while at is not None:
            found.append(await self.by_id(at))
            at = found[-1].parent_id
        return found
