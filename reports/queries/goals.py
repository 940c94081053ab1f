from reports.models import Goal


def goals() -> list[Goal]:
    """Those that hold, by their day; then those that were put away, the last first."""
    listed = list(Goal.objects.all())
    held = sorted((one for one in listed if not one.ended_at), key=lambda one: (one.due, one.pk))
    away = sorted((one for one in listed if one.ended_at), key=lambda one: one.pk, reverse=True)
    return held + away
