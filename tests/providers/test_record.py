"""The audit log: who may read it, that nobody can change it, and how it is read."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import audit
from accounts.actions import close_account, record_event
from accounts.models import AuditEvent
from config.embedded.places import ROOT
from providers.formats import BOM
from providers.models import ApplicationEntry, Membership, Provider
from tenancy.lens import CITY, learner, look, office_of, public, staff, system
from tests import factories
from tests.support.records import recorded, text_of

RECORD = "/anbieter/haus/verwalten/protokoll/"
Role = Membership.Role


@pytest.fixture
def admin(db):
    with look(system("test")):
        city = Provider.objects.get(pk=CITY)
    return factories.make_member(city, Role.ADMIN, name="Karla Amt")


# --- walls ---------------------------------------------------------------------------------------------------------


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.rowcount


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditevent SET actor_name = 'Niemand'",
        "DELETE FROM accounts_auditevent",
        "TRUNCATE accounts_auditevent",
    ],
)
def test_the_database_refuses_to_change_or_delete(house, owner, statement):
    """Refused, not just without effect: the application has no such right, whatever the lens."""
    for lens in (system("test"), staff([house.pk], owned=[house.pk], actor=owner.pk)):
        with look(lens), pytest.raises(ProgrammingError, match="permission"), transaction.atomic():
            sql(statement)


def test_who_reads_what(house, owner, author, admin):
    next_door = factories.make_provider("nachbar")
    factories.make_member(next_door, Role.OWNER)
    with look(staff([house.pk], owned=[house.pk], actor=owner.pk)):
        assert {e.provider_id for e in AuditEvent.objects.all()} == {house.pk}
    with look(office_of(admin.pk, owned=[CITY])):
        assert {e.provider_id for e in AuditEvent.objects.all()} == {CITY}
    for lens in (
        staff([house.pk], tutored=[house.pk], actor=author.pk),
        office_of(admin.pk),
        learner(author.pk),
        public,
        system("test"),
    ):
        with look(lens):
            assert AuditEvent.objects.count() == 0


def add(provider, actor):
    AuditEvent.objects.create(
        action="member.joined", actor_id=actor, actor_name="Ada Autorin", provider_id=provider
    )


def test_an_author_writes_under_her_own_name_into_her_own_record(house, author, owner):
    next_door = factories.make_provider("nachbar")
    with look(staff([house.pk], actor=author.pk)):
        add(house.pk, author.pk)
        for provider, actor in (
            (next_door.pk, author.pk),
            (CITY, author.pk),
            (house.pk, owner.pk),
            (house.pk, None),
        ):
            with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
                add(provider, actor)
    with look(learner(author.pk)), pytest.raises(ProgrammingError), transaction.atomic():
        add(house.pk, author.pk)


def test_the_office_writes_into_the_citys_record_only(house, admin):
    with look(office_of(admin.pk)):
        add(CITY, admin.pk)
        with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            add(house.pk, admin.pk)


def test_a_closed_account_leaves_the_name_of_the_day(house, owner, author):
    before = recorded()
    number = author.pk
    close_account(author)
    assert recorded() == before
    assert ("", "member.joined", "Ada Autorin") in [line[:3] for line in before]
    with look(staff([house.pk], owned=[house.pk])):
        kept = AuditEvent.objects.get(thing="accounts.User", thing_id=str(number))
    assert (kept.thing, kept.thing_name, kept.details) == (
        "accounts.User",
        "Ada Autorin",
        {"role": "author"},
    )


def test_a_name_that_changes_later_stays_as_it_was(house, owner):
    with look(system("test")):
        record_event("member.left", by=owner, provider=house.pk)
        owner.name = "Olga Anders"
        owner.save()
        record_event("member.left", by=owner, provider=house.pk)
    assert [line.who for line in recorded("member.left")] == ["Olga Leitung", "Olga Anders"]


# --- reading -------------------------------------------------------------------------------------------------------


def shown(page):
    assert page.status_code == 200
    return [(line.who, line.what, line.on, line.details) for line in page.context["lines"]]


def test_an_owner_reads_in_words_the_newest_first(desk, house, author):
    factories.make_member(factories.make_provider("nachbar"), name="Nora Nachbarin")
    with look(system("test")):
        record_event("factor.added", by=author, provider=house.pk, thing=author, factor="webauthn")
        record_event("wagtail.publish", by=author, provider=house.pk, name="Kurs")
        record_event("room.gone", by=None, provider=house.pk)
    page = desk.get(RECORD)
    assert shown(page)[:5] == [
        ("Die Plattform", "room.gone", "", ""),
        ("Ada Autorin", "Veröffentlichen", "Kurs", ""),
        ("Ada Autorin", "Zweiten Schutz eingerichtet", "Ada Autorin", "Art: Passkey"),
        ("Die Plattform", "Rolle gegeben", "Ada Autorin", "Rolle: Autorin oder Autor"),
        ("Die Plattform", "Rolle gegeben", "Olga Leitung", "Rolle: Leitung"),
    ]
    assert "Nora Nachbarin" not in text_of(page)


def test_the_office_reads_the_citys(client, house, admin, author):
    client.force_login(admin)
    page = client.get("/buero/protokoll/")
    assert ("Die Plattform", "Rolle gegeben", "Karla Amt", "Rolle: Leitung Bildungsbüro") in shown(
        page
    )
    assert "Ada Autorin" not in text_of(page)


def test_narrowed_down_by_person_and_act(desk, house, owner, author):
    with look(system("test")):
        record_event("member.left", by=author, provider=house.pk, name="A")
        record_event("member.left", by=owner, provider=house.pk, name="B")
        record_event("invitation.sent", by=owner, provider=house.pk, name="C")
    asked = [
        ({"person": owner.pk}, ["C", "B"]),
        ({"person": author.pk}, ["A"]),
        ({"action": "member.left"}, ["B", "A"]),
        ({"action": "member.left", "person": owner.pk}, ["B"]),
        ({"person": "0", "action": "member.joined"}, ["Ada Autorin", "Olga Leitung"]),
    ]
    for query, found in asked:
        page = desk.get(RECORD, query)
        assert [line.on for line in page.context["lines"]] == found
        kept = page.context["form"]
        assert {name: kept[name].value() for name in query} == {k: str(v) for k, v in query.items()}


def test_narrowed_down_by_days(desk, house, owner):
    """Whole days of our own time zone: half past midnight in Berlin is still yesterday in UTC."""
    with look(system("test")):
        for hour, name in ((21, "abends"), (22, "nach Mitternacht")):
            at = datetime(2026, 7, 1, hour, 30, tzinfo=UTC)
            AuditEvent.objects.create(
                action="member.left", provider_id=house.pk, thing_name=name, at=at
            )
    for query, found in (
        ({"since": "2026-07-01", "until": "2026-07-01"}, ["abends"]),
        ({"since": "2026-07-02", "until": "2026-07-02"}, ["nach Mitternacht"]),
        ({"until": "2026-07-02"}, ["nach Mitternacht", "abends"]),
        ({"until": "2026-06-30"}, []),
    ):
        assert [line.on for line in desk.get(RECORD, query).context["lines"]] == found


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"since": "gestern"}, "since"),
        ({"person": "' OR 1=1"}, "person"),
        ({"action": "member.vanished"}, "action"),
        ({"since": "2026-07-02", "until": "2026-07-01"}, "until"),
    ],
)
def test_a_wrong_entry_is_kept_and_explained(desk, typed, wrong):
    page = desk.get(RECORD, typed)
    assert [*page.context["form"].errors] == [wrong]
    assert page.context["form"][wrong].value() == typed[wrong]
    assert "Das hat noch nicht geklappt" in text_of(page)


def test_fifty_on_a_page(desk, house, owner):
    with look(system("test")):
        for number in range(60):
            record_event("member.left", by=owner, provider=house.pk, name=f"Nr. {number}")
    first = desk.get(RECORD, {"action": "member.left"})
    assert [line.on for line in first.context["lines"]] == [f"Nr. {n}" for n in range(59, 9, -1)]
    assert 'href="?action=member.left&amp;seite=2"' in text_of(first)
    second = desk.get(RECORD, {"action": "member.left", "seite": "2"})
    assert len(second.context["lines"]) == 10
    for odd in ("0", "99", "x", "-1"):
        assert desk.get(RECORD, {"seite": odd}).status_code == 200


def test_reading_costs_the_same_for_one_line_and_for_many(desk, house, owner):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            desk.get(RECORD)
        counts.append(len(asked))
        with look(system("test")):
            for number in range(5):
                record_event("member.left", by=owner, provider=house.pk, name=str(number))
    assert counts[0] == counts[1]


def test_the_file_has_the_same_lines_and_no_formulas(desk, house, owner):
    with look(system("test")):
        record_event("wagtail.edit", by=owner, provider=house.pk, name='=HYPERLINK("x")')
        record_event("wagtail.edit", by=owner, provider=house.pk, name=" @SUM(A1); Kurs")
        record_event("member.left", by=owner, provider=house.pk, name="anderes")
    file = desk.get("/anbieter/haus/verwalten/protokoll.csv", {"action": "wagtail.edit"})
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    day = timezone.localdate()
    name = f'attachment; filename="protokoll-haus-{day:%Y-%m-%d}.csv"'
    assert file.headers["Content-Disposition"] == name
    text = file.content.decode().removeprefix(BOM)
    head, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    assert head == ["Wann", "Wer", "Was", "Woran", "Einzelheiten"]
    assert [row[1:4] for row in rows] == [
        ["Olga Leitung", "Bearbeiten", "' @SUM(A1); Kurs"],
        ["Olga Leitung", "Bearbeiten", '\'=HYPERLINK("x")'],
    ]
    written = timezone.make_aware(datetime.fromisoformat(rows[0][0]))
    assert timezone.now() - written < timedelta(minutes=1)


def test_every_event_has_words():
    """Anyone who records something new says in his room's `audit` what it is called."""
    written = re.compile(
        r"""record(?:_event|_for|_factor|_of_holder)?\(\s*(?:[\w.]+,\s*)?f?"([a-z_]+\.[a-z_]+)\""""
    )
    used = {
        act
        for path in Path(ROOT).glob("*/**/*.py")
        if path.relative_to(ROOT).parts[0] not in ("tests", "var", "node_modules", ".venv")
        for act in written.findall(path.read_text())
    }
    states = {f"invitation.{state}" for state in ("sent", "sent_again", "accepted", "declined")}
    states |= {f"application.{kind}" for kind in ApplicationEntry.Kind}
    states |= {f"activity.{what}" for what in ("created", "imported", "archived", "reopened")}
    states |= {"group.closed", "group.opened", "step.confirmed", "attempts.given"}
    states |= {f"question.{what}" for what in ("answered", "shown", "hidden")}
    states |= {"entry.hidden", "entry.shown", "venue.closed", "venue.opened"}
    assert used | states | {"invitation.withdrawn"} == {*audit.words()}
