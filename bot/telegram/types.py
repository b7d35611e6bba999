"""aiogram's types, of which only those are built that an update is made of.

On import aiogram builds a validator for each of its 400 types, every one with all the types it
can hold: 2 seconds and 100 MB, of which an update needs a twentieth. So the building is put off
while aiogram is imported; what is used later is built then. Import aiogram through this module.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, Optional, Union

from pydantic import BaseModel


@contextmanager
def _nothing_built() -> Iterator[None]:
    rebuild = BaseModel.__dict__["model_rebuild"]
    setattr(BaseModel, "model_rebuild", classmethod(lambda cls, **_: None))  # noqa: B010
    try:
        yield
    finally:
        setattr(BaseModel, "model_rebuild", rebuild)  # noqa: B010


with _nothing_built():
    from aiogram import Bot, types
    from aiogram.client.default import Default
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.exceptions import TelegramConflictError, TelegramRetryAfter
    from aiogram.methods import TelegramMethod
    from aiogram.types import CallbackQuery, ChatMemberUpdated, Contact, Message, Update, User

__all__ = [
    "AiohttpSession",
    "Bot",
    "CallbackQuery",
    "ChatMemberUpdated",
    "Contact",
    "Message",
    "TelegramAPIServer",
    "TelegramConflictError",
    "TelegramMethod",
    "TelegramRetryAfter",
    "Update",
    "User",
]

_NAMES: dict[str, Any] = {name: getattr(types, name) for name in types.__all__}
_NAMES |= {"List": list, "Optional": Optional, "Union": Union, "Literal": Literal}
Update.model_rebuild(_types_namespace=_NAMES | {"Default": Default})
