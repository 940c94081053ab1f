"""What no browser sends to Wagtail's views is refused in front of them, not answered with 500."""

import pytest
from django.core.exceptions import BadRequest
from django.core.paginator import EmptyPage
from django.http import Http404
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDictKeyError

from config.odd import whole_numbers

DESK = "/redaktion/pages/"
ODD = ["\0", "x", "-1", "9" * 25, "9" * 5000, "[]", "null", "1.5", "١", "1 OR 1=1"]


@pytest.fixture
def guard():
    return whole_numbers(lambda _request: None)


def asked(guard, data, *, method="get", path=DESK, **kwargs):
    request = getattr(RequestFactory(), method)(path, data)
    return guard.process_view(request, None, (), kwargs)


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize(
    "name", ["p", "childOf", "parent_page_id", "target_pages[]", "collection_id"]
)
def test_a_query_string_has_numbers_where_numbers_are_meant(guard, name, value):
    with pytest.raises(BadRequest):
        asked(guard, {name: value})


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize(
    "path",
    ["/redaktion/bulk/wagtailcore/page/delete/", "/redaktion/images/chooser/chosen-multiple/"],
)
def test_what_was_ticked_has_numbers(guard, path, value):
    with pytest.raises(BadRequest):
        asked(guard, {"id": ["1", value]}, path=path)


@pytest.mark.parametrize("value", [*ODD, "", "all"])
def test_what_the_api_looks_for_has_a_number(guard, value):
    with pytest.raises(BadRequest):
        asked(guard, {"id": value}, path="/redaktion/api/main/images/find/")


def test_it_is_found_by_that(guard):
    assert asked(guard, {"id": "7"}, path="/redaktion/api/main/images/find/") is None


@pytest.mark.parametrize("value", ODD[1:])
@pytest.mark.parametrize(
    "name", ["new_parent_page", "parent_page", "revision_id", "overwrite_revision_id"]
)
def test_so_has_a_form(guard, name, value):
    with pytest.raises(BadRequest):
        asked(guard, {name: value}, method="post")


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("name", ["pk", "object_id"])
def test_a_thing_without_a_number_is_not_there(guard, name, value):
    with pytest.raises(Http404):
        asked(guard, {}, **{name: value})


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_way_back_is_an_address(guard, method):
    with pytest.raises(BadRequest):
        asked(guard, {"next": "x"}, method=method)
    assert asked(guard, {"next": "/redaktion/pages/4/"}, method=method) is None


@pytest.mark.parametrize("name", ["goals-count", "body-0-value-3-order"])
def test_blocks_are_counted_in_numbers(guard, name):
    with pytest.raises(BadRequest):
        asked(guard, {name: "x"}, method="post")
    assert asked(guard, {name: "12"}, method="post") is None


def test_a_zero_byte_is_refused_whatever_the_name(guard):
    with pytest.raises(BadRequest):
        asked(guard, {"q": "a\0b"})


@pytest.mark.parametrize(
    "path",
    [
        *("/redaktion/medien/a%00b", "/konto/e-mail/zurueck/%00/", "/anbieter/%00/verwalten/"),
        *("/lernen/%00/1/anwesenheit/", "/kurse/%00/x/", "/z/%00"),
    ],
)
def test_an_address_with_a_zero_byte_leads_nowhere(client, db, path):
    """Before anybody looks for anything: the lens itself asks the database for a provider."""
    assert client.get(path).status_code == 404


def test_what_browsers_send_goes_through(guard):
    data = {"p": "2", "childOf": "", "q": "9e9", "ordering": "-title"}
    assert asked(guard, data, pk="17", object_id=3) is None
    for ticked in (["1", "17"], "all"):
        assert asked(guard, {"id": ticked}, path=f"{DESK}bulk/x/") is None
    assert asked(guard, {"id": "text-block"}, path="/redaktion/block-preview/") is None
    sent = {"new_parent_page": "4", "loaded_revision_id": "", "title": "x", "p": "x"}
    assert asked(guard, sent, method="post") is None


def test_other_houses_have_rules_of_their_own(guard):
    assert asked(guard, {"id": "x"}, path="/kurse/") is None


@pytest.mark.parametrize(
    ("raised", "said"), [(EmptyPage("none"), Http404), (MultiValueDictKeyError("url"), BadRequest)]
)
def test_what_a_view_says_about_pages_and_missing_fields_is_translated(guard, raised, said):
    request = RequestFactory().post(DESK)
    with pytest.raises(said):
        guard.process_exception(request, raised)
    assert request.gave_up


@pytest.mark.parametrize("fault", [ValueError("x"), KeyError("x"), IndexError("x")])
def test_every_other_error_stays_one(guard, fault):
    assert guard.process_exception(RequestFactory().get(DESK), fault) is None
    assert guard.process_exception(RequestFactory().get("/kurse/"), EmptyPage("x")) is None
