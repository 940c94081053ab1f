"""An owner decides who works for their provider. Roles follow at once, and so does the desk."""

import re

import pytest

from courses.models import Review
from providers.actions import LastOwner, NotInTeam, hand_over, invite, leave
from providers.models import Invitation, Membership
from tenancy.lens import look, system
from tests import factories
from tests.support.records import errors, recorded, signed_in, text_of

HOUSE = "/anbieter/haus/verwalten/"
TEAM = f"{HOUSE}team/"
Role = Membership.Role


def roles(person):
    with look(system("test")):
        return sorted(person.memberships.values_list("provider__slug", "role"))


def seat(person, role):
    with look(system("test")):
        return person.memberships.get(role=role).pk


def test_the_house_leads_to_team_record_and_desk(desk, owner, author):
    page = text_of(desk.get(HOUSE))
    assert "Anbieter verwalten: Haus haus" in page
    assert "2 Personen arbeiten hier." in page
    assert {TEAM, f"{HOUSE}protokoll/", "/redaktion/kurse/"} <= {
        *re.findall(r'href="([^"]+)"', page)
    }


def test_the_team_is_listed_by_person_with_all_roles(desk, owner, author):
    with look(system("test")):
        Membership.objects.create(person=author, provider_id=1, role="clerk")  # elsewhere
    factories.make_member(factories.make_provider("nachbar"), name="Nora Nachbarin")
    team = desk.get(TEAM)
    assert [(person.name, held) for person, held in team.context["team"]] == [
        ("Ada Autorin", ["Autorin oder Autor"]),
        ("Olga Leitung", ["Leitung"]),
    ]
    assert "Nora Nachbarin" not in text_of(team)
    assert "Schreibt Kurse und gibt sie zur Prüfung." in text_of(team)


def test_an_owner_gives_a_further_role_and_the_desk_opens(desk, house, owner):
    tutor = factories.make_member(house, Role.TUTOR, name="Theo Tutor")
    assert signed_in(tutor).get("/redaktion/").status_code == 404
    page = desk.post(f"{TEAM}{tutor.pk}/", {"role": "author"}, follow=True)
    assert "Theo Tutor hat jetzt die Rolle „Autorin oder Autor“." in text_of(page)
    assert roles(tutor) == [("haus", "author"), ("haus", "tutor")]
    assert signed_in(tutor).get("/redaktion/kurse/").status_code == 200
    assert recorded("member.joined")[-1] == (
        *("Olga Leitung", "member.joined", "Theo Tutor"),
        *(house.pk, {"role": "author"}),
    )


@pytest.mark.parametrize("role", ["", "clerk", "admin", "operator", "author", "kaiserin"])
def test_she_gives_no_role_that_is_not_hers_to_give(desk, author, role):
    page = desk.post(f"{TEAM}{author.pk}/", {"role": role})
    assert [*errors(page)] == ["role"]
    assert roles(author) == [("haus", "author")]


def test_whoever_has_every_role_is_offered_none(desk, house):
    everything = factories.make_member(house, *("tutor", "author", "reviewer", "owner"))
    page = desk.get(f"{TEAM}{everything.pk}/")
    assert page.context["form"] is None
    assert "Eine Rolle dazu geben" not in text_of(page)


def test_a_role_is_taken_away_after_asking_once_more(desk, house, author):
    address = f"{TEAM}rollen/{seat(author, 'author')}/wegnehmen/"
    asked = text_of(desk.get(address))
    assert (
        "Soll Ada Autorin die Rolle „Autorin oder Autor“ bei Haus haus nicht mehr haben?" in asked
    )
    assert roles(author) == [("haus", "author")]
    page = desk.post(address, follow=True)
    assert "Ada Autorin hat die Rolle „Autorin oder Autor“ nicht mehr." in text_of(page)
    assert roles(author) == []
    assert signed_in(author).get("/redaktion/").status_code == 404
    assert recorded("member.left") == [
        ("Olga Leitung", "member.left", "Ada Autorin", house.pk, {"role": "author"})
    ]
    assert desk.get(address).status_code == desk.post(address).status_code == 404


def test_the_last_owner_stays(desk, owner):
    page = desk.post(f"{TEAM}rollen/{seat(owner, 'owner')}/wegnehmen/")
    assert "Das geht nicht: Olga Leitung ist die einzige Leitung." in text_of(page)
    assert roles(owner) == [("haus", "owner")]
    assert recorded("member.left") == []


def test_of_two_owners_one_may_go_and_finds_the_house_closed(desk, house, owner):
    second = factories.make_member(house, Role.OWNER)
    page = desk.post(f"{TEAM}rollen/{seat(owner, 'owner')}/wegnehmen/")
    assert page.headers["Location"] == "/konto/"
    assert desk.get(HOUSE).status_code == 404
    with look(system("test")), pytest.raises(LastOwner):
        leave(second, house, "owner")


def test_whoever_leads_no_longer_has_nobody_on_the_way(house, owner):
    second = factories.make_member(house, Role.OWNER, name="Otto Leitung")
    with look(system("test")):
        sent, _ = invite(house, "freundin@example.org", ["owner"], by=second)
        kept, _ = invite(house, "kollege@example.org", ["author"], by=owner)
        leave(second, house, "owner", by=owner)
        assert Invitation.objects.get(pk=sent.pk).state == "withdrawn"
        assert Invitation.objects.get(pk=kept.pk).state == "open"
    assert [line[:3] for line in recorded("invitation.withdrawn")] == [
        ("Olga Leitung", "invitation.withdrawn", "freundin@example.org")
    ]


def test_a_neighbours_member_is_not_there(desk):
    neighbour = factories.make_member(factories.make_provider("nachbar"))
    assert desk.post(f"{TEAM}{neighbour.pk}/", {"role": "owner"}).status_code == 404
    number = seat(neighbour, "author")
    assert desk.post(f"{TEAM}rollen/{number}/wegnehmen/").status_code == 404
    assert roles(neighbour) == [("nachbar", "author")]


def test_what_she_may_do_here_is_among_the_data_she_takes_along(desk):
    taken = desk.get("/konto/daten/").json()["mitarbeit"]
    assert taken == [{"provider": "Haus haus", "role": "owner"}]


def test_who_leaves_hands_everything_over_in_one_step(desk, house, owner, author):
    course = factories.make_course(house)
    with look(system("test")):
        course.owner = author
        course.locked, course.locked_by = True, author
        course.save()
        Review.objects.create(
            provider=house, course=course, title="Kurs", asked_by=author, asked_by_name=str(author)
        )
    heir = factories.make_member(house, Role.TUTOR, name="Theo Tutor")
    page = desk.post(f"{TEAM}{author.pk}/uebergeben/", {"successor": heir.pk}, follow=True)
    assert "Theo Tutor hat jetzt alles, was Ada Autorin hatte." in text_of(page)
    assert roles(author) == []
    assert roles(heir) == [("haus", "author"), ("haus", "tutor")]
    with look(system("test")):
        course.refresh_from_db()
        review = Review.objects.get(course=course)
    assert (course.owner, course.locked, course.locked_by) == (heir, False, None)
    assert (review.asked_by, review.asked_by_name) == (heir, "Theo Tutor")
    assert signed_in(author).get("/redaktion/kurse/").status_code == 404
    assert recorded("member.handed_over")[-1][:3] == (
        *("Olga Leitung", "member.handed_over", "Ada Autorin"),
    )


def test_the_last_head_can_hand_the_house_over(desk, house, owner, author):
    page = desk.post(f"{TEAM}{owner.pk}/uebergeben/", {"successor": author.pk})
    assert page.url == "/konto/plaetze/"
    assert roles(author) == [("haus", "author"), ("haus", "owner")]
    assert roles(owner) == []
    assert desk.get(HOUSE).status_code == 404


def test_work_goes_to_a_colleague_only(desk, house, owner, author):
    stranger = factories.make_member(factories.make_provider("nachbar"), Role.AUTHOR)
    page = desk.post(f"{TEAM}{author.pk}/uebergeben/", {"successor": stranger.pk})
    assert page.context["form"].errors
    assert roles(author) == [("haus", "author")]
    assert desk.get(f"{TEAM}{stranger.pk}/uebergeben/").status_code == 404


def test_nobody_is_there_to_take_over(desk, owner):
    assert "Außer Olga Leitung arbeitet hier niemand." in text_of(
        desk.get(f"{TEAM}{owner.pk}/uebergeben/")
    )


def test_of_two_clicks_the_second_finds_nobody(house, owner, author):
    heir = factories.make_member(house, Role.AUTHOR, name="Theo Tutor")
    hand_over(author, house, heir, by=owner)
    with pytest.raises(NotInTeam):
        hand_over(author, house, heir, by=owner)
    assert len(recorded("member.handed_over")) == 1
