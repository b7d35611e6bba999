"""An answer in the person's words: a written one, or lines made out of the scheme's own data."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.finding.answering import Chosen
from core.finding.parts import Line, Part
from core.scheme import Scheme
from locales import Speaker

LISTED = frozenset({"need", "need_any"})  # told under one heading


def answered(say: Speaker, chosen: Chosen) -> str:
    """The answer with its article behind it."""
    if chosen.written:
        text = say.scheme(chosen.written.answer)
        return text + say("cite.short", article=say.article(chosen.written.cite))
    return told(say, chosen.part) if chosen.part else ""


def told(say: Speaker, part: Part) -> str:
    """Every line with its article; one article for all stands but once, at the end."""
    lines = [_line(say, line) for line in part.lines]
    if len(part.cites) == 1:
        lines[-1] += say("cite.short", article=say.article(part.cites[0]))
    else:
        lines = [
            text + (say("cite.short", article=say.article(line.cite)) if line.cite else "")
            for text, line in zip(lines, part.lines, strict=True)
        ]
    if all(line.key in LISTED for line in part.lines) and len(lines) + part.more > 1:
        lines.insert(0, say("part.needs", count=len(lines) + part.more))
    if part.more:
        lines.append(say("part.more", count=part.more))
    return "\n".join(lines)


def named(say: Speaker, scheme: Scheme, chosen: Chosen) -> str:
    """The answer under the name of its scheme."""
    return say("finding.found", name=say.scheme(scheme.name), answer=answered(say, chosen))


def _line(say: Speaker, line: Line) -> str:
    values = dict(line.values)
    match line.key.split("."):
        case ["gain", way]:
            return _gain(say, way, values)
        case ["total"]:
            most = say(f"total.{values['per']}", amount=_yuan(say, values["yuan"]))
            key = "part.total_of" if values["track"] else "part.total"
            return say(key, line=most, track=say.scheme(values["track"]))
        case ["paper", "must"] if values["copies"] > 1:
            return say("part.paper.copies", **_spoken(say, values))
        case ["route"] if values["who"]:
            return say("part.route_for", **_spoken(say, values))
        case ["first_step"] if values["by"] == "every_level" and not values["who"]:
            return say("part.first_step_up", name=say.scheme(values["name"]))
        case ["stage_by" | "decided_by" | "first_step" | "list_by" as act]:
            by = values["who"] or say(f"body.{values['by']}")
            return say(f"part.{act}", name=say.scheme(values["name"]), by=say.scheme(by))
        case ["window", "dates"]:
            return _window(say, values)
        case ["places", "number" | "groups" | "of_them" as told_as]:
            return _places(say, told_as, values)
        case ["steps"]:
            names = say.join(say.scheme(name) for name in values["names"])
            return say("part.steps", count=len(values["names"]), names=names)
        case ["limit"] if values["mend"]:
            return say("part.limit_mend", **_spoken(say, values))
        case ["criterion"] if values["weight"] is not None:
            return say("part.criterion_weight", **_spoken(say, values))
        case ["need_any"]:
            return say("part.need_any", ways=_ways(say, values["ways"]))
        case ["condition" | "condition_mend" | "condition_why" as demand]:
            word = values.pop("word")
            required = say(f"part.wish.{word}" if word else "part.required")
            return say(f"part.{demand}", required=required, **_spoken(say, values))
        case ["condition_one"]:
            key = "part.condition_one_way" if values["track"] else "part.condition_one"
            return say(key, **_spoken(say, values)) + _more(say, values)
        case ["unsaid"]:
            matter = values["matter"]
            return say(f"part.unsaid.{matter}") if matter else say("part.unsaid")
        case ["in_force"] if values["until"]:
            return say("part.bygone", **values)
    return say(f"part.{line.key}", **_spoken(say, values))


def _places(say: Speaker, key: str, values: Mapping[str, Any]) -> str:
    """How many places, as the document bounds the number; of each group where it names several."""
    bound = f"part.places.{values['bound']}"
    if key == "number":
        count = say(bound, places=values["places"])
    else:
        count = say.join(
            say("part.places.group", name=say.scheme(name), count=say(bound, places=places))
            for name, places in values["groups"]
        )
    if key == "of_them":
        return say("part.places.of_them", count=count)
    years = values["years"]
    rhythm = "_years" if years > 1 else "_year" if values["per"] == "year" else ""
    return say(f"part.places.number{rhythm}", count=count, years=years)


def _ways(say: Speaker, ways: Iterable[Any]) -> str:
    """Each way with its name, and everything it wants."""
    return say("list.or").join(
        (say("part.track", track=say.scheme(track)) if track else "") + _wanted(say, wants)
        for track, wants in ways
    )


def _wanted(say: Speaker, wants: Iterable[Any]) -> str:
    return say("list.and_also").join(
        say.scheme(want) if isinstance(want, str) else say("part.nested", ways=_ways(say, want))
        for want in wants
    )


def _more(say: Speaker, values: Mapping[str, str]) -> str:
    """Behind one of several ways: what would mend it, or why it is asked."""
    for key in ("mend", "why"):
        if values.get(key):
            return say(f"part.and_{key}", more=say.scheme(values[key]))
    return ""


def _gain(say: Speaker, way: str, values: Mapping[str, Any]) -> str:
    words: dict[str, Any] = {"what": say.scheme(values["what"])}
    words["per"] = "".join(say("part.times", name=say.scheme(name)) for name in values["times"])
    if values["per"] != "once":
        words["per"] += say(f"part.per.{values['per']}")
    words |= {key: _yuan(say, values[key]) for key in ("at_least", "up_to") if key in values}
    words |= {key: values[key] for key in values if key.startswith("percent")}
    match way:
        case "fixed":
            words["yuan"] = _yuan(say, values["yuan"])
        case "table":
            words["sizes"] = say.join(
                say("part.size", name=say.scheme(name), yuan=_yuan(say, yuan))
                for name, yuan in values["yuan"].items()
            )
        case "tiers":
            words["sizes"] = say.join(_tier(say, *tier) for tier in values["tiers"])
        case "up_to" | "percent_up_to" if values["in_principle"]:
            way += "_in_principle"
        case "set_by":
            words["by"] = say(f"body.{values['set_by']}")
    told = say(f"part.gain.{way}", **words)
    match values.get("cap"):
        case int() as cap:
            told = say("part.gain.capped", gain=told, cap=_yuan(say, cap))
        case str() as cap:
            told = say("part.gain.capped_by", gain=told, name=say.scheme(cap))
    if payer := values.get("paid_by"):
        told = say("part.gain.paid_by", gain=told, who=say.scheme(payer))
    return told


def _tier(say: Speaker, name: str, yuan: int | None, up_to: int | None) -> str:
    if yuan is not None:
        return say("part.size", name=say.scheme(name), yuan=_yuan(say, yuan))
    return say("part.size_up_to", name=say.scheme(name), yuan=_yuan(say, up_to or 0))


def _window(say: Speaker, values: Mapping[str, Any]) -> str:
    ends = {name: end if end is None else _end(say, end) for name, end in values.items()}
    match ends:
        case {"opens": str(opens), "closes": str(closes)}:
            return say("part.window.dates", opens=opens, closes=closes)
        case {"opens": str(opens)}:
            return say("part.window.from", opens=opens)
        case _:
            return say("part.window.until", closes=ends["closes"])


def _end(say: Speaker, end: Any) -> str:
    if isinstance(end, str):  # 04-01 of every year
        month, day = (int(part) for part in end.split("-"))
        return say("date.day", month=say(f"month.{month}"), day=day)
    return say.day(end)


def _yuan(say: Speaker, yuan: int) -> str:
    return say.money(yuan * 100)


def _spoken(say: Speaker, values: Mapping[str, Any]) -> dict[str, Any]:
    """The words of the file in this language; who acts by the name of the body."""
    spoken: dict[str, Any] = {}
    for name, value in values.items():
        match name, value:
            case "by", str():
                spoken[name] = say(f"body.{value}")
            case _, str():
                spoken[name] = say.scheme(value)
            case _, tuple() | list():
                spoken[name] = [say.scheme(str(part)) for part in value]
            case _:
                spoken[name] = value
    return spoken
