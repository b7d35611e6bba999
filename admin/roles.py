"""Which officers a page is for. What of it they may see or do is decided by the clerks."""

from core.people import Role
from core.standin import REPLACED

ANYONE = frozenset(Role)
REVIEWERS = frozenset({Role.REVIEWER, Role.VERIFIER, Role.OFFICE})
POSTERS = frozenset(
    {Role.REVIEWER, Role.VERIFIER, Role.OFFICE}
)  # of notices; they also investigate
OFFICE = frozenset({Role.OFFICE})
CHAIRS = frozenset({Role.CHAIRS})
MEETERS = CHAIRS | OFFICE | frozenset({Role.VERIFIER})  # a leading group, a city's chairs
VERIFIER = frozenset({Role.VERIFIER})
FINANCE = frozenset({Role.FINANCE})
MANAGER = frozenset({Role.MANAGER})
AUDITOR = frozenset({Role.AUDITOR})
ANSWERERS = REVIEWERS | MANAGER  # of what people ask in the chat
DECIDERS = REVIEWERS | CHAIRS | FINANCE
OVERSEERS = MANAGER | AUDITOR  # of everything below their union
SETTLERS = OFFICE | MANAGER  # of questions nobody could answer
PROVINCE = CHAIRS | FINANCE | OVERSEERS | OFFICE
NAMERS = frozenset({Role.VERIFIER, Role.OFFICE})  # of the union responsible, for two below
COUNTERS = REVIEWERS | OVERSEERS  # of those who may qualify
KEEPERS = REVIEWERS | OVERSEERS  # who read the register of titles
LISTERS = KEEPERS | CHAIRS | FINANCE  # who read the lists drawn from it
PURSES = OFFICE | FINANCE | MANAGER | VERIFIER  # who set the budgets of their union
REPLACEABLE = REPLACED  # by a stand-in
