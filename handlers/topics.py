"""Who answers what: every topic of the chat, where it begins, and the commands that lead there."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from handlers import (
    account,
    application,
    asked,
    assigning,
    behalf,
    clawing,
    confirming,
    confronting,
    consent,
    convening,
    correction,
    defending,
    dictation,
    eligibility,
    guide,
    handover,
    identifying,
    inquiry,
    inspecting,
    listing,
    menu,
    noticeboard,
    objecting,
    officer,
    papers,
    paying,
    privacy,
    receiving,
    recording,
    registering,
    replying,
    reporting,
    scheme,
    sending,
    status,
    transferring,
)
from handlers.visit import Go, Outcome, Visit

Clerk = Callable[[Visit], Awaitable[Outcome]]


@dataclass(frozen=True)
class Topic:
    """`answer` hears what the person did; `proceed` asks the present question afresh."""

    answer: Clerk
    proceed: Clerk
    files: bool = False  # whether files are wanted here


TOPICS: Mapping[str, Topic] = {
    "menu": Topic(menu.answer, menu.greet),
    "eligibility": Topic(eligibility.answer, eligibility.proceed),
    "guide": Topic(guide.answer, guide.proceed),
    "handover": Topic(handover.answer, handover.proceed),
    "scheme": Topic(scheme.answer, scheme.proceed),
    "inquiry": Topic(inquiry.answer, inquiry.proceed),
    "consent": Topic(consent.answer, consent.proceed),
    "account": Topic(account.answer, account.proceed),
    "registering": Topic(registering.answer, registering.proceed),
    "application": Topic(application.answer, application.proceed),
    "behalf": Topic(behalf.answer, behalf.proceed),
    "papers": Topic(papers.answer, papers.proceed, files=True),
    "sending": Topic(sending.answer, sending.proceed),
    "status": Topic(status.answer, status.proceed),
    "correction": Topic(correction.answer, correction.proceed, files=True),
    "noticeboard": Topic(noticeboard.answer, noticeboard.proceed),
    "objecting": Topic(objecting.answer, objecting.proceed, files=True),
    "replying": Topic(replying.answer, replying.proceed),
    "defending": Topic(defending.answer, defending.proceed, files=True),
    "reporting": Topic(reporting.answer, reporting.proceed, files=True),
    "privacy": Topic(privacy.answer, privacy.proceed),
    "officer": Topic(officer.answer, officer.proceed),
    "asked": Topic(asked.answer, asked.proceed),
    "clawing": Topic(clawing.answer, clawing.proceed),
    "assigning": Topic(assigning.answer, assigning.proceed),
    "identifying": Topic(identifying.answer, identifying.proceed),
    "confronting": Topic(confronting.answer, confronting.proceed, files=True),
    "convening": Topic(convening.answer, convening.proceed),
    "paying": Topic(paying.answer, paying.proceed),
    "listing": Topic(listing.answer, listing.proceed),
    "inspecting": Topic(inspecting.answer, inspecting.proceed, files=True),
    "receiving": Topic(receiving.answer, receiving.proceed),
    "recording": Topic(recording.answer, recording.proceed),
    "confirming": Topic(confirming.answer, confirming.proceed),
    "dictation": Topic(
        lambda visit: dictation.answer(visit, BEGINNINGS, HEARS),
        lambda visit: dictation.proceed(visit, BEGINNINGS, ASKS),
        files=True,
    ),
}
HEARS: Mapping[str, Clerk] = {name: topic.answer for name, topic in TOPICS.items()}
ASKS: Mapping[str, Clerk] = {name: topic.proceed for name, topic in TOPICS.items()}

# Where a topic begins when another one hands over to it: `Go("eligibility", scheme)`.
BEGINNINGS: Mapping[str, Callable[[Visit, Go], Awaitable[Outcome]]] = {
    "menu": lambda visit, _: menu.greet(visit),
    "present": lambda visit, _: TOPICS[visit.talk.topic].proceed(visit),
    "words": lambda visit, _: inquiry.begin(visit),
    "handover": lambda visit, _: handover.begin(visit),
    "human": lambda visit, _: menu.human(visit),
    "eligibility": lambda visit, go: eligibility.begin(visit, go.told, go.fact),
    "guide": lambda visit, _: guide.begin(visit),
    "scheme": lambda visit, go: scheme.begin(visit, go.told, go.fact),
    "judging": lambda visit, go: eligibility.judge_again(visit, go.told),
    "consent": lambda visit, go: consent.begin(visit, go.told),
    "account": lambda visit, go: account.begin(visit, go.told),
    "registering": lambda visit, go: registering.begin(visit, go.told),
    "application": lambda visit, go: application.begin(visit, go.told, go.fact),
    "behalf": lambda visit, go: behalf.begin(visit, go.told),
    "papers": lambda visit, go: papers.begin(visit, go.told),
    "sending": lambda visit, go: sending.begin(visit, go.told),
    "status": lambda visit, _: status.begin(visit),
    "correction": lambda visit, go: correction.begin(visit, go.told),
    "noticeboard": lambda visit, _: noticeboard.begin(visit),
    "objecting": lambda visit, go: objecting.begin(visit, go.told),
    "replying": lambda visit, go: replying.begin(visit, go.told),
    "defending": lambda visit, go: defending.begin(visit, go.told),
    "reporting": lambda visit, go: reporting.begin(visit, go.told),
    "privacy": lambda visit, _: privacy.begin(visit),
    "officer": lambda visit, go: officer.begin(visit, go.told),
    "confirming": lambda visit, go: confirming.begin(visit, go.told),
    "receiving": lambda visit, go: receiving.begin(visit, go.told),
    "recording": lambda visit, _: recording.begin(visit),
    "dictation": lambda visit, go: dictation.begin(visit, go.told, BEGINNINGS, ASKS),
    "transferring": lambda visit, go: transferring.begin(visit, go.told),
    "asked": lambda visit, go: asked.begin(visit, go.told),
    "clawing": lambda visit, go: clawing.begin(visit, go.told),
    "assigning": lambda visit, go: assigning.begin(visit, go.told),
    "identifying": lambda visit, go: identifying.begin(visit, go.told),
    "confronting": lambda visit, go: confronting.begin(visit, go.told),
    "convening": lambda visit, _: convening.begin(visit),
    "paying": lambda visit, _: paying.begin(visit),
    "listing": lambda visit, go: listing.begin(visit, go.told),
    "inspecting": lambda visit, go: inspecting.begin(visit, go.told),
}

COMMANDS: Mapping[str, Clerk] = {
    "start": menu.start,
    "menu": menu.greet,
    "guide": guide.begin,
    "help": menu.help_,
    "language": menu.languages,
    "human": menu.human,
    "status": status.begin,
    "notices": noticeboard.begin,
    "privacy": privacy.begin,
    "forget": privacy.forget,
    "officer": officer.begin,
    "code": confirming.code,
}
