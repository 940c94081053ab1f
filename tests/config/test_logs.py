"""What the logs say: doors and causes, no numbers, keys or rows. The crawl (isolation/) asks the same of every door."""

import logging

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.urls import resolve

from accounts.models import User
from config import logs
from tests import factories


def said(record):
    console = django_settings.LOGGING["formatters"]["line"]
    assert logs.DoorsOnly().filter(record)
    return logs.WithoutRows(console["format"], style=console["style"]).format(record)


def record_of(path, *, door=""):
    request = RequestFactory().get(path)
    if door:
        request.resolver_match = resolve(door)
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", path), None)  # fmt: skip
    record.request = request
    return record


def test_an_address_is_said_as_its_pattern():
    path = "/z/7KQ4-M2RD-9XVH-3TNA"
    assert said(record_of(path, door=path)) == "WARNING django.request: Not Found: /^z/(?P<token>[^/.]{1,40})/?$"  # fmt: skip
    assert said(record_of("/anna@example.org/")) == "WARNING django.request: Not Found: (no door)"


def test_a_traceback_repeats_no_row(db):
    known = factories.make_user(email="anna@example.org")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        User(email=known.email).save(force_insert=True)
    exc = (refused.type, refused.value, refused.tb)
    record = logging.LogRecord("x", logging.ERROR, "", 0, "Internal Server Error", (), exc)
    text = said(record)
    assert "IntegrityError" in text
    assert "anna@example.org" not in text
