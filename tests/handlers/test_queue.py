"""The queue, page by page, and what the chat shows of it."""

from datetime import timedelta

import pytest

from core.errors import Unreadable
from handlers import leafing, review
from tests.handlers.officer_chat import Chat
from tests.handlers.province import Day


async def test_the_queue_is_read_page_by_page_and_each_waits_once(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two with a date, two without, one of a relative: four are seen, five are counted."""
    monkeypatch.setattr(leafing, "SHOWN", 3)
    running = await day.opens_round()
    all_ = [await day.applies(running) for _ in range(5)]
    await day.goes_to(0, running, all_[0])
    base = day.province["base"]
    async with day.office.unit() as unit:
        (await unit.applications.held(all_[3].id)).due = day.office.today()
        (await unit.applications.held(all_[1].id)).due = day.office.today() - timedelta(days=1)
        await unit.officers.declare(base.id, all_[2].identity_index, "子女")
    seen, after = [], ""
    async with day.office.reading() as unit:
        for _ in range(9):
            one = await review.queue(day.office, unit, base, after=after, limit=1)
            seen += [each.id for each in one.rows]
            if not (after := one.after):
                break
        (heap,) = await review.heaps(day.office, unit, base)
        with pytest.raises(Unreadable):
            await review.queue(day.office, unit, base, after="2026-13-01.1.1")
        none = await review.queue(day.office, unit, base, scheme="yn-degree-upgrade-subsidy")
    assert seen == [all_[n].id for n in (1, 3, 0, 4)]
    assert (heap.pile.count, heap.pile.late, none.rows) == (5, 1, ())
    chat = Chat(day, "base")
    await chat.turn(command="officer")
    await chat.tap("待办列表")
    assert [label for label in chat.labels if label.isdigit()] == [
        all_[n].number for n in (1, 3, 0)
    ]
    await chat.tap("后面的")
    assert [label for label in chat.labels if label.isdigit()] == [all_[4].number]
    assert "后面的" not in chat.labels
