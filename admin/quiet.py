"""Keeps secrets that stand in addresses out of the access log."""

import logging
import re

SECRET = re.compile(r"(/(?:bank|receipt|repayment)/)[^/?\s]+")


class Quiet(logging.Filter):
    """For the logger `uvicorn.access`: `/bank/…`, `/receipt/…`, `/repayment/…`: no secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_without(arg) for arg in record.args)
        record.msg = _without(record.msg)
        return True


def hush() -> None:
    """Called once by whoever starts the server."""
    logger = logging.getLogger("uvicorn.access")
    if not any(isinstance(each, Quiet) for each in logger.filters):
        logger.addFilter(Quiet())


def _without(part: object) -> object:
    return SECRET.sub(r"\1…", part) if isinstance(part, str) else part
