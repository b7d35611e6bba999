"""The queue, page by page, and what the chat shows of it."""

from datetime import timedelta

import pytest

from core.errors import Unreadable
from handlers import leafing, review
from storage import queue
from tests.handlers.officer_chat import Chat
from tests.handlers.province import DEGREE, Day


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


@pytest.mark.parametrize("few", [0, 8])
async def test_several_piles_are_laid_into_one_order(
    day: Day, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Whether each pile is read out of its own index, or all of them in one go."""
    monkeypatch.setattr(queue, "FEW", few)
    calls = [await day.opens_round(), await day.opens_round(), await day.opens_round(scheme=DEGREE)]
    levels = ("技师", "技师", "本科")
    made = [
        await day.applies(call, level=level)
        for call, level in zip(calls, levels, strict=True)
        for _ in range(3)
    ]
    await day.goes_to(0, calls[0], made[0])
    today = day.office.today()
    for each, due in zip(made, (3, None, 1, 1, None, 2, None, 1, 3), strict=True):
        async with day.office.unit() as unit:
            row = await unit.applications.held(each.id)
            row.due = today + timedelta(days=due) if due else None
    order = [await day.now(each) for each in made]
    order.sort(key=lambda each: (each.due is None, each.due or today, each.rank, each.id))
    seen, after = [], ""
    async with day.office.reading() as unit:
        for _ in range(9):
            one = await review.queue(day.office, unit, day.province["base"], after=after, limit=2)
            seen += [each.id for each in one.rows]
            if not (after := one.after):
                break
        chosen = await review.queue(day.office, unit, day.province["base"], scheme=DEGREE)
    assert seen == [each.id for each in order]
    assert [each.id for each in chosen.rows] == [e.id for e in order if e.scheme_id == DEGREE]
