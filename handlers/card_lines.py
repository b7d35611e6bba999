"""The lines of an officer's card: answers, papers, steps, and what officers put to the file."""

from datetime import date
from typing import Any

from core.facts import read_back
from core.papers import paper_in
from core.scheme import Scheme
from handlers.decisions import AttachedLine, FactLine, InspectedLine, PaperLine, Step
from storage.tables import Application
from storage.unit import Unit


def facts(scheme: Scheme, noted: dict[str, Any]) -> tuple[FactLine, ...]:
    asked = scheme.asked
    return tuple(
        FactLine(
            fact=fact,
            name=asked[fact].name,
            value=read_back(asked[fact], kept["value"]),
            kind=asked[fact].answer,
            origin=kept["origin"],
            on=date.fromisoformat(kept["on"]),
        )
        for fact, kept in noted.items()
        if fact in asked
    )


async def papers(unit: Unit, scheme: Scheme, application: Application) -> tuple[PaperLine, ...]:
    return tuple(
        PaperLine(
            id=paper.id,
            slot=paper.slot,
            what=paper_in(scheme.slots, paper.slot).what,
            media_type=paper.media_type,
            pages=paper.pages,
            size=paper.size,
        )
        for paper in await unit.drafts.papers(application.draft_id)
    )


async def inspected(
    unit: Unit, scheme: Scheme, application: Application
) -> tuple[InspectedLine, ...]:
    return tuple(
        InspectedLine(each.id, scheme.stages[each.stage].name, each.report, each.at)
        for each in await unit.inspections.of(application.id)
    )


async def attached(
    unit: Unit, scheme: Scheme, application: Application
) -> tuple[AttachedLine, ...]:
    return tuple(
        AttachedLine(
            id=each.id,
            stage=scheme.stages[each.stage].name,
            officer=name,
            media_type=each.media_type,
            pages=each.pages,
            at=each.at,
        )
        for each, name in await unit.inspections.attached(application.id)
    )


async def steps(unit: Unit, scheme: Scheme, application: Application) -> tuple[Step, ...]:
    return tuple(
        Step(
            at=passed.at,
            stage=scheme.stages[passed.stage].name,
            move=passed.move,
            officer=passed.officer,
            union=passed.union,
            reason=passed.reason,
            instead_of=passed.instead_of,
        )
        for passed in await unit.passages.of(application.id)
    )
