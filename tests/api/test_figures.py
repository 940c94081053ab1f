"""The office's figures for its programs: what is published, by the same function as everywhere, and nothing finer."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from api.actions import make_key
from figures.frames import Frame, Measure, bits
from figures.models import ProtectedFigure, PublishedPeriod
from figures.queries import figures
from providers.models import Membership, Provider
from tenancy.lens import CITY, look, office, system
from tests import factories
from words.days import day

STARTS = date(2026, 7, 1)


@pytest.fixture
def ask(client, db):
    """As a program of the office, in a city with one published quarter."""
    house = factories.make_provider("haus")
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
        PublishedPeriod.objects.create(frame=Frame.QUARTER, starts=STARTS)
        for dimensions, cell, shown in (
            ((), [], 128),
            (("area",), ["4"], 90),
            (("area",), ["1"], 38),
            (("area", "provider"), ["4", str(house.pk)], 61),
        ):
            ProtectedFigure.objects.create(
                frame=Frame.QUARTER, dimensions=bits(dimensions), starts=STARTS,
                measure=Measure.ENROLLED, cell=cell, shown=shown,
            )  # fmt: skip
    admin = factories.make_member(city, Membership.Role.ADMIN)
    ends_on = day(timezone.now()) + timedelta(days=30)
    made = make_key(
        city, name="Monitor", scopes=["figures:read"], ends_on=ends_on, form=uuid.uuid4(), by=admin
    )

    def asked(path, status=200, **parameters):
        answer = client.get(
            f"/api/v1/{path}", parameters, headers={"Authorization": f"Bearer {made.key}"}
        )
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    return asked


def test_periods_that_are_out(ask):
    assert ask("figures/periods")["items"] == [
        {"key": "2026-q3", "starts": "2026-07-01", "ends": "2026-10-01"}
    ]


def test_the_figures_are_those_of_the_page(ask):
    told = ask("figures", period="2026-q3", by="area")
    with look(office):
        page = figures(Frame.QUARTER, [STARTS], ("area",))
    cells = {(one["measure"], one["values"]["area"]): one["figure"] for one in told["cells"]}
    assert cells == {(m.name.lower(), cell[0]): n for (_s, m, cell), n in page.items()}
    assert cells == {("enrolled", "4"): 90, ("enrolled", "1"): 38}
    assert ask("figures", period="2026-q3")["cells"] == [
        {"values": {}, "measure": "enrolled", "figure": 128}
    ]


def test_a_provider_is_named_by_its_address(ask):
    told = ask("figures", period="2026-q3", by="provider", area="4")
    assert told["cells"] == [{"values": {"provider": "haus"}, "measure": "enrolled", "figure": 61}]
    assert ask("figures", period="2026-q3", area="4", provider="haus")["cells"][0]["figure"] == 61
    assert ask("figures", period="2026-q3", area="4", provider="gibt-es-nicht")["cells"] == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"period": "2026-q2"}, "no_period"),
        ({"period": "2026-13"}, "no_period"),
        ({"period": "2026-q3", "by": ["area", "age"], "provider": "haus"}, "not_allowed"),
        ({"period": "2026-q3", "by": ["area", "area"]}, "not_allowed"),
        ({"period": "2026-q3", "by": "area", "area": "4"}, "not_allowed"),
        ({"period": "2026-q3", "by": "competence", "area": "4"}, "not_allowed"),
    ],
)
def test_nothing_is_said_that_is_not_published(ask, asked, code):
    [error] = ask("figures", status=422, **asked)["errors"]
    assert error["code"] == code
