"""`huigong`: run, check, migrate, talk, judge, guide, ask, verify.

What a command needs costs time to import: each imports its own.
"""

import argparse
import asyncio
import gc
import logging
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.settings import Settings, SettingsWrong, load
from core.errors import AppError, SchemeFileError


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 all right, 1 something is wrong, 2 the call was wrong."""
    gc.disable()  # what a start makes, stays: to look for garbage takes a seventh of it
    parsed = _parser().parse_args(arguments)
    if parsed.work is not _run:
        gc.enable()
    try:
        settings = load()
        logging.basicConfig(level=settings.log_level, format="%(levelname)s %(name)s: %(message)s")
        for chatty in ("httpx", "alembic", "uvicorn.error"):
            logging.getLogger(chatty).setLevel(logging.WARNING)
        outcome: int = parsed.work(parsed, settings)
    except SettingsWrong as wrong:
        return _complain(str(wrong))
    except SchemeFileError as wrong:
        return _complain(str(wrong))
    except AppError as refused:
        from locales import speaker

        return _complain(speaker("zh_CN").refusal(refused))
    except KeyboardInterrupt:
        return 130
    return outcome


def _parser() -> argparse.ArgumentParser:
    from core.guide import THEMES, Asker

    parser = argparse.ArgumentParser(prog="huigong", description=main.__doc__)
    commands = parser.add_subparsers(required=True)

    def command(name: str, work: object, told: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=told, description=told)
        made.set_defaults(work=work)
        return made

    command("run", _run, "Start everything in one process.")
    check = command("check", _check, "Read all scheme files and say what is wrong with them.")
    check.add_argument("folder", nargs="?", type=Path, help="another folder of scheme files")
    check.add_argument("--examples", type=Path, help="folder of the officers' examples")
    command("migrate", _migrate, "Bring the database up to date.")
    command("talk", _talk, "The chat, in this terminal.")
    judge = command("judge", _judge, "Judge facts, given as JSON on standard input.")
    judge.add_argument("scheme", help="id of a scheme")
    judge.add_argument("--on", type=date.fromisoformat, help="the day of application (2026-03-10)")
    guide = command("guide", _guide, "Check everything: facts as JSON on standard input.")
    guide.add_argument("--for", dest="asker", choices=list(Asker), default=Asker.MYSELF)
    guide.add_argument("--theme", choices=list(THEMES), default="", help="only one kind")
    guide.add_argument("--on", type=date.fromisoformat, help="the day of application (2026-03-10)")
    ask = command("ask", _ask, "Answer a question in plain words, as one line of JSON.")
    ask.add_argument("question", help="the question; - reads one a line from standard input")
    ask.add_argument("--about", default="", help="id of the scheme at hand")
    enrol = command("enrol", _enrol, "Take unions, officers and members from a YAML file.")
    enrol.add_argument("file", type=Path)
    verify = command("verify", _verify, "Prove that no act was changed, removed or inserted.")
    verify.add_argument("--head", help="a head known from before, as SEQ:DIGEST")
    verify.add_argument("--receipt", type=Path, help="the file of a worker's receipt")
    return parser


def _run(_: argparse.Namespace, settings: Settings) -> int:
    from bot.serve import run

    return run(settings)


def _check(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.books import told
    from storage import holidays, schemes, wording
    from storage.database import shanghai_now

    folder = parsed.folder or settings.schemes
    calendar = holidays.read(folder)
    catalogue = schemes.read(folder)
    asked = wording.every(folder, catalogue)
    written = parsed.examples or folder.resolve().parent / "tests" / "schemes"
    for line in told(catalogue, asked, shanghai_now().date(), calendar, written):
        print(line)  # noqa: T201
    return 0


def _migrate(_: argparse.Namespace, settings: Settings) -> int:
    from storage.database import migrate

    migrate(settings.database_url)
    return 0


def _talk(_: argparse.Namespace, settings: Settings) -> int:
    from bot.serve import talk

    return asyncio.run(talk(settings))


def _judge(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot import judge as judging
    from storage import holidays, schemes
    from storage.database import shanghai_now

    catalogue = schemes.read(settings.schemes)
    facts = judging.read_facts(sys.stdin.read())
    day = parsed.on or shanghai_now().date()
    calendar = holidays.read(settings.schemes)
    print(judging.judge(catalogue, parsed.scheme, facts, day, calendar))  # noqa: T201
    return 0


def _guide(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot import guide as guiding
    from bot import judge as judging
    from core.guide import Asker
    from storage import holidays, schemes
    from storage.database import shanghai_now

    catalogue = schemes.read(settings.schemes)
    facts = judging.read_facts(sys.stdin.read())
    day = parsed.on or shanghai_now().date()
    calendar = holidays.read(settings.schemes)
    told = guiding.guide(catalogue, Asker(parsed.asker), facts, day, calendar, parsed.theme)
    print(told)  # noqa: T201
    return 0


def _ask(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.ask import ask
    from locales import speaker
    from storage import schemes, wording
    from storage.kept import Kept

    kept = Kept(settings.files.parent / "kept", settings.secret_key.get_secret_value())
    found = wording.finder(settings.schemes, schemes.read(settings.schemes, kept), kept)
    lines = (line.rstrip("\n") for line in sys.stdin)
    questions = lines if parsed.question == "-" else [parsed.question]
    for told in ask(found, questions, speaker("zh_CN"), parsed.about):
        print(told, flush=True)  # noqa: T201
    return 0


def _enrol(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.enrol import enrol

    return asyncio.run(enrol(settings, parsed.file))


def _verify(parsed: argparse.Namespace, settings: Settings) -> int:
    from bot.proof import check, verify

    if parsed.receipt:
        return asyncio.run(check(settings, parsed.receipt.read_text("utf-8")))
    return asyncio.run(verify(settings, parsed.head))


def _complain(text: str) -> int:
    print(text, file=sys.stderr)  # noqa: T201
    return 1


if __name__ == "__main__":
    sys.exit(main())
