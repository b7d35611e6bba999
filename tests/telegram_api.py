"""The methods of the Bot API 10.1 that the stand-in plays: their parameters and their types.

One line per method or type, taken from Telegram's published description. `!` marks what is
required, `|` separates alternatives, `[]` is a list of what follows.
"""

import json
from dataclasses import dataclass, field
from typing import Any

METHODS_TEXT = """
getMe
getUpdates offset:Integer limit:Integer timeout:Integer allowed_updates:[]String
setWebhook url!:String certificate:InputFile ip_address:String max_connections:Integer
    allowed_updates:[]String drop_pending_updates:Boolean secret_token:String
deleteWebhook drop_pending_updates:Boolean
getWebhookInfo
sendMessage business_connection_id:String chat_id!:Integer|String message_thread_id:Integer
    direct_messages_topic_id:Integer text!:String parse_mode:String entities:[]MessageEntity
    link_preview_options:LinkPreviewOptions disable_notification:Boolean protect_content:Boolean
    allow_paid_broadcast:Boolean message_effect_id:String
    suggested_post_parameters:SuggestedPostParameters reply_parameters:ReplyParameters
    reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
editMessageText business_connection_id:String chat_id:Integer|String message_id:Integer
    inline_message_id:String text:String parse_mode:String entities:[]MessageEntity
    link_preview_options:LinkPreviewOptions rich_message:InputRichMessage
    reply_markup:InlineKeyboardMarkup
editMessageReplyMarkup business_connection_id:String chat_id:Integer|String message_id:Integer
    inline_message_id:String reply_markup:InlineKeyboardMarkup
deleteMessage chat_id!:Integer|String message_id!:Integer
answerCallbackQuery callback_query_id!:String text:String show_alert:Boolean url:String
    cache_time:Integer
getFile file_id!:String
sendChatAction business_connection_id:String chat_id!:Integer|String message_thread_id:Integer
    action!:String
sendDocument business_connection_id:String chat_id!:Integer|String message_thread_id:Integer
    direct_messages_topic_id:Integer document!:InputFile|String thumbnail:InputFile|String
    caption:String parse_mode:String caption_entities:[]MessageEntity
    disable_content_type_detection:Boolean disable_notification:Boolean protect_content:Boolean
    allow_paid_broadcast:Boolean message_effect_id:String
    suggested_post_parameters:SuggestedPostParameters reply_parameters:ReplyParameters
    reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
sendPhoto business_connection_id:String chat_id!:Integer|String message_thread_id:Integer
    direct_messages_topic_id:Integer photo!:InputFile|String caption:String parse_mode:String
    caption_entities:[]MessageEntity show_caption_above_media:Boolean has_spoiler:Boolean
    disable_notification:Boolean protect_content:Boolean allow_paid_broadcast:Boolean
    message_effect_id:String suggested_post_parameters:SuggestedPostParameters
    reply_parameters:ReplyParameters
    reply_markup:InlineKeyboardMarkup|ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply
setMyCommands commands!:[]BotCommand scope:BotCommandScope language_code:String
getMyCommands scope:BotCommandScope language_code:String
deleteMyCommands scope:BotCommandScope language_code:String
setMyDescription description:String language_code:String
setMyShortDescription short_description:String language_code:String
setMyName name:String language_code:String
setChatMenuButton chat_id:Integer menu_button:MenuButton
getChat chat_id!:Integer|String
leaveChat chat_id!:Integer|String
"""

TYPES_TEXT = """
InlineKeyboardMarkup inline_keyboard!:[][]InlineKeyboardButton
InlineKeyboardButton text!:String icon_custom_emoji_id:String style:String url:String
    callback_data:String web_app:WebAppInfo login_url:LoginUrl switch_inline_query:String
    switch_inline_query_current_chat:String
    switch_inline_query_chosen_chat:SwitchInlineQueryChosenChat copy_text:CopyTextButton
    callback_game:CallbackGame pay:Boolean
ReplyKeyboardMarkup keyboard!:[][]KeyboardButton is_persistent:Boolean resize_keyboard:Boolean
    one_time_keyboard:Boolean input_field_placeholder:String selective:Boolean
KeyboardButton text!:String icon_custom_emoji_id:String style:String
    request_users:KeyboardButtonRequestUsers request_chat:KeyboardButtonRequestChat
    request_managed_bot:KeyboardButtonRequestManagedBot request_contact:Boolean
    request_location:Boolean request_poll:KeyboardButtonPollType web_app:WebAppInfo
ReplyKeyboardRemove remove_keyboard!:Boolean selective:Boolean
ForceReply force_reply!:Boolean input_field_placeholder:String selective:Boolean
BotCommand command!:String description!:String
LinkPreviewOptions is_disabled:Boolean url:String prefer_small_media:Boolean
    prefer_large_media:Boolean show_above_text:Boolean
MessageEntity type!:String offset!:Integer length!:Integer url:String user:User language:String
    custom_emoji_id:String unix_time:Integer date_time_format:String
WebAppInfo url!:String
CopyTextButton text!:String
"""


class Refusal(Exception):
    """What Telegram answers instead of a result."""

    def __init__(self, code: int, description: str, retry_after: int = 0) -> None:
        self.code, self.description, self.retry_after = code, description, retry_after
        super().__init__(f"{code} {description}")


@dataclass(frozen=True)
class Shape:
    """The fields of a method or type: name -> alternatives; and those that must be there."""

    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    required: frozenset[str] = frozenset()


def shapes(text: str) -> dict[str, Shape]:
    joined = text.replace("\n    ", " ").split("\n")
    return {line.split()[0]: shape(line.split()[1:]) for line in joined if line}


def shape(fields: list[str]) -> Shape:
    pairs = [entry.split(":", 1) for entry in fields]
    return Shape(
        {name.rstrip("!"): tuple(kinds.split("|")) for name, kinds in pairs},
        frozenset(name.rstrip("!") for name, _ in pairs if name.endswith("!")),
    )


METHODS = shapes(METHODS_TEXT)
TYPES = shapes(TYPES_TEXT)
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "file_id": "file_id not specified",
}


def bad(description: str) -> Refusal:
    return Refusal(400, f"Bad Request: {description}")


def read(method: str, given: dict[str, Any]) -> dict[str, Any]:
    """The parameters with their right types, or Telegram's refusal."""
    if method not in METHODS:
        raise Refusal(404, "Not Found")
    wanted = METHODS[method]
    for name in given:
        if name not in wanted.fields:
            raise bad(f"the stand-in knows no parameter {name} of {method}")
    for name in sorted(wanted.required):
        if given.get(name) is None:
            raise bad(MISSING.get(name, f"parameter {name} is required"))
    return {name: convert(name, value, wanted.fields[name]) for name, value in given.items()}


def convert(name: str, value: Any, kinds: tuple[str, ...]) -> Any:
    """The value as the first of `kinds` that takes it; texts may hold JSON, as in a form."""
    for kind in kinds:
        read_value = as_kind(value, kind)
        if read_value is not None:
            return read_value
    raise bad(f"can't parse {name}: expected {' or '.join(kinds)}")


def as_kind(value: Any, kind: str) -> Any:
    match kind:
        case "Integer":
            return whole_number(value)
        case "String":
            return value if isinstance(value, str) else None
        case "Boolean":
            return {"true": True, "false": False}.get(str(value).lower())
        case "InputFile":
            return value if isinstance(value, bytes) else None
    value = unpacked(value)
    if kind.startswith("[]"):
        return as_list(value, kind.removeprefix("[]"))
    return value if isinstance(value, dict) and fits(value, kind) else None


def whole_number(value: Any) -> int | None:
    if isinstance(value, str) and value.removeprefix("-").isascii():
        return int(value) if value.removeprefix("-").isdigit() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def unpacked(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return None


def as_list(value: Any, kind: str) -> list[Any] | None:
    if not isinstance(value, list):
        return None
    items = [as_kind(item, kind) for item in value]
    return None if any(item is None for item in items) else items


def fits(value: dict[str, Any], kind: str) -> bool:
    """Whether the object has the fields of its type; types not listed above may be anything."""
    wanted = TYPES.get(kind)
    if wanted is None:
        return True
    return wanted.required <= value.keys() and all(
        name in wanted.fields
        and any(as_kind(part, inner) is not None for inner in wanted.fields[name])
        for name, part in value.items()
    )
