"""Reading settings of an account."""

from accessibility.models import Preferences


def kept_settings(learner: int) -> str | None:
    """As the cookie has them; empty for the usual ones, None when they never chose."""
    return Preferences.objects.filter(learner_id=learner).values_list("chosen", flat=True).first()
