"""The states of a certificate, as one table: who may do what with it, and what each of them sees. Pure.

Actions, queries, pages and lists ask here and nowhere else; tests/certificates/test_states.py holds every cell.
"""

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """The gravest first: what is revoked does not become expired."""

    REVOKED = "revoked"
    SUPERSEDED = "superseded"  # issued anew; the page of the old number says so
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    ISSUED = "issued"


class Facts(NamedTuple):
    """What is true of one certificate, each by itself."""

    revoked: bool
    superseded: bool
    suspended: bool
    ended: bool

    @property
    def state(self) -> State:
        flags = zip(State, self, strict=False)  # in the same order; issued is what is left
        return next((state for state, is_so in flags if is_so), State.ISSUED)


class Who(StrEnum):
    """Who acts. Anyone who is head and holder in one person is the holder."""

    HOLDER = "holder"
    HEAD = "head"  # of the provider
    PLATFORM = "platform"  # its operator, by command


class Act(StrEnum):
    TAKE = "take"  # their own copies: paper, picture, data
    CARRY = "carry"  # into a wallet app
    SHOW = "show"  # decide what a stranger with the number sees
    REISSUE = "reissue"
    SUSPEND = "suspend"
    RESUME = "resume"
    REVOKE = "revoke"


class StateRow(NamedTuple):
    """One state. A suspension is published besides, whatever the state is: it goes on in the next issue."""

    holder: frozenset[Act]
    head: frozenset[Act]
    platform: frozenset[Act]
    stranger: str  # the verdict they get
    paper: bool  # whether they may load the paper, if its holder shows it
    listed: bool  # in the list of revoked ones, for anyone who checks without us


def _row(holder: str, head: str, stranger: str, *, paper: bool, listed: bool) -> StateRow:
    """The platform may what a head may."""
    of_head = frozenset(Act(word) for word in head.split())
    of_holder = frozenset(Act(word) for word in holder.split())
    return StateRow(of_holder, of_head, of_head, stranger, paper, listed)


TABLE = {
    State.ISSUED: _row(
        "take carry show reissue", "reissue suspend revoke", "valid", paper=True, listed=False
    ),
    State.EXPIRED: _row(
        "take carry show reissue", "reissue suspend revoke", "expired", paper=True, listed=False
    ),
    State.SUSPENDED: _row(
        "take show", "reissue resume revoke", "suspended", paper=False, listed=False
    ),
    State.SUPERSEDED: _row("take show", "", "superseded", paper=True, listed=True),
    State.REVOKED: _row("show", "", "revoked", paper=False, listed=True),
}


def may(state: State, who: Who, act: Act) -> bool:
    return act in getattr(TABLE[state], who)


def published(facts: Facts) -> tuple[bool, bool]:
    """Its two bits, as the lists show them: revoked, suspended."""
    return TABLE[facts.state].listed, facts.suspended
