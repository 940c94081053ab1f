"""Valkey may go: reading, signing in and limits go on from each process's memory, nobody waits, and all know when it is back."""

import os
import signal
import time

import pytest
from django.core.cache.backends.locmem import LocMemCache

from accounts import limits
from config import cache as module
from config.cache import ValkeyCache
from config.embedded.valkey import Valkey
from config.once import once
from tenancy import public_page

OPTIONS = {"OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}}


@pytest.fixture
def valkey(tmp_path_factory):
    server = Valkey(tmp_path_factory.mktemp("v"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def cache(valkey, monkeypatch):
    monkeypatch.setattr(module, "PAUSE", 0.05)
    cache = ValkeyCache(valkey.url.replace("redis+socket://", "unix://"), OPTIONS)
    yield cache
    cache._memory.clear()
    cache._cache._kept.connection_pool.disconnect()


def wait():
    time.sleep(module.PAUSE + 0.01)


def everything(cache):
    """One of each kind of question."""
    cache.set("a", 1, 60)
    cache.set_many({"b": 2, "c": 3})
    cache.delete_many(["c"])
    return (
        *(cache.get("a"), cache.add("a", 9), cache.add("d", 4), cache.incr("d"), cache.touch("d", 60)),
        *(cache.get_many(["a", "b", "c"]), cache.has_key("b"), cache.delete("b"), cache.get("b", "none")),
    )  # fmt: skip


def test_it_answers_the_same_without_valkey(cache, valkey):
    with_it = everything(cache)
    valkey.stop()
    assert everything(cache) == with_it
    assert cache.alone


def test_it_comes_back_and_forgets_what_it_knew_alone(cache, valkey, caplog):
    cache.set("a", "shared", 60)
    valkey.stop()
    cache.set("a", "alone", 60)
    assert cache.get("a") == "alone"
    valkey.start()
    wait()
    assert cache.get("a") == "shared"
    assert not cache.alone
    assert cache._memory.get("a") is None
    assert [record.getMessage().partition("(")[0].strip() for record in caplog.records] == [
        "Valkey does not answer",
        "Valkey answers again",
    ]


def test_a_valkey_that_hangs_is_waited_for_once(cache, valkey, monkeypatch):
    monkeypatch.setattr(module, "PAUSE", 30)
    os.kill(valkey.process.pid, signal.SIGSTOP)
    try:
        asked = []
        real = cache._leave
        monkeypatch.setattr(cache, "_leave", lambda wrong: (asked.append(wrong), real(wrong)))
        assert [cache.get(str(n)) for n in range(20)] == [None] * 20
        assert len(asked) == 1
    finally:
        os.kill(valkey.process.pid, signal.SIGCONT)


def test_limits_hold_in_memory(valkey, settings, monkeypatch):
    settings.LIMITS_STORAGE = valkey.url.replace("redis+socket://", "redis+unix://")
    settings.LIMITS = {"search": "2/minute"}
    for kept in (limits.storage, limits._limiter, limits._in_memory):
        kept.cache_clear()
    monkeypatch.setitem(limits._gone, "until", 0.0)
    try:
        assert [limits.allowed("search", "here") for _ in range(3)] == [True, True, False]
        valkey.stop()
        assert [limits.allowed("search", "here") for _ in range(3)] == [True, True, False]
        assert limits.allowed("search", "there")
    finally:
        limits.storage().storage.connection_pool.disconnect()
        for kept in (limits.storage, limits._limiter, limits._in_memory):
            kept.cache_clear()


class Alone(LocMemCache):
    alone = False


@pytest.fixture
def pages(monkeypatch):
    shared = Alone("pages-of-test", {})
    monkeypatch.setattr(public_page, "cache", shared)
    monkeypatch.setattr(public_page, "_seen", {"version": None, "until": 0.0, "alone": False})
    monkeypatch.setattr(public_page, "TRUST", -1.0)
    yield shared
    shared.clear()


def test_alone_no_page_is_trusted_for_long(pages, monkeypatch):
    monkeypatch.setattr(public_page, "TRUST_ALONE", 0.02)
    pages.alone = True
    first = public_page._version()
    time.sleep(0.03)
    assert public_page._version() != first


def test_after_it_every_page_is_made_anew(pages):
    """Another process may have printed something and could not say so."""
    before = public_page._version()
    pages.alone = True
    public_page._version()
    pages.alone = False
    after = public_page._version()
    assert after != before
    assert public_page._version() == after


def test_a_click_is_the_same_click_in_the_process_that_saw_it(cache, valkey, monkeypatch, settings, rf):  # fmt: skip
    from django.http import HttpResponseRedirect

    settings.SAME_CLICK = 10
    monkeypatch.setattr("config.once.cache", cache)
    valkey.stop()
    asked = []

    def desk(request):
        asked.append(request)
        return HttpResponseRedirect("/redaktion/1/")

    for _ in range(2):
        request = rf.post("/redaktion/kurse/1/archiv/", {"act": "archive"})
        request.COOKIES["lernstadt"] = "anna"
        assert once(desk)(request)["Location"] == "/redaktion/1/"
    assert len(asked) == 1
