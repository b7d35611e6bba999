"""`huigong enrol FILE`: an office's own people, in place of the demonstration's."""

from pathlib import Path

import yaml

from bot.app import open_house
from bot.settings import Settings
from core.errors import SchemeFileError
from handlers import enrolment


async def enrol(settings: Settings, file: Path) -> int:
    """Prints what was taken, and each new officer's first password, this once."""
    plan = enrolment.read(_load(file), file.name)
    async with open_house(settings.model_copy(update={"demo": False})) as house:
        done = await enrolment.enrol(house.office, plan)
    print(f"{done.unions} unions, {len(plan.officers)} officers, {done.members} members")  # noqa: T201
    for login, password in done.passwords.items():
        print(f"{login}  {password}  (first password: to be changed after signing in)")  # noqa: T201
    return 0


def _load(file: Path) -> dict[str, object]:
    try:
        raw = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise SchemeFileError([(file.name, 1, "", f"cannot be read: {error}")]) from None
    if not isinstance(raw, dict):
        raise SchemeFileError([(file.name, 1, "", "unions, officers and members are expected")])
    return raw
