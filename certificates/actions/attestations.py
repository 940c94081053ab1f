"""What the course's rule says of one learner's certificate: its kind, until when it is valid, what it rests on."""

from datetime import UTC, datetime, time
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext, ngettext, override

from courses.rules import PARTICIPATION
from learning.models import Enrolment
from learning.queries import CourseOutcome, outcome


class AttestationResult(NamedTuple):
    """One attestation, as the rule of the learner's edition makes it."""

    reached: CourseOutcome

    @property
    def kind(self) -> str:
        """participation, achievement or certificate."""
        return self.reached.rule.attestation

    @property
    def result(self) -> int | None:
        """In per cent, where the rule asks for one; otherwise nobody is told how well they did."""
        return self.reached.result if self.reached.rule.pass_mark else None

    def valid_until(self, issued: datetime) -> datetime | None:
        """The end of the last day, as clocks here show it, to the second; None: for good."""
        last = self.reached.rule.valid_until(timezone.localdate(issued))
        if last is None:
            return None
        end = datetime.combine(last, time(23, 59, 59), timezone.get_default_timezone())
        return end.astimezone(UTC)

    def criteria(self, *, steps: int, items: int, language: str = "de") -> str:
        """What it took, in sentences. They are signed in every language papers are made in; the German ones lead."""
        rule = self.reached.rule
        codes = {
            "steps": steps,
            "items": items,
            "share": rule.required_share,
            "mark": rule.pass_mark,
            "attended": self.reached.attended,
            "sittings": rule.sittings,
        }
        with override(language):
            says = [
                *self._done(steps, items),
                gettext("Mindestens %(mark)s %% der Fragen beim ersten Versuch richtig.")
                if rule.pass_mark
                else "",
                ngettext(
                    "An %(attended)s von %(sittings)s Termin vor Ort teilgenommen.",
                    "An %(attended)s von %(sittings)s Terminen vor Ort teilgenommen.",
                    rule.sittings,
                )
                if rule.required_sittings
                else "",
            ]
        return " ".join(filter(None, says)) % codes

    def _done(self, steps: int, items: int) -> list[str]:
        """Nobody has looked at an answer where a learner only took part, or where the course has no questions."""
        all_of_it = self.reached.rule.required_share == 100
        solved = self.kind != PARTICIPATION and self.reached.result is not None
        if not all_of_it and not solved:
            return [gettext("Mindestens %(share)s %% des Kurses erledigt.")]
        if not all_of_it:
            share = ngettext(
                "Die Aufgabe des Kurses gelöst.",
                "Mindestens %(share)s %% der %(items)s Aufgaben des Kurses gelöst.",
                items,
            )
            return [share]
        done = ngettext(
            "Den Schritt des Kurses erledigt.",
            "Alle %(steps)s Schritte des Kurses erledigt.",
            steps,
        )
        return [
            done,
            ngettext("Die Aufgabe gelöst.", "Alle %(items)s Aufgaben gelöst.", items)
            if solved
            else "",
        ]

    def as_printed(self) -> dict[str, Any]:
        """What the paper and the page say besides, and what stays after an erasure."""
        return {
            "result": self.result,
            "sittings": self.reached.rule.sittings,
            "attended": self.reached.attended,
            "units": self.reached.units,
        }


def attestation_of(enrolment: Enrolment) -> AttestationResult:
    """The rule of the edition that counts for them, with what they reached."""
    return AttestationResult(outcome(enrolment))
