"""Blocks that ask something. The server grades (`courses.quizzes`), with a key that the press keeps beside the lesson."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses import quizzes


class AnswerChoiceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Antwort"))
    right = blocks.BooleanBlock(label=_("Diese Antwort ist richtig"), required=False)
    feedback = blocks.TextBlock(
        label=_("Rückmeldung"),
        required=False,
        rows=2,
        help_text=_("Das liest, wer diese Antwort wählt. Sagen Sie, warum."),
    )

    class Meta:
        icon = "tick"
        label = _("Antwort")


class SingleChoice(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Frage"))
    choices = blocks.ListBlock(AnswerChoiceBlock(), label=_("Antworten"), min_num=2)
    fixed_order = blocks.BooleanBlock(
        label=_("Diese Reihenfolge behalten"),
        required=False,
        help_text=_(
            "Sonst sieht jeder die Antworten in einer anderen Reihenfolge. Sinnvoll bei Zahlen, oder wenn eine Antwort „Alle stimmen“ heißt."
        ),
    )

    class Meta:
        icon = "radio-full"
        label = _("Frage: eine Antwort ist richtig")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation:
            self._check(sum(bool(choice["right"]) for choice in value["choices"]))
        return value

    def _check(self, right: int) -> None:
        if right != 1:
            raise ValidationError(_("Bitte markieren Sie genau eine Antwort als richtig."))


class MultipleChoice(SingleChoice):
    class Meta:
        icon = "tick-inverse"
        label = _("Frage: mehrere Antworten sind richtig")

    def _check(self, right: int) -> None:
        if right < 1:
            raise ValidationError(_("Bitte markieren Sie mindestens eine Antwort als richtig."))


class _TwoFeedbacks(blocks.StructBlock):
    feedback_right = blocks.TextBlock(
        label=_("Rückmeldung, wenn es stimmt"), required=False, rows=2
    )
    feedback_wrong = blocks.TextBlock(
        label=_("Rückmeldung, wenn es nicht stimmt"), required=False, rows=2
    )


class TrueFalse(_TwoFeedbacks):
    statement = blocks.CharBlock(label=_("Aussage"))
    right = blocks.BooleanBlock(label=_("Die Aussage stimmt"), required=False)

    class Meta:
        icon = "check"
        label = _("Frage: stimmt oder stimmt nicht")


class GapText(_TwoFeedbacks):
    question = blocks.CharBlock(label=_("Aufgabe"))
    text = blocks.TextBlock(
        label=_("Text mit Lücken"),
        help_text=_(
            "Schreiben Sie die Lösung in doppelte Klammern: Ein Passwort ist {{lang|länger}}."
        ),
    )

    class Meta:
        icon = "pilcrow"
        label = _("Frage: Lückentext")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        gaps_found = quizzes.gaps(value["text"])
        if not gaps_found or not all(gaps_found):
            raise blocks.StructBlockValidationError(
                {
                    "text": ValidationError(
                        _("Der Text braucht mindestens eine Lücke, zum Beispiel {{lang}}.")
                    )
                }
            )
        return value


class Ordering(_TwoFeedbacks):
    question = blocks.CharBlock(label=_("Aufgabe"))
    steps = blocks.ListBlock(
        blocks.CharBlock(label=_("Schritt")),
        label=_("Schritte in der richtigen Reihenfolge"),
        min_num=2,
        max_num=9,
    )

    class Meta:
        icon = "list-ol"
        label = _("Frage: Reihenfolge")


class MatchingPairBlock(blocks.StructBlock):
    left = blocks.CharBlock(label=_("Links"))
    right = blocks.CharBlock(label=_("Gehört dazu"))

    class Meta:
        label = _("Paar")


class Matching(_TwoFeedbacks):
    """What belongs together, one to one: a row for each left side, and all right sides to choose from."""

    question = blocks.CharBlock(label=_("Aufgabe"))
    pairs = blocks.ListBlock(
        MatchingPairBlock(),
        label=_("Paare"),
        min_num=2,
        max_num=9,
        help_text=_("Was zusammengehört, steht in einer Zeile. Gemischt wird von selbst."),
    )

    class Meta:
        icon = "link"
        label = _("Frage: Zuordnen")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        for side in ("left", "right"):
            words = [" ".join(pair[side].split()).casefold() for pair in value["pairs"]]
            if len(set(words)) < len(words):
                says = _("Zwei Paare sagen dasselbe. Jede Seite darf nur einmal vorkommen.")
                raise blocks.StructBlockValidationError(non_block_errors=[ValidationError(says)])
        return value
