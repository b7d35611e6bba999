"""What a bot may say about itself: its webhook, commands, names and descriptions."""

import re
from typing import Any
from urllib.parse import urlsplit

from tests.telegram_api import bad

LENGTHS = {"description": 512, "short_description": 120, "name": 64}


class Settings:
    """The part of Telegram that keeps a bot's settings, by language where they have one."""

    def __init__(self) -> None:
        self.webhook: dict[str, Any] = {}
        self.commands: dict[str, list[dict[str, str]]] = {}  # language -> commands
        self.words: dict[tuple[str, str], str] = {}  # (which, language) -> text

    def _set_webhook(self, values: dict[str, Any]) -> bool:
        parts = urlsplit(values["url"])
        here = parts.hostname == "127.0.0.1"
        if values["url"] and parts.scheme != "https" and not here:
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if values["url"] and not here and (parts.port or 443) not in (80, 88, 443, 8443):
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        secret = values.get("secret_token", "")
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise bad("secret token contains unallowed characters")
        if not 1 <= values.get("max_connections", 40) <= 100:
            raise bad("max_connections must be between 1 and 100")
        self.webhook = values if values["url"] else {}
        return True

    def _delete_webhook(self, _: dict[str, Any]) -> bool:
        self.webhook = {}
        return True

    def _get_webhook_info(self, _: dict[str, Any]) -> dict[str, Any]:
        return {
            "url": self.webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": 0,
        }

    def _set_my_commands(self, values: dict[str, Any]) -> bool:
        commands = values["commands"]
        if len(commands) > 100:
            raise bad("BOT_COMMANDS_TOO_MUCH")
        for row in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", row["command"]):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(row["description"].strip()) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[language(values)] = commands
        return True

    def _get_my_commands(self, values: dict[str, Any]) -> list[dict[str, str]]:
        return self.commands.get(language(values), [])

    def _delete_my_commands(self, values: dict[str, Any]) -> bool:
        self.commands.pop(language(values), None)
        return True

    def _set_my_description(self, values: dict[str, Any]) -> bool:
        return self._word("description", values)

    def _set_my_short_description(self, values: dict[str, Any]) -> bool:
        return self._word("short_description", values)

    def _set_my_name(self, values: dict[str, Any]) -> bool:
        return self._word("name", values)

    def _word(self, which: str, values: dict[str, Any]) -> bool:
        text = values.get(which, "")
        if len(text) > LENGTHS[which]:
            raise bad(f"BOT_{which.upper()}_TOO_LONG")
        self.words[which, language(values)] = text
        return True

    def _set_chat_menu_button(self, values: dict[str, Any]) -> bool:
        kind = values.get("menu_button", {"type": "default"}).get("type")
        if kind not in ("default", "commands", "web_app"):
            raise bad("MENU_BUTTON_INVALID")
        return True


def language(values: dict[str, Any]) -> str:
    code: str = values.get("language_code", "")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad("LANG_CODE_INVALID")
    return code
