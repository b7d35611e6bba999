"""For everybody, without signing in: public notices, an objection to one, what we keep and why."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from admin.notices import Shown, shown
from admin.pages import page, to
from admin.papers import stored
from admin.seats import Files, Form, Guest, Id, Visiting
from admin.sent import Sent
from core.errors import AppError, ConsentMissing, FileRefused, Locked, Unreadable
from handlers import notice as clerk
from handlers import objection
from storage.objections import Objector

BLANK = Sent({})
OBJECTIONS_AN_HOUR = 20  # from one network address: a whole works may stand behind it


async def notices(guest: Visiting) -> Response:
    async with guest.office.reading() as unit:
        running = await unit.notices.running()
        unions = await unit.unions.names(*{each.union_id for each in running})
        rounds = {each.round_id: await unit.rounds.by_id(each.round_id) for each in running}
    rows = [shown(guest, each, rounds[each.round_id], unions[each.union_id]) for each in running]
    return page(guest, "public_notices.html", rows=rows)


async def notice(guest: Visiting, notice_id: Id, entry: str = "", done: str = "") -> Response:
    """The notice as it hangs; each display is noted. When it is over, the names are gone."""
    hanging = await _find(guest, notice_id)
    if hanging.running:
        async with guest.office.unit() as unit:
            await clerk.shown(unit, notice_id)
        hanging = await _find(guest, notice_id)  # this time is counted as well
    return _show(guest, hanging, Sent({"entry": [entry]}), done=bool(done))


async def object_to(
    guest: Visiting, sent: Form, files: Files, request: Request, notice_id: Id
) -> Response:
    """Under one's real name, or by anybody, as the scheme says; whatever cannot be read is asked
    again beside what was typed."""
    hanging = await _find(guest, notice_id)
    try:
        given = any(sent.raw(field).strip() for field in ("name", "identity", "contact"))
        if (hanging.named or given) and not sent.ticked("consent"):
            raise ConsentMissing("identity")
        said = Objector(
            sent.text("name", 60),
            sent.text("identity", 40),
            sent.text("contact", objection.LONGEST_CONTACT),
            sent.told("text", objection.LONGEST_TEXT),
        )
        await _slow_down(guest, request)
        said = replace(said, papers=await stored(guest.office, files))
        await objection.make(guest.office, notice_id, sent.text("entry", 24), said)
    except (Unreadable, ConsentMissing, FileRefused, Locked) as no:
        return _show(guest, await _find(guest, notice_id), sent, no)
    return to(f"/notices/{notice_id}", done="yes")


async def privacy(guest: Visiting) -> Response:
    async with guest.office.reading() as unit:
        contacts = await unit.unions.contacts(None)
    return page(guest, "privacy.html", contacts=contacts)


async def _find(guest: Guest, notice_id: int) -> Shown:
    async with guest.office.reading() as unit:
        row = await unit.notices.by_id(notice_id)
        union = (await unit.unions.names(row.union_id))[row.union_id]
        return shown(guest, row, await unit.rounds.by_id(row.round_id), union)


def _show(
    guest: Guest, hanging: Shown, sent: Sent, no: AppError | None = None, done: bool = False
) -> Response:
    return page(
        guest,
        "public_notice.html",
        422 if no else 200,
        notice=hanging,
        sentence=guest.say.refusal(no) if no else "",
        done=done,
        sent=sent,
        longest=objection.LONGEST_TEXT,
    )


async def _slow_down(guest: Guest, request: Request) -> None:
    """Counted by a keyed hash of the network address. Raises Locked."""
    host = request.client.host if request.client else ""
    key = f"objection:{guest.office.vault.index(host, 'network')[:40]}"
    async with guest.office.unit() as unit:
        locked = await unit.tries.wrong(key, OBJECTIONS_AN_HOUR + 1)
    if locked:
        raise Locked(locked)
