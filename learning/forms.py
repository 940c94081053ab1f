from django import forms
from django.utils.translation import gettext_lazy as _

from learning.models import CourseFeedback


class FeedbackForm(forms.Form):
    """What anyone who has finished a course is asked; only the first question wants an answer."""

    helped = forms.ChoiceField(
        label=_("Ihre Antwort"),
        choices=CourseFeedback.Helped.choices,
        error_messages={"required": _("Bitte wählen Sie eine Antwort aus.")},
    )
    text = forms.CharField(
        label=_("Ein Danke oder ein Rat"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
