"""What somebody has typed and not sent yet: nobody is to read it in the conversation's row."""

from base64 import b64decode, b64encode

from handlers.visit import Visit

PLACE = "conversation.typed"


def keep(visit: Visit, name: str, text: str) -> None:
    visit.state[name] = b64encode(visit.office.vault.seal(text, PLACE)).decode()


def kept(visit: Visit, name: str) -> str:
    sealed = visit.state.get(name)
    return visit.office.vault.open(b64decode(sealed), PLACE) if sealed else ""
