"""A finding after the award, opened and upheld; and the receipts for what has come back."""

from datetime import timedelta
from typing import Any

from handlers import clawback
from storage.tables import Application, ClawBack
from tests.handlers.province import Day


async def finds(day: Day, application: Application, login: str = "finance") -> ClawBack:
    """On the first ground of the file, to be answered within ten days."""
    return await clawback.find(
        day.office,
        day.province[login],
        application.id,
        ground=0,
        finding="证书系伪造",
        answer_by=day.office.today() + timedelta(days=10),
    )


async def claws_back(day: Day, application: Application, **how: Any) -> ClawBack:
    """Found by finance, not answered, upheld by the chairs after the days for an answer."""
    found = await finds(day, application)
    await day.days_pass(11)
    upheld = clawback.Upheld("查实", **how)
    return await clawback.decide(day.office, day.province["chairs"], found.id, upheld)


async def receipts(day: Day, application: Application) -> list[str]:
    """Those in the worker's chat, oldest first."""
    bodies = await day.bodies(f"worker-{application.worker_id}")
    urls = [choice["url"] for body in bodies for choice in body.get("choices", ())]
    return [url for url in urls if "/repayment/" in url]
