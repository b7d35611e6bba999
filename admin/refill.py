"""Puts what was typed back into a form of a finished page, and says before its first field why it
was refused.

It works on the page as a browser would get it, so no template has to know that it can be refused.
What is secret is left out: passwords, files, identity numbers, bank accounts.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from html.parser import HTMLParser

from core.errors import Unreadable
from core.people import masked_account, masked_identity, normal_account, normal_identity

Attributes = dict[str, str | None]

WITHHELD = frozenset({"identity", "account", "password", "old", "new", "token", "csrf"})
TYPED_NEVER = frozenset({"hidden", "password", "file", "submit"})
OF_THE_PAGE = frozenset({"csrf", "page", "version", "key"})  # hidden, and other each time
DIGITS = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){13,18}(?:[ -]?[Xx])?(?![0-9A-Za-z])")


@dataclass(frozen=True)
class Tag:
    """One tag of the page: where it stands, and what it says."""

    name: str
    start: int
    end: int
    attributes: Attributes


@dataclass
class Form:
    """A form, the folded parts around it, and the tags inside."""

    tag: Tag
    folded: Sequence[Tag]
    inside: list[Tag] = field(default_factory=list)

    def hidden(self) -> dict[str, str]:
        """What tells this form from the others of its address."""
        given = (tag.attributes for tag in self.inside if tag.attributes.get("type") == "hidden")
        named = {each.get("name") or "": each.get("value") or "" for each in given}
        return {name: value for name, value in named.items() if name not in OF_THE_PAGE}


def refill(
    html: str, action: str, typed: Mapping[str, Sequence[str]], note: str, wrong: str = ""
) -> str | None:
    """The page with its form filled and `note` (HTML) in it; None where the form is not there.

    `typed` is what `may_return` has left; `wrong` is the field that cannot be read.
    """
    form = _form(html, action, typed)
    if form is None:
        return None
    edits = [(form.tag.end, form.tag.end, note)]
    edits += [(each.start, each.end, _written(each, {"open": None})) for each in form.folded]
    edits += _fields(html, form, typed, wrong)
    for start, end, text in sorted(edits, reverse=True):
        html = html[:start] + text + html[end:]
    return html


def may_return(
    typed: Mapping[str, Sequence[str]], today: date
) -> tuple[dict[str, list[str]], bool]:
    """What may be shown again, numbers of persons and accounts masked; whether anything is not."""
    shown = {
        name: [_without_numbers(value, today) for value in values]
        for name, values in typed.items()
        if name not in WITHHELD
    }
    numbers = any(shown[name] != list(typed[name]) for name in shown)
    secrets = (name for name in WITHHELD - OF_THE_PAGE if any(typed.get(name, ())))
    return shown, numbers or any(secrets)


def _without_numbers(text: str, today: date) -> str:
    return DIGITS.sub(lambda found: _masked(found[0], today), text)


def _masked(number: str, today: date) -> str:
    try:
        return masked_identity(normal_identity(number, today))
    except Unreadable:
        pass
    try:
        return masked_account(normal_account(number))
    except Unreadable:
        return number


def _form(html: str, action: str, typed: Mapping[str, Sequence[str]]) -> Form | None:
    for form in _forms(html):
        there = (form.tag.attributes.get("action") or "").partition("#")[0]
        same = all(list(typed.get(name, ())) == [value] for name, value in form.hidden().items())
        if there == action and same:
            return form
    return None


def _forms(html: str) -> list[Form]:
    """The forms of a page of ours that send something."""
    found: list[Form] = []
    folded: list[Tag] = []
    inside = False
    for tag in _Reader(html).tags:
        if tag.name == "details":
            folded.append(tag)
        elif tag.name == "/details":
            del folded[-1:]
        elif tag.name == "form" and tag.attributes.get("method") == "post":
            found.append(Form(tag, tuple(folded)))
            inside = True
        elif tag.name == "/form":
            inside = False
        elif inside:
            found[-1].inside.append(tag)
    return found


def _fields(
    html: str, form: Form, typed: Mapping[str, Sequence[str]], wrong: str
) -> list[tuple[int, int, str]]:
    edits = []
    seen: Counter[str] = Counter()
    chosen: Sequence[str] | None = None  # of the list of choices we are in
    for tag, after in zip(form.inside, [*form.inside[1:], form.tag], strict=True):
        name = tag.attributes.get("name") or ""
        given = typed.get(name)
        more: Attributes = {"aria-invalid": "true"} if name and name == wrong else {}
        less: tuple[str, ...] = ()
        if tag.name == "select":
            chosen = given
        elif tag.name == "/select":
            chosen = None
        elif tag.name == "option" and chosen is not None:
            more, less = _ticked("selected", (tag.attributes.get("value") or "") in chosen)
        elif tag.name == "textarea" and given:
            edits.append((tag.end, after.start, "\n" + escape(given[0])))
        elif tag.name == "input" and tag.attributes.get("type") in ("checkbox", "radio"):
            ticks, less = _ticked("checked", (tag.attributes.get("value") or "on") in (given or ()))
            more |= ticks
        elif tag.name == "input" and given and tag.attributes.get("type") not in TYPED_NEVER:
            more["value"] = given[min(seen[name], len(given) - 1)]
            seen[name] += 1
        if more or less:
            edits.append((tag.start, tag.end, _written(tag, more, less)))
    return edits


def _ticked(word: str, there: bool) -> tuple[Attributes, tuple[str, ...]]:
    return ({word: None}, ()) if there else ({}, (word,))


def _written(tag: Tag, more: Attributes, less: Sequence[str] = ()) -> str:
    attributes = {**tag.attributes, **more}
    words = (
        name if value is None else f'{name}="{escape(value)}"'
        for name, value in attributes.items()
        if name not in less
    )
    return f"<{' '.join((tag.name, *words))}>"


class _Reader(HTMLParser):
    """Every tag of a page with its place in the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._here()
        self.tags.append(Tag(tag, start, start + len(self.get_starttag_text() or ""), dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(Tag(f"/{tag}", self._here(), self._here(), {}))

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column
