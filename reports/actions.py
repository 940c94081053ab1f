"""The refresh: grouped counts in, protected tables out. Runs under the system lens, at night."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.formats import date_format
from django.utils.translation import override

from certificates.queries.figures import issued_by_month
from learning.queries.figures import counts_by_month
from providers.models import Provider
from reports import privacy
from reports.models import Dataset, Participation
from reports.queries import MEASURES
from words.days import ZONE

Cell = tuple[int, str, date]  # provider, area, month


@transaction.atomic
def refresh_participation() -> int:
    """Count anew, protect, publish. Returns how many groups there are."""
    _count_anew()
    groups = list(Participation.objects.select_related("provider"))
    courses = _courses()
    names = dict(Provider.objects.exclude(kind=Provider.Kind.CITY).values_list("key", "name"))
    _publish("anbieter", _summed(groups, lambda g: g.provider.key), names, courses["provider"])
    areas = dict.fromkeys("12345", "")
    _publish("themen", _summed(groups, lambda g: g.area), areas, courses["area"])
    months = _months({group.month for group in groups})
    _publish("monate", _summed(groups, lambda g: f"{g.month:%Y-%m}"), months, {})
    return len(groups)


def _count_anew() -> None:
    """What the rooms below have counted, by months of the city, in place of what was counted before."""
    cells: dict[Cell, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MEASURES, 0))
    for learnt in counts_by_month(ZONE.key):
        cell = cells[learnt.provider, learnt.area, learnt.month]
        cell |= {"enrolments": learnt.enrolments, "completions": learnt.completions}
    for issued in issued_by_month(ZONE.key):
        cells[issued.provider, issued.area, issued.month]["certificates"] = issued.certificates
    Participation.objects.all().delete()
    Participation.objects.bulk_create(
        Participation(provider_id=provider, area=area, month=month, **counts)
        for (provider, area, month), counts in cells.items()
    )


def _summed(groups: list[Participation], label: Any) -> dict[str, dict[str, int]]:
    sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(MEASURES, 0))
    for group in groups:
        for measure in MEASURES:
            sums[label(group)][measure] += getattr(group, measure)
    return sums


def _publish(
    name: str, sums: dict[str, dict[str, int]], labels: dict[str, str], courses: dict[str, int]
) -> None:
    empty = dict.fromkeys(MEASURES, 0)
    table = {label: sums.get(label, empty) for label in labels}
    nested = name != "monate"
    shown = privacy.protect(table, MEASURES, nested=nested)
    rows = []
    for label, says in labels.items():
        row = {"key": label, "label": says, **shown[label]}
        rows.append({**row, "courses": courses.get(label, 0)} if courses else row)
    totals = privacy.total(table, MEASURES, nested=nested)
    if courses:
        totals["courses"] = sum(courses.values())
    Dataset.objects.update_or_create(
        name=name, defaults={"content": {"rows": rows, "total": totals}}
    )


def _courses() -> dict[str, dict[str, int]]:
    """How many courses the catalogue has; offers are no persons and need no protection."""
    with connection.cursor() as cursor:
        cursor.execute("""SELECT p.key, c.area, count(*) FROM courses_catalogueentry c
            JOIN providers_provider p ON p.id = c.provider_id GROUP BY 1, 2""")
        rows = cursor.fetchall()
    counts: dict[str, dict[str, int]] = {"provider": defaultdict(int), "area": defaultdict(int)}
    for provider, area, number in rows:
        counts["provider"][provider] += number
        counts["area"][area] += number
    return counts


def _months(seen: set[Any]) -> dict[str, str]:
    """The last twelve months with figures, the oldest first."""
    with override("de"):
        return {f"{month:%Y-%m}": date_format(month, "F Y") for month in sorted(seen)[-12:]}
