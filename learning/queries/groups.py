"""A group as its tutors see it, one statement for all of its members; each member sees the same of themselves."""

import uuid
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import User
from courses.facts import CourseFacts
from courses.queries.addresses import ADDRESS, address_of
from courses.rules import AttestationRule
from learning.models import Group, GroupMember, TutorAct
from learning.queries.outcomes import OPEN, CourseOutcome, outcome_from
from learning.queries.register import newest_cover
from learning.queries.standing import states
from learning.queries.tutoring import CALLED, STUCK_DAYS
from providers.models import Membership
from providers.permissions import Right, roles_with
from tenancy.lens import look, system
from tenancy.rows import records
from words.join_codes import read

#: So many wrong answers to one question, and none that was right: they are stuck there.
MANY_TRIES = 4
#: A member who joined within these days and has done nothing yet is new, not late.
NEW_DAYS = 7

#: An enrolment may be closed or missing its lessons in this language; a member is there all the same.
MEMBERS = f"""SELECT m.learner_id AS learner, {CALLED} AS name, m.joined_at, e.id AS enrolment, e.position, e.done, e.total, e.touched_at,
    e.completed_at, e.closed_at, e.extra, cover.facts, cover.title, {ADDRESS} AS address,
    (SELECT coalesce(jsonb_object_agg(g.position, g.n), '{{}}') FROM (
       SELECT position, count(*) AS n FROM learning_progress WHERE enrolment_id = e.id AND NOT e.extra ? item::text
       GROUP BY position) g) AS done_in,
    (SELECT count(*) FROM learning_attendance t WHERE t.enrolment_id = e.id) AS attended,
    (SELECT jsonb_build_array(i->>'lesson', hard.n) FROM (
       SELECT a.item, count(*) AS n FROM learning_attempt a
       WHERE a.enrolment_id = e.id AND a.id > coalesce((e.anew->>a.item::text)::bigint, 0)
         AND NOT EXISTS (SELECT FROM learning_progress p WHERE p.enrolment_id = e.id AND p.item = a.item)
       GROUP BY a.item HAVING count(*) >= {MANY_TRIES} ORDER BY count(*) DESC, a.item LIMIT 1) hard
     JOIN jsonb_array_elements(d.items) i ON i->>'id' = hard.item::text) AS hard,
    {OPEN} AS reached
  FROM learning_groupmember m JOIN learning_group r ON r.id = m.group_id JOIN accounts_user u ON u.id = m.learner_id
  JOIN LATERAL (SELECT * FROM learning_enrolment n WHERE n.learner_id = m.learner_id AND n.course = r.course
    AND n.provider_id = m.provider_id ORDER BY n.closed_at DESC NULLS FIRST, n.id DESC LIMIT 1) e ON true
  JOIN courses_edition d ON d.id = e.edition_id
  JOIN LATERAL (SELECT s.facts, s.title FROM courses_printedlesson s WHERE s.edition_id = d.id AND s.printing = d.printing
    AND s.position = 0 AND s.language = ANY(ARRAY[%(language)s, 'de'])
    ORDER BY s.language = %(language)s DESC LIMIT 1) cover ON true
  WHERE m.group_id = %(group)s AND (%(learner)s::bigint IS NULL OR m.learner_id = %(learner)s)
  ORDER BY lower({CALLED}), m.joined_at, m.id"""  # noqa: S608 -- put together from constants

#: What a tutor's first page lists.
GROUPS = f"""SELECT g.id, g.name, g.open_until, g.size, g.closed_at, cover.title, count(e.id) AS members,
    count(e.id) FILTER (WHERE e.completed_at IS NULL AND e.touched_at < now() - interval '{STUCK_DAYS} days') AS stuck,
    count(e.id) FILTER (WHERE e.completed_at IS NOT NULL) AS finished
  FROM learning_group g
  JOIN LATERAL (SELECT s.title FROM courses_printedlesson s JOIN courses_edition d ON d.id = s.edition_id
    WHERE d.course = g.course AND s.position = 0 AND s.language = 'de'
    ORDER BY d.number DESC, s.printing DESC LIMIT 1) cover ON true
  LEFT JOIN learning_groupmember m ON m.group_id = g.id
  LEFT JOIN LATERAL (SELECT n.id, n.completed_at, n.touched_at FROM learning_enrolment n WHERE n.learner_id = m.learner_id
    AND n.course = g.course AND n.provider_id = g.provider_id
    ORDER BY n.closed_at DESC NULLS FIRST, n.id DESC LIMIT 1) e ON true
  WHERE g.provider_id = %(provider)s
  GROUP BY g.id, cover.title ORDER BY g.closed_at IS NOT NULL, lower(g.name), g.id"""  # noqa: S608 -- a constant


class _MemberColumns(NamedTuple):
    learner: int
    name: str  # may be empty
    joined_at: datetime
    enrolment: int
    position: int
    done: int
    total: int
    touched_at: datetime
    completed_at: datetime | None
    closed_at: datetime | None  # they have left the course, not the group
    extra: dict[str, int]
    facts: CourseFacts
    title: str  # of the course, in this language
    address: str | None
    done_in: dict[str, int]  # lesson position -> items done
    attended: int
    hard: list[Any] | None  # [lesson, wrong answers] of the question they do not get right
    reached: dict[str, Any] | None


class GroupStanding(_MemberColumns):
    """One learner in a group, as their tutors and they themselves see them."""

    @cached_property
    def states(self) -> list[str]:
        """Per lesson, as in `standing.states`."""
        done_in = {int(position): done for position, done in self.done_in.items()}
        return states(self.facts["lessons"], done_in, self.extra, self.position)

    @property
    def steps(self) -> tuple[int, int]:
        """Done, and all that count for them."""
        return self.states.count("done"), len(self.states) - self.states.count("extra")

    @property
    def sittings(self) -> int:
        return AttestationRule.from_facts(self.facts.get("attestation")).sittings

    @property
    def hard_step(self) -> int:
        """The step with a question they try again and again; 0: there is none."""
        return int(self.hard[0]) if self.hard else 0

    @property
    def days_away(self) -> int:
        """Of the city's calendar."""
        return (timezone.localdate() - timezone.localdate(self.touched_at)).days

    @property
    def outcome(self) -> CourseOutcome | None:
        """Where doing the items was not enough; otherwise None."""
        return outcome_from(self.reached, self.done, self.total) if self.reached else None

    @property
    def needs(self) -> str:
        """What their tutor should know first: "finished", "failed", "hard", "away", "late", "new" or "on"."""
        if self.completed_at:
            return "finished"
        if self.outcome and self.outcome.failed:
            return "failed"
        if self.hard_step:
            return "hard"
        if self.done:
            return "away" if self.days_away >= STUCK_DAYS else "on"
        joined = (timezone.localdate() - timezone.localdate(self.joined_at)).days
        return "late" if joined >= NEW_DAYS else "new"


#: Of `GroupStanding.needs`: a word from the tutor would help.
WANTS_A_WORD = ("failed", "hard", "away", "late")


class TutoredGroup(NamedTuple):
    id: int
    name: str
    open_until: date | None
    size: int | None
    closed_at: datetime | None
    title: str  # of the course
    members: int
    stuck: int
    finished: int


class GroupAtDoor(NamedTuple):
    """What anyone who has the code is told before they join. Nothing about who is in it."""

    id: int
    name: str
    course: uuid.UUID
    title: str
    provider: str
    brand: str
    address: str  # of the course; "" when it has none any more
    refusal: str  # as in `actions.CannotJoin.why`; "" when there is room


def groups_of(provider: int) -> list[TutoredGroup]:
    """Those this tutor looks after, under their lens: the open ones first, by name."""
    return records(TutoredGroup, GROUPS, {"provider": provider})


def roster(group: int, *, language: str, learner: int | None = None) -> list[GroupStanding]:
    """Everybody in it, by name; `learner`: only them. Under the lens of a tutor of it, or their own."""
    asked = {"group": group, "language": language, "learner": learner}
    return records(GroupStanding, MEMBERS, asked)


def group_at(code: str, *, learner: User | None = None) -> GroupAtDoor | None:
    """What the code leads to, for anybody. A code that was replaced leads to its group with the refusal "renewed".

    `learner`: anyone who is in it, or learns the course, is refused less.
    """
    plain = read(code)
    with look(system("which group has this code")):
        groups = Group.objects.select_related("provider")
        group = groups.filter(code=plain).first() if plain else None
        former = None if group or not plain else groups.filter(former_codes__contains=[plain])
        found = group or (former.first() if former is not None else None)
        if not found:
            return None
        refusal = _refusal(found, learner) if group else "renewed"
        return GroupAtDoor(
            found.pk,
            found.name,
            found.course,
            newest_cover(found.course)["title"],
            found.provider.name,
            found.provider.brand,
            address_of(found.course) or "",
            refusal,
        )


def _refusal(group: Group, learner: User | None) -> str:
    members = GroupMember.objects.filter(group=group)
    if learner and members.filter(learner=learner).exists():
        return "member"
    if group.closed_at:
        return "closed"
    if group.is_over:
        return "over"
    if group.size is not None and members.count() >= group.size:
        return "full"
    return ""


def teachers(provider: int) -> list[tuple[int, str]]:
    """Who may look after groups there: number and name, by name. Colleagues see each other only at the desk."""
    with look(system("who teaches here")):
        seats = Membership.objects.filter(
            provider=provider, role__in=roles_with(Right.LEARNERS)
        ).order_by("person")
        people = {*seats.values_list("person", "person__name")}
    return sorted(people, key=lambda one: (one[1].casefold(), one[0]))


def tutors_of(group: int) -> list[str]:
    """The names of those who look after it and still teach there."""
    with look(system("who looks after a group")):
        seats = Membership.objects.filter(
            role__in=roles_with(Right.LEARNERS),
            provider=F("person__tutored_groups__provider"),
            person__tutored_groups__group=group,
        )
        return sorted({*seats.values_list("person__name", flat=True)}, key=str.casefold)


def acts_for(enrolment: int) -> QuerySet[TutorAct]:
    """What tutors have done in somebody's course, the newest first."""
    return TutorAct.objects.filter(enrolment=enrolment)
