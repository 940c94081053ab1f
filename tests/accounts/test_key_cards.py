"""Key cards: an account without an address. Made once, of its words only a slow hash is kept, replaced, voided, claimed."""

import uuid

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, connection, transaction

from accounts import actions
from accounts.actions import close_account, make_cards, open_card, replace_card, settle_claim
from accounts.models import KeyCard, User
from tenancy.lens import learner, look, public, staff, system
from tests import factories
from tests.factories.key_cards import make_card, now
from tests.support.records import recorded, signed_in


@pytest.fixture
def tutor(house):
    return factories.make_member(house, "tutor", name="Petra Lang")


@pytest.fixture
def made(house, tutor):
    return make_card(house, by=tutor)


def opened(made, **changed):
    written = made.written._replace(**changed)
    return open_card(written.number, written.words.split())


def test_a_card_makes_an_account_that_has_no_address_and_no_password(made):
    with look(system("test")):
        person = User.objects.get(pk=made.card.account_id)
    assert (person.email, person.name, person.pseudonym, str(person)) == (
        *(None, ""),
        *("Margarete H.", "Margarete H."),
    )
    assert not person.has_usable_password()


def test_only_a_slow_hash_of_the_words_is_kept(made):
    card = now(made)
    assert check_password(made.written.words, card.words)
    with connection.cursor() as cursor, look(system("test")):
        cursor.execute("SELECT c::text || u::text FROM accounts_keycard c, accounts_user u")
        rows = "".join(row for (row,) in cursor.fetchall())
    assert [word for word in made.written.words.split() if f'"{word}' in rows] == []


def test_the_same_page_sent_twice_makes_no_card_twice(house, tutor):
    form = uuid.uuid4()
    first = make_cards(house.pk, ["Anna", "Berta"], by=tutor, form=form)
    with pytest.raises(actions.MadeTwice):
        make_cards(house.pk, ["Anna", "Berta"], by=tutor, form=form)
    with look(system("test")):
        assert KeyCard.objects.filter(form=form).count() == len(first) == 2
        assert User.objects.filter(pseudonym="Anna").count() == 1


def test_number_and_words_lead_to_the_account(made):
    answer = opened(made)
    assert (answer.person.pk, answer.why) == (made.card.account_id, "")
    assert now(made).used_at is not None


def test_a_new_card_voids_the_old_one_and_ends_its_sessions(house, tutor, made):
    browser = signed_in(made.card.account)
    again = replace_card(made.card, by=tutor)
    assert browser.get("/konto/").status_code == 302
    assert (opened(made).person, opened(made).why) == (None, "void")
    assert opened(again).person.pk == made.card.account_id
    assert again.written.number != made.written.number
    with pytest.raises(actions.OtherCard):  # of two who replace it at once the second
        replace_card(made.card, by=tutor)


def test_a_card_that_was_voided_opens_nothing(tutor, made):
    actions.void_card(made.card, by=tutor)
    assert (opened(made).person, opened(made).why) == (None, "void")
    assert now(made).voided_why == "lost"


def test_a_claimed_account_gets_no_new_card_from_a_helper(tutor, made):
    person = made.card.account_id
    with look(system("test")):
        address = EmailAddress.objects.create(
            user_id=person, email="grete@example.org", verified=True, primary=True
        )
    settle_claim(person)
    with pytest.raises(actions.ClaimedCard):
        replace_card(made.card, by=tutor)
    assert opened(made).person.pk == person  # their own card still opens their own account
    with look(system("test")):
        address.delete()
    settle_claim(person)
    assert now(made).claimed_at is None


def test_she_voids_her_card_herself_once_she_has_another_way_in(made):
    with pytest.raises(actions.CannotVoid):
        actions.void_own_card(made.card.account)
    with look(system("test")):
        EmailAddress.objects.create(user=made.card.account, email="g@example.org", verified=True)
    settle_claim(made.card.account_id)
    actions.void_own_card(made.card.account)
    actions.void_own_card(made.card.account)  # a second click
    assert (now(made).voided_why, opened(made).why) == ("claimed", "void")


def test_a_closed_account_takes_its_cards_along(made):
    close_account(made.card.account)
    assert (opened(made).person, opened(made).why) == (None, "wrong")
    with look(system("test")):
        assert not KeyCard.objects.exists()


def test_the_record_says_who_made_how_many_and_no_words(house, tutor, made):
    again = replace_card(made.card, by=tutor)
    actions.void_card(again.card, by=tutor)
    lines = recorded("card.made", "card.replaced", "card.voided")
    assert [(line.who, line.action, line.on, line.details) for line in lines] == [
        ("Petra Lang", "card.made", "", {"count": 1}),
        ("Petra Lang", "card.replaced", "Margarete H.", {}),
        ("Petra Lang", "card.voided", "Margarete H.", {}),
    ]


def test_one_account_has_one_good_card(made):
    with look(system("test")), pytest.raises(IntegrityError), transaction.atomic():
        KeyCard.objects.create(
            account=made.card.account, provider_id=1, name="x", number="AAAAAA", made_by_id=1
        )


@pytest.mark.parametrize(
    ("lens", "sees"),
    [
        ("nobody", False),
        ("herself", True),
        ("another learner", False),
        ("her helper", True),
        ("a helper next door", False),
        ("an author of the house", False),
    ],
)
def test_the_wall_shows_a_card_to_its_holder_and_her_helpers(house, made, lens, sees):
    door = {
        "nobody": public,
        "herself": learner(made.card.account_id),
        "another learner": learner(made.card.account_id + 1),
        "her helper": staff([], tutored=[house.pk], actor=1),
        "a helper next door": staff([], tutored=[factories.make_provider("nachbar").pk], actor=1),
        "an author of the house": staff([house.pk], actor=1),
    }[lens]
    with look(door):
        assert KeyCard.objects.filter(pk=made.card.pk).exists() is sees
        assert KeyCard.objects.filter(pk=made.card.pk).update(name="anders") == 0


def test_a_helper_sees_no_account_behind_her_cards(house, made):
    with look(staff([], tutored=[house.pk], actor=1)):
        assert not User.objects.filter(pk=made.card.account_id).exists()
