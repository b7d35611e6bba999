"""Every address of the console, who may come there, and what answers.

`None` is the public. A role here opens the door; which application, notice or list an officer
may see or decide on behind it is for the clerks to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from admin import (
    announcing,
    application,
    audience,
    bank,
    budgets,
    clawbacks,
    duties,
    handovers,
    health,
    inspections,
    ledger,
    lists,
    me,
    meetings,
    notices,
    objections,
    oversight,
    pages,
    papers,
    payments,
    people,
    pleas,
    public,
    queue,
    receipt,
    record,
    recordings,
    rounds,
    sign_in,
    standards,
    standins,
    titles,
    transfers,
    unanswered,
)
from admin.api import applications as api
from admin.api import asked, batches, openapi, returned
from admin.api import audience as audience_api
from admin.api import duties as owed
from admin.api import inspections as spots
from admin.api import lists as drawn
from admin.api import objections as said
from admin.api import pleas as confronted
from admin.guard import Roles
from admin.roles import (
    ANSWERERS,
    ANYONE,
    AUDITOR,
    COUNTERS,
    DECIDERS,
    FINANCE,
    KEEPERS,
    LISTERS,
    MANAGER,
    MEETERS,
    NAMERS,
    OFFICE,
    OVERSEERS,
    POSTERS,
    PROVINCE,
    PURSES,
    REPLACEABLE,
    REVIEWERS,
    SETTLERS,
    VERIFIER,
)


@dataclass(frozen=True)
class Route:
    """`tag` groups the routes of the API; pages have none."""

    method: str
    path: str
    endpoint: Callable[..., Any]
    roles: Roles
    tag: str = ""
    status: int = 200
    files: bool = False  # whether its form may bring papers
    papers: bool = False  # whether its order may, in the JSON

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


PUBLIC_PAGES = (
    Route("GET", "/notices", public.notices, None),
    Route("GET", "/notices/{notice_id}", public.notice, None),
    Route("POST", "/notices/{notice_id}/objections", public.object_to, None, files=True),
    Route("GET", "/privacy", public.privacy, None),
    Route("GET", "/bank/{secret}", bank.show, None),
    Route("POST", "/bank/{secret}", bank.give, None),
    Route("POST", "/bank/{secret}/confirm", bank.confirm, None),
    Route("GET", "/receipt/{secret}", record.show, None),
    Route("GET", "/receipt/{secret}/file", record.file, None),
    Route("GET", "/repayment/{secret}", receipt.show, None),
    Route("GET", "/health", health.health, None),
    Route("GET", "/heads", health.heads, None),
    Route("GET", "/console/static/{version}/{name}", pages.static, None),
    Route("GET", "/console/sign-in", sign_in.form, None),
    Route("POST", "/console/sign-in", sign_in.enter, None),
)
OWN_PAGES = (
    Route("POST", "/console/sign-out", sign_in.leave, ANYONE),
    Route("GET", "/console", me.home, ANYONE),
    Route("GET", "/console/me", me.me, ANYONE),
    Route("POST", "/console/me/chat-code", me.chat_code, ANYONE),
    Route("POST", "/console/me/token", me.token, ANYONE),
    Route("POST", "/console/me/password", me.password, ANYONE),
    Route("GET", "/console/stand-ins", standins.standins, REPLACEABLE),
    Route("POST", "/console/stand-ins", standins.name, REPLACEABLE),
    Route("POST", "/console/stand-ins/own", standins.rise, REPLACEABLE),
    Route("POST", "/console/stand-ins/{stand_in_id}/sit", standins.sit, REPLACEABLE),
    Route("POST", "/console/stand-ins/{stand_in_id}/end", standins.end, REPLACEABLE),
)
APPLICATION = "/console/applications/{application_id}"
PAPER = f"{APPLICATION}/papers/{{paper_id}}"
INSPECTION = f"{APPLICATION}/inspection/{{inspection_id}}"
ATTACHMENT = f"{APPLICATION}/attachments/{{attachment_id}}"
PROOF = "/console/objections/{objection_id}/papers/{paper_id}"
RECORDING = "/console/recordings/{recording_id}"
REVIEW_PAGES = (
    Route("GET", "/console/queue", queue.queue, DECIDERS),
    Route("GET", "/console/find", queue.find, ANYONE),
    Route("GET", "/console/applications", oversight.applications, OVERSEERS),
    Route("GET", APPLICATION, application.application, ANYONE),
    Route("POST", f"{APPLICATION}/decision", application.decide, REVIEWERS),
    Route("POST", f"{APPLICATION}/transfer", transfers.propose, REVIEWERS),
    Route("GET", "/console/duties", duties.duties, REVIEWERS | OVERSEERS),
    Route("POST", f"{APPLICATION}/duties/{{duty_id}}", duties.look, REVIEWERS),
    Route("GET", "/console/recordings", recordings.recordings, REVIEWERS),
    Route("POST", "/console/recordings", recordings.begin, REVIEWERS),
    Route("GET", RECORDING, recordings.recording, REVIEWERS),
    Route("POST", f"{RECORDING}/answers", recordings.answers, REVIEWERS),
    Route("POST", f"{RECORDING}/ask", recordings.ask, REVIEWERS),
    Route("POST", f"{RECORDING}/code", recordings.code, REVIEWERS),
    Route("POST", f"{RECORDING}/stop", recordings.stop, REVIEWERS),
    Route("GET", "/console/transfers", transfers.transfers, NAMERS),
    Route("GET", "/console/transfers/{transfer_id}", transfers.transfer, NAMERS),
    Route("POST", "/console/transfers/{transfer_id}/decision", transfers.name, NAMERS),
    Route("POST", f"{APPLICATION}/inspection", inspections.write, REVIEWERS),
    Route("POST", f"{INSPECTION}/confirm", inspections.confirm, REVIEWERS),
    Route("POST", f"{APPLICATION}/assignment", inspections.assign, REVIEWERS),
    Route("POST", f"{APPLICATION}/subject", inspections.identify, REVIEWERS),
    Route("POST", f"{APPLICATION}/plea", pleas.put, REVIEWERS),
    Route("POST", f"{APPLICATION}/plea/answer", pleas.record, REVIEWERS, files=True),
    Route("GET", f"{APPLICATION}/plea/{{paper_id}}/content", pleas.content, REVIEWERS),
    Route("POST", f"{APPLICATION}/attachments", inspections.attach, REVIEWERS, files=True),
    Route("GET", f"{ATTACHMENT}/content", inspections.content, ANYONE),
    Route("GET", f"{ATTACHMENT}/thumbnail", inspections.thumbnail, ANYONE),
    Route("GET", PAPER, papers.paper, ANYONE),
    Route("GET", f"{PAPER}/content", papers.content, ANYONE),
    Route("GET", f"{PAPER}/thumbnail", papers.thumbnail, ANYONE),
    Route("GET", "/console/corrections", oversight.corrections, REVIEWERS | AUDITOR),
    Route("GET", "/console/notices", notices.notices, POSTERS | AUDITOR),
    Route("POST", "/console/notices", notices.post, POSTERS),
    Route("GET", "/console/notices/{notice_id}", notices.notice, POSTERS | AUDITOR),
    Route("POST", "/console/notices/{notice_id}/stop", announcing.stop, POSTERS),
    Route("POST", "/console/notices/{notice_id}/go-on", announcing.go_on, POSTERS),
    Route(
        "POST", "/console/notices/{notice_id}/objections", objections.record, POSTERS, files=True
    ),
    Route("GET", "/console/objections", objections.objections, POSTERS | AUDITOR),
    Route("GET", "/console/objections/{objection_id}", objections.objection, POSTERS),
    Route("GET", f"{PROOF}/content", objections.content, POSTERS),
    Route("GET", f"{PROOF}/thumbnail", objections.thumbnail, POSTERS),
    Route("POST", "/console/objections/{objection_id}/decision", objections.decide, POSTERS),
)
CLAW_BACK = "/console/claw-backs/{claw_back_id}"
PROVINCE_PAGES = (
    Route("GET", "/console/rounds", rounds.rounds, PROVINCE),
    Route("POST", "/console/rounds", rounds.open_round, MANAGER),
    Route("GET", "/console/rounds/{round_id}", rounds.round_, PROVINCE),
    Route("POST", "/console/rounds/{round_id}/allot", rounds.allot, MANAGER),
    Route("POST", "/console/rounds/{round_id}/close", rounds.close, MANAGER),
    Route("GET", "/console/meetings", meetings.meetings, MEETERS | AUDITOR),
    Route("GET", "/console/meetings/{round_id}", meetings.batch, MEETERS | AUDITOR),
    Route("POST", "/console/meetings/{round_id}", meetings.hold, MEETERS),
    Route("GET", "/console/minutes/{meeting_id}", meetings.minutes, MEETERS | AUDITOR),
    Route("GET", "/console/payments", payments.payments, FINANCE | AUDITOR),
    Route("POST", "/console/payments", payments.make, FINANCE),
    Route("GET", "/console/payments/rounds/{round_id}", payments.of_round, FINANCE | AUDITOR),
    Route("GET", "/console/payments/{list_id}", payments.list_, FINANCE | AUDITOR),
    Route("GET", "/console/payments/{list_id}/sheet", payments.sheet, FINANCE),
    Route("POST", "/console/payments/{list_id}/results", payments.record, FINANCE),
    Route("POST", "/console/payments/{list_id}/answer", payments.take, FINANCE),
    Route("GET", "/console/claw-backs", clawbacks.clawbacks, DECIDERS | AUDITOR),
    Route("POST", "/console/claw-backs", clawbacks.open_, REVIEWERS | FINANCE),
    Route("GET", "/console/claw-backs/new", clawbacks.new, REVIEWERS | FINANCE),
    Route("GET", CLAW_BACK, clawbacks.one, DECIDERS | AUDITOR),
    Route("POST", f"{CLAW_BACK}/answer", clawbacks.answer, REVIEWERS | FINANCE),
    Route("POST", f"{CLAW_BACK}/decision", clawbacks.decide, DECIDERS),
    Route("POST", f"{CLAW_BACK}/repayments", clawbacks.repay, FINANCE),
    Route("POST", f"{CLAW_BACK}/strike", clawbacks.strike, DECIDERS),
    Route("GET", "/console/people", people.people, MANAGER),
    Route("POST", "/console/people", people.find, MANAGER),
    Route("POST", "/console/people/{worker_id}/unbind", people.unbind, MANAGER),
    Route("GET", "/console/handovers", handovers.handovers, ANSWERERS),
    Route("GET", "/console/handovers/{handover_id}", handovers.handover, ANSWERERS),
    Route("POST", "/console/handovers/{handover_id}/answer", handovers.answer, ANSWERERS),
    Route("GET", "/console/audience", audience.audience, COUNTERS),
    Route("GET", "/console/unanswered", unanswered.unanswered, SETTLERS | AUDITOR),
    Route("POST", "/console/unanswered/{unanswered_id}/settled", unanswered.settle, SETTLERS),
    Route("GET", "/console/standards", standards.standards, MANAGER | OFFICE | AUDITOR),
    Route("POST", "/console/standards", standards.set_line, MANAGER | OFFICE),
    Route("GET", "/console/budgets", budgets.budgets, PURSES | AUDITOR),
    Route("POST", "/console/budgets", budgets.set_budget, PURSES),
    Route("GET", "/console/lists", lists.lists, LISTERS),
    Route("POST", "/console/lists", lists.open_, OFFICE | VERIFIER),
    Route("GET", "/console/lists/{round_id}", lists.list_, LISTERS),
    Route("POST", "/console/lists/{round_id}/pass", lists.pass_on, REVIEWERS),
    Route("POST", "/console/lists/{round_id}/add", lists.add, OFFICE | VERIFIER),
    Route("GET", "/console/titles", titles.titles, KEEPERS),
    Route("GET", "/console/titles/sheet", titles.sheet, KEEPERS),
    Route("POST", "/console/titles", titles.enter, OFFICE | VERIFIER),
    Route("GET", "/console/titles/{title_id}", titles.title, KEEPERS),
    Route("POST", "/console/titles/{title_id}/end", titles.end, REVIEWERS),
    Route("GET", "/console/ledger", ledger.show, KEEPERS),
    Route("GET", "/console/ledger/sheet", ledger.sheet, KEEPERS),
    Route("GET", "/console/acts", oversight.acts, AUDITOR),
)
V1 = "/api/v1"
HEARD = f"{V1}/notices/{{notice_id}}/objections"
PLEA = f"{V1}/applications/{{number}}/plea"
SPOT = f"{V1}/applications/{{number}}/inspections"
BACK = f"{V1}/claw-backs/{{claw_back_id}}"
API = (
    Route("GET", f"{V1}/openapi.json", openapi.openapi, None),
    Route("GET", f"{V1}/queue", api.queue, DECIDERS, "applications"),
    Route("GET", f"{V1}/applications/{{number}}", api.application, ANYONE, "applications"),
    Route("POST", f"{V1}/applications/{{number}}/decision", api.decide, REVIEWERS, "applications"),
    Route(
        "POST", f"{V1}/applications/{{number}}/assignment", api.assign, REVIEWERS, "applications"
    ),
    Route("POST", f"{V1}/applications/{{number}}/subject", api.identify, REVIEWERS, "applications"),
    Route("GET", PLEA, confronted.plea, REVIEWERS, "pleas"),
    Route("POST", PLEA, confronted.put, REVIEWERS, "pleas", 201),
    Route("POST", f"{PLEA}/answer", confronted.record, REVIEWERS, "pleas", papers=True),
    Route("GET", SPOT, spots.spot, ANYONE, "inspections"),
    Route("POST", SPOT, spots.report, REVIEWERS, "inspections", 201, papers=True),
    Route("POST", f"{SPOT}/{{inspection_id}}/confirm", spots.confirm, REVIEWERS, "inspections"),
    Route(
        "POST",
        f"{V1}/applications/{{number}}/attachments",
        spots.attach,
        REVIEWERS,
        "inspections",
        201,
        papers=True,
    ),
    Route("GET", f"{V1}/handovers", asked.handovers, ANSWERERS, "handovers"),
    Route("GET", f"{V1}/handovers/{{handover_id}}", asked.handover, ANSWERERS, "handovers"),
    Route("POST", f"{V1}/handovers/{{handover_id}}/answer", asked.reply, ANSWERERS, "handovers"),
    Route("GET", f"{V1}/lists", drawn.lists, LISTERS, "lists"),
    Route("POST", f"{V1}/lists", drawn.draw, OFFICE | VERIFIER, "lists", 201),
    Route("GET", f"{V1}/lists/{{round_id}}", drawn.list_, LISTERS, "lists"),
    Route("POST", f"{V1}/lists/{{round_id}}/pass", drawn.pass_on, REVIEWERS, "lists"),
    Route("POST", f"{V1}/lists/{{round_id}}/add", drawn.add, OFFICE | VERIFIER, "lists", 201),
    Route("GET", f"{V1}/objections", said.objections, POSTERS | AUDITOR, "objections"),
    Route("POST", HEARD, said.record, POSTERS, "objections", 201, papers=True),
    Route("POST", f"{V1}/objections/{{objection_id}}/decision", said.find, POSTERS, "objections"),
    Route("GET", f"{V1}/duties", owed.duties, REVIEWERS | OVERSEERS, "duties"),
    Route("GET", f"{V1}/applications/{{number}}/duties", owed.of_award, ANYONE, "duties"),
    Route("POST", f"{V1}/duties/{{duty_id}}/look", owed.look, REVIEWERS, "duties"),
    Route("GET", f"{V1}/audience/{{scheme}}", audience_api.audience, COUNTERS, "audience"),
    Route("GET", f"{V1}/rounds", batches.rounds, PROVINCE, "rounds"),
    Route("POST", f"{V1}/rounds", batches.open_round, MANAGER, "rounds", 201),
    Route("GET", f"{V1}/notices", batches.notices, POSTERS | AUDITOR, "notices"),
    Route("POST", f"{V1}/notices", batches.post, POSTERS, "notices", 201),
    Route("GET", f"{V1}/budgets", budgets.listed, PURSES | AUDITOR, "budgets"),
    Route("POST", f"{V1}/budgets", budgets.order, PURSES, "budgets"),
    Route("POST", f"{V1}/meetings", batches.hold, MEETERS, "meetings", 201),
    Route("POST", f"{V1}/payments", batches.make_list, FINANCE, "payments", 201),
    Route("GET", f"{V1}/payments/{{list_id}}", batches.list_, FINANCE | AUDITOR, "payments"),
    Route("GET", f"{V1}/payments/{{list_id}}/sheet", batches.sheet, FINANCE, "payments"),
    Route("POST", f"{V1}/payments/{{list_id}}/results", batches.record, FINANCE, "payments"),
    Route("POST", f"{V1}/payments/{{list_id}}/answer", batches.take, FINANCE, "payments"),
    Route("GET", f"{V1}/claw-backs", returned.listed, DECIDERS | AUDITOR, "claw-backs"),
    Route("POST", f"{V1}/claw-backs", returned.find, REVIEWERS | FINANCE, "claw-backs", 201),
    Route("GET", BACK, returned.one, DECIDERS | AUDITOR, "claw-backs"),
    Route("POST", f"{BACK}/answer", returned.answer, REVIEWERS | FINANCE, "claw-backs"),
    Route("POST", f"{BACK}/decision", returned.decide, DECIDERS, "claw-backs"),
    Route("POST", f"{BACK}/repayments", returned.repay, FINANCE, "claw-backs", 201),
    Route("POST", f"{BACK}/strike", returned.strike, DECIDERS, "claw-backs"),
)
ROUTES = PUBLIC_PAGES + OWN_PAGES + REVIEW_PAGES + PROVINCE_PAGES + API
OPEN_TO = {route.name: route.roles for route in ROUTES}
