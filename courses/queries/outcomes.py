"""What a level of a competence means: DigComp's learning outcomes, for authors who look one up."""

from typing import NamedTuple

from django.db.models import Q

from courses.models import Competence, LearningOutcome, Proficiency


class Level(NamedTuple):
    code: str
    name: str
    outcomes: list[LearningOutcome]


class Outcomes(NamedTuple):
    """The outcomes of one competence by level; levels without any are left out."""

    competence: Competence
    levels: list[Level]


def outcomes(*, competence: str = "", level: str = "", q: str = "") -> list[Outcomes]:
    """Filtered by the number of a competence, a level, and words, German or English. Two statements."""
    matching = LearningOutcome.objects.all()
    if competence:
        matching = matching.filter(competence=competence)
    if level:
        matching = matching.filter(level=level)
    for word in q.split():
        matching = matching.filter(Q(german__icontains=word) | Q(text__icontains=word))
    by: dict[str, dict[str, list[LearningOutcome]]] = {}
    for outcome in matching:
        by.setdefault(outcome.competence_id, {}).setdefault(outcome.level, []).append(outcome)
    return [
        Outcomes(
            competence=each,
            levels=[
                Level(code, str(name), by[each.code][code])
                for code, name in Proficiency.choices
                if code in by[each.code]
            ],
        )
        for each in Competence.objects.filter(code__in=by)
    ]


def outcome_choices() -> dict[str, list[tuple[str, str]]]:
    """What can be asked for: {"competences", "levels"} as (code, name)."""
    competences = [(each.code, str(each)) for each in Competence.objects.all()]
    return {"competences": competences, "levels": [(c, str(n)) for c, n in Proficiency.choices]}
