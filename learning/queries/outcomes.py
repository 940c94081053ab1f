"""What somebody has reached of what their course asks for: one expression, for statements that know `learning_enrolment e`.

A question counts by the first answer to it, or by the first one since a tutor gave them new attempts (`anew`). Questions
that came with an edition they moved to later do not count (`extra`); those they passed before they were taken out still do,
and are known by their answer: reading gives none.
"""

from typing import Any, NamedTuple

from courses import rules
from courses.rules import AttestationRule
from learning.models import Enrolment
from tenancy.rows import rows

QUESTIONS = """SELECT (i->>'id')::uuid AS item FROM courses_edition q, jsonb_array_elements(q.items) i
    WHERE q.id = e.edition_id AND i->>'kind' <> 'read' AND NOT e.extra ? (i->>'id')
  UNION SELECT g.item FROM learning_progress g WHERE g.enrolment_id = e.id AND g.position = 0
    AND NOT e.extra ? g.item::text AND EXISTS (SELECT 1 FROM learning_attempt a
      WHERE a.enrolment_id = g.enrolment_id AND a.item = g.item AND a.given <> '{}')"""

#: The rule and the minutes stand on the cover of the edition whose items count for them; covers are public.
REACHED = f"""(SELECT jsonb_build_object('rule', s.facts->'attestation', 'minutes', s.minutes, 'take', e.take,
    'attended', (SELECT count(*) FROM learning_attendance t WHERE t.enrolment_id = e.id),
    'answers', (SELECT jsonb_build_array(count(*) FILTER (WHERE first."right"), count(*)) FROM ({QUESTIONS}) asked
      LEFT JOIN LATERAL (SELECT a."right" FROM learning_attempt a
        WHERE a.enrolment_id = e.id AND a.item = asked.item
          AND a.id > coalesce((e.anew->>asked.item::text)::bigint, 0) ORDER BY a.id LIMIT 1) first ON true))
  FROM courses_edition d JOIN courses_printedlesson s ON s.edition_id = d.id AND s.printing = d.printing
    AND s.position = 0 AND s.language = 'de'
  WHERE d.id = coalesce(e.pinned_id, e.edition_id))"""  # noqa: S608 -- put together from constants

#: Only asked where doing the items was not enough: it costs more than everything else on the page.
OPEN = f"""CASE WHEN e.judged AND e.completed_at IS NULL AND e.done >= coalesce(e.needed, e.total)
  THEN {REACHED} END"""

ONE = f"SELECT e.done, e.total, {REACHED} FROM learning_enrolment e WHERE e.id = %s"  # noqa: S608 -- as above


class CourseOutcome(NamedTuple):
    """`result` in per cent of their questions, rounded down; None in a course without questions."""

    rule: AttestationRule
    done: int
    total: int
    result: int | None
    attended: int
    sittings: int
    units: int  # teaching units of 45 minutes, of the whole course
    take: int  # 2: their first retake

    @property
    def judged(self) -> rules.RuleOutcome:
        return self.rule.judge(self.done, self.total, self.result, self.attended)

    @property
    def failed(self) -> bool:
        """They have done the items, and their answers were not right often enough."""
        missing = self.judged.missing
        return rules.RESULT in missing and rules.ITEMS not in missing


def outcome(enrolment: Enrolment) -> CourseOutcome:
    """Of one enrolment, also of a completed one: what its certificate may say. One statement."""
    [(done, total, reached)] = rows(ONE, [enrolment.pk])
    return outcome_from(reached, done, total)


def outcome_from(reached: dict[str, Any], done: int, total: int) -> CourseOutcome:
    """From the columns of a statement with `REACHED` or `OPEN` in it."""
    rule = AttestationRule.from_facts(reached["rule"])
    right, questions = reached["answers"]
    return CourseOutcome(
        rule=rule,
        done=done,
        total=total,
        result=rules.result_of(right, questions),
        attended=reached["attended"],
        sittings=rule.sittings,
        units=rule.units_of(reached["minutes"]),
        take=reached["take"],
    )
