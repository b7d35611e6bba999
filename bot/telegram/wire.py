"""python-telegram-bot's calls over aiohttp: eight times as fast as over its own httpx.

The address of every call holds the bot's token, and the errors of aiohttp quote addresses: what
leaves this file names only the kind of error.
"""

from typing import Any

import orjson
from aiohttp import ClientError, ClientSession, ClientTimeout, FormData, TCPConnector
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS = 100
CONNECT = 5.0  # seconds
READ = 10.0  # seconds without a byte
IN_ALL = 12.0  # seconds for one call; with the wait in the limiter less than a reply's lease
KEPT = ("message_id", "date", "chat")  # of a message that was sent: nobody asks for more
JSON = {"Content-Type": "application/json"}


class Wire(BaseRequest):
    """One session for all calls and downloads of a bot."""

    def __init__(self, read: float = READ) -> None:
        self._read = read
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read

    @property
    def session(self) -> ClientSession:
        """Open from the first use until `shutdown`."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(connector=TCPConnector(limit=CONNECTIONS))
        return self._session

    async def initialize(self) -> None:
        """The session opens by itself."""

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        read = read_timeout if isinstance(read_timeout, int | float) else self._read
        timeout = ClientTimeout(total=max(IN_ALL, read), connect=CONNECT, sock_read=read)
        try:
            body, headers = _body(request_data)
            async with self.session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Like the original, which would write a broken answer, words and all, into the log."""
        try:
            body: dict[str, Any] = orjson.loads(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None
        sent = body.get("result")
        if isinstance(sent, dict) and "message_id" in sent:
            body["result"] = {name: sent[name] for name in KEPT if name in sent}
        return body


def _body(data: RequestData | None) -> tuple[FormData | bytes | None, dict[str, str]]:
    """The parameters as JSON, which is a third of a form's length; only files need the form."""
    if data is None:
        return None, {}
    if not data.contains_files:
        return orjson.dumps(data.parameters), JSON
    form = FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {}
