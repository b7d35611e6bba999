"""My page: language, a code that connects a chat, a token for machines, the password."""

from starlette.responses import Response

from admin.menu import start
from admin.pages import page, to
from admin.seats import Form, Seat, Seated
from handlers import access


async def home(seat: Seated) -> Response:
    return to(start(seat))


async def me(seat: Seated, done: str = "") -> Response:
    return await _show(seat, done=done)


async def chat_code(seat: Seated) -> Response:
    return await _show(seat, code=await access.chat_code(seat.office, seat.officer))


async def token(seat: Seated) -> Response:
    return await _show(seat, token=await access.give_token(seat.office, seat.officer))


async def password(seat: Seated, sent: Form) -> Response:
    """All sessions end, this one too: the new password is tried at once."""
    old, new = sent.raw("old"), sent.raw("new")
    await access.change_password(seat.office, seat.officer, old, new)
    return to("/console/sign-in")


async def _show(seat: Seat, code: str = "", token: str = "", done: str = "") -> Response:
    minutes = int(access.CODE_LIFE.total_seconds() // 60)
    async with seat.office.reading() as unit:
        chats = len(await unit.conversations.for_officer(seat.officer.id))
    return page(
        seat,
        "me.html",
        code=code,
        token=token,
        chats=chats,
        minutes=minutes,
        least=access.SHORTEST,
        done=done,
    )
