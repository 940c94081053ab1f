"""For the programs of the city office: what is published of the figures, and no other number."""

from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from api.scopes import Scope
from api.v1 import answers
from api.v1.asking import Slug, WrongValue, seen_by
from api.v1.callers import by_key, city_office
from figures.frames import DIMENSIONS, Measure
from figures.queries import all_periods, figures
from figures.questions import FigureQuestion
from providers.models import Provider
from reports.periods import key_of, period_of

router = Router(tags=["office"])
BY_KEY = by_key(Scope.FIGURES)
Dimension = Literal[
    "area", "provider", "mode", "language", "age", "gender", "district", "competence"
]


class PeriodsAsked(Schema):
    pass


class FiguresAsked(Schema):
    """One value or all of each dimension, as on the office's page: groups that anybody may choose give single persons away."""

    period: str = Field(pattern=r"^[0-9]{4}(-[0-9]{2}|-q[1-4]|-h[12])?$")
    by: list[Dimension] = Field(default_factory=list, max_length=3)
    area: str = Field("", max_length=8)
    provider: Slug | None = None
    mode: str = Field("", max_length=8)
    language: str = Field("", max_length=12)
    age: str = Field("", max_length=12)
    gender: str = Field("", max_length=12)
    district: str = Field("", max_length=60)
    competence: str = Field("", max_length=8)

    @property
    def where(self) -> dict[str, str]:
        return {name: value for name in DIMENSIONS if (value := getattr(self, name))}


@router.get(
    "/figures/periods",
    response=answers.PeriodsAnswer,
    summary=_("Veröffentlichte Zeiträume"),
    description=_("Das Neueste zuerst. Was einmal veröffentlicht ist, ändert sich nie."),
    **BY_KEY,
)
@seen_by(city_office)
def periods(request: HttpRequest) -> dict[str, Any]:
    listed = [one for found in all_periods().values() for one in found]
    return {
        "items": [{"key": key_of(one), "starts": one.starts, "ends": one.ends} for one in listed]
    }


@router.get(
    "/figures",
    response=answers.FiguresAnswer,
    summary=_("Zahlen eines Zeitraums"),
    description=_(
        "Jede Zahl ist leicht verändert. Was fehlt, heißt auf der Seite „unter 5“: 0 bis 9 Personen. Monate haben 1 Merkmal, Quartale 2, Halbjahre 3, Jahre 1."
    ),
    **BY_KEY,
)
@seen_by(city_office)
def figures_of_period(request: HttpRequest, asked: Query[FiguresAsked]) -> dict[str, Any]:
    """Through the same function as the page, the files and the mails: from cells to a number."""
    period = period_of(asked.period)
    if not period or period not in all_periods()[period.frame]:
        raise WrongValue("query.period", "no_period")
    houses = dict(Provider.objects.values_list("slug", "pk"))
    where = dict(asked.where)
    if asked.provider:
        where["provider"] = str(houses.get(asked.provider, 0))
    by = tuple(asked.by)
    if not FigureQuestion(period.frame, by, tuple(where.items())).is_allowed:
        raise WrongValue("query.by", "not_allowed")
    found = figures(period.frame, [period.starts], by, where)
    slugs = {str(number): slug for slug, number in houses.items()}
    return {
        "period": asked.period,
        "by": [*by],
        "where": asked.where,
        "cells": [
            {"values": _named(by, cell, slugs), "measure": measure.name.lower(), "figure": figure}
            for (_starts, measure, cell), figure in sorted(found.items(), key=_order)
        ],
    }


def _order(item: tuple[Any, int]) -> tuple[tuple[str, ...], Measure]:
    (_starts, measure, cell), _figure = item
    return cell, measure


def _named(by: tuple[str, ...], cell: tuple[str, ...], slugs: dict[str, str]) -> dict[str, str]:
    said = dict(zip(by, cell, strict=True))
    if "provider" in said:
        said["provider"] = slugs.get(said["provider"], "")
    return said
