"""Marked words: planted where something belongs to somebody, looked for wherever somebody else looks.

A word says who may read it and where it was planted: `zqxdeskbqdrafttitle` is the title of a draft of provider B, for B's
desk alone. Words consist of letters only, so that addresses, e-mail addresses, search indexes and files keep them whole.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

VISITOR, LEARNER, AUTHOR, REVIEWER = "visitor", "learner", "author", "reviewer"
TUTOR, OWNER, CLERK = "tutor", "owner", "clerk"
#: Who calls. Everybody but the learner and the visitor works for A or for the city; they learn at B.
ROLES = (VISITOR, LEARNER, AUTHOR, REVIEWER, TUTOR, OWNER, CLERK)

#: What was planted -> the roles that may read it everywhere.
READERS = {
    "public": ROLES,
    "deskb": (),  # drafts, files, comments, people of B
    "personb": (),  # somebody who learns at B only
    "didb": (),  # what somebody did at B; also of somebody who learns at A as well
    "cityonly": (),  # barrier reports: for the city's desk
    "lessonb": (LEARNER,),  # a printed lesson that needs an enrolment
    "answerb": (),  # what an answer key says
    "self": (LEARNER,),  # their own name and answers
    "deska": (AUTHOR, REVIEWER, TUTOR, OWNER),
    "persona": (TUTOR, OWNER),  # somebody who learns at A (and at B)
    "dida": (TUTOR, OWNER),  # what they did at A
    "groupa": (TUTOR, OWNER),  # the name of a group, for who looks after it or is in it
    "groupb": (),
    "bookinga": (TUTOR, OWNER),  # who has booked a seat
    "bookingb": (),  # and the same of B: for anyone who has the link of the mail
    "lessona": (AUTHOR, REVIEWER, TUTOR, OWNER),
    "answera": (AUTHOR, REVIEWER, TUTOR, OWNER),
    "invitea": (OWNER,),  # who is invited: for anyone who leads, and by the link of the mail
    "inviteb": (),
    "applicant": (),  # who asks to become a provider: for anyone who has the link of their mail
    "holder": (),  # the name on a certificate of B
}
WORD = re.compile(f"zqx(?:{'|'.join(READERS)})q[a-z]+")
#: Doors of anyone who holds the link of their application.
BY_LINK = "/anbieter/mitmachen/"
#: The door of anyone who has the code of a group: it says which group that is.
BY_CODE = "/gruppe/"
#: The doors of anyone who has the link of a booking, or of a contract.
BY_BOOKING = ("/buchung/", "/vertrag/")
#: Finds every word in a search box, and is none itself.
PREFIX = "zqx"


class Call(NamedTuple):
    """One request, as far as the verdict needs it."""

    role: str
    method: str
    pattern: str
    url: str


def word(kind: str, where: str) -> str:
    """The word of `kind` planted at `where` (letters only)."""
    if kind not in READERS or not re.fullmatch("[a-z]+", where):
        raise ValueError(f"There is no canary of kind {kind!r} at {where!r}.")
    return f"zqx{kind}q{where}"


def words_in(text: str) -> set[str]:
    return {found.group(0) for found in WORD.finditer(text.lower())}


def kind_of(canary: str) -> str:
    return canary.removeprefix(PREFIX).partition("q")[0]


def leaked(words: Iterable[str], call: Call) -> set[str]:
    """Those of `words` that the caller must not see in the answer to this call."""
    return {canary for canary in words if not may_read(kind_of(canary), call)}


def may_read(kind: str, call: Call) -> bool:
    """By role; anyone who holds a certificate's number reads its name, an invitation's link who invites; an answer is answered."""
    if kind == "holder":
        return call.url.startswith("/z/")
    if kind == "applicant":
        return call.url.startswith(BY_LINK)
    if kind in ("groupa", "groupb") and call.url.startswith(BY_CODE):
        return True
    if kind in ("bookinga", "bookingb") and call.url.startswith(BY_BOOKING):
        return True
    if call.url.startswith("/konto/einladung/") and kind in ("inviteb", "deskb"):
        return kind == "inviteb" or call.role == VISITOR
    if kind == "answerb":
        return call.role == LEARNER and call.method == "POST"
    return call.role in READERS.get(kind, ())


def from_b(kind: str) -> str:
    """A kind of word as B's own staff sees it: what is B's to A is A's to B."""
    letter = {"a": "b", "b": "a"}.get(kind[-1:], "")
    other = f"{kind[:-1]}{letter}"
    return other if letter and other in READERS else kind
