"""`./dev bench --against`: another product is asked for the same work; an error in disguise is no figure."""

import os
import string
import tomllib

import psycopg
import pytest

from tests.bench import peer
from tests.bench.peer import PROFILES, Peer, Unlike, _controls
from tests.bench.processes import named, server_of
from tests.bench.yardstick import Yardstick

KINDS = ["catalogue", "search", "course", "lesson", "answer", "dashboard"]


def profile_of(name):
    return tomllib.loads((PROFILES / f"{name}.toml").read_text())


@pytest.mark.parametrize("name", sorted(path.stem for path in PROFILES.glob("*.toml")))
def test_a_profile_names_the_same_work_and_says_what_must_be_known(name):
    profile = profile_of(name)
    assert [page["name"] for page in profile["page"]] == KINDS
    paths = [page["path"] for page in profile["page"]]
    said = [*paths, *profile["sign_in"]["fields"].values()]
    wanted = {part for text in said for _, part, _, _ in string.Formatter().parse(text) if part}
    assert wanted <= profile["known"].keys()
    assert all(page["expects"] for page in profile["page"])


@pytest.fixture
def ours(city, monkeypatch):
    monkeypatch.setattr(peer, "ROUNDS", 1)
    monkeypatch.setattr(peer, "TIMES", 2)
    profile = profile_of("lernstadt")
    course = "/".join(city.facts["course"].values())
    known = profile["known"] | {"course": course, "step": city.facts["lesson"]}
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"]) as admin:
        pids = [city.processes[0].process.pid, server_of(admin)]
    return Peer(city.url, profile, known, pids)


def test_all_of_it_is_measured_at_our_own_city(ours):
    ours.sign_in()
    for page in ours.profile["page"]:
        found = ours.measure(page)
        assert found.cpu > 0, page
        assert found.size > 1_000, page


def test_a_page_that_is_not_what_was_asked_for_stops_the_comparison(ours):
    lesson, answer = (page for page in ours.profile["page"] if page["name"] in ("lesson", "answer"))
    with pytest.raises(Unlike, match=r"without \.ls-nowhere"):
        ours.measure(lesson | {"expects": ".ls-nowhere"})
    with pytest.raises(Unlike, match="has no form"):
        ours.measure(answer | {"form": "form.nowhere"})
    ours.known["password"] = "wrong"
    with pytest.raises(Unlike, match="sign-in"):
        ours.sign_in()


def test_a_form_sends_what_a_browser_would():
    form = peer.BeautifulSoup(
        """<form><input name=token type=hidden value=t><input name=word value=w><input type=radio name=r value=1>
        <input type=radio name=r value=2 checked><input type=checkbox name=c><input type=submit name=go value=x>
        <textarea name=area>long</textarea><input value=nameless></form>""",
        "html.parser",
    ).form
    assert _controls(form) == {"token": "t", "word": "w", "r": "2", "area": "long"}


def test_a_process_that_has_ended_takes_nothing_back():
    assert peer.since({1: 5.0, 2: 9.0}, {1: 7.0, 3: 4.0}) == 6.0


def test_processes_are_found_by_what_they_run(ours):
    assert ours.pids[0] in named(["config.web"])
    assert ours.pids[1] in named(["postgres"])


def test_the_yardstick_takes_the_least_of_its_measures():
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as line:
        yardstick = Yardstick(line)
        yardstick.measure()
        first = yardstick.unit
        yardstick.measure()
    assert 0 < yardstick.unit <= first
