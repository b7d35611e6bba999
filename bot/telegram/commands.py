"""What Telegram shows of the bot before anybody has written: its commands and who it is."""

from telegram import BotCommand

from bot.telegram.sender import Sender
from locales import DEFAULT, LANGUAGES, speaker

SHOWN = ("menu", "guide", "status", "notices", "help", "human", "language", "privacy", "forget")


async def introduce(sender: Sender) -> None:
    """In every language, and in Chinese for all others. Raises TelegramError."""
    await _introduce(sender, DEFAULT, None)
    for language in LANGUAGES:
        await _introduce(sender, language, language[:2])


async def _introduce(sender: Sender, language: str, code: str | None) -> None:
    speak = speaker(language)
    commands = [BotCommand(name, speak(f"door.command.{name}")) for name in SHOWN]
    await sender.bot.set_my_commands(commands, language_code=code)
    await sender.bot.set_my_short_description(speak("door.about"), language_code=code)
    await sender.bot.set_my_description(speak("door.description"), language_code=code)
