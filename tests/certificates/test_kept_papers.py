"""Sealed papers are files of a day, not of the memory of Valkey."""

import os
import subprocess
import sys
import time

import pytest
from django.core.cache import caches

from certificates import tasks
from certificates.paper import sealed
from config.embedded.places import ROOT
from tests import factories
from tests.support.holders import issue

DAY = 24 * 60 * 60
FILES = "django.core.cache.backends.filebased.FileBasedCache"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PAPERS = tmp_path / "papers"
    kept = {"BACKEND": FILES, "LOCATION": settings.PAPERS, "TIMEOUT": DAY}
    settings.CACHES = settings.CACHES | {"papers": kept}
    return settings.PAPERS


def files(folder):
    return [*folder.glob("*")]


def test_a_paper_is_a_file_that_only_the_platform_reads(db, folder, monkeypatch):
    token = issue(factories.make_provider("haus")).certificate.token_hash
    made = tasks.make_paper(token, "de")
    [file] = files(folder)
    assert (file.stat().st_mode & 0o077, folder.stat().st_mode & 0o077) == (0, 0)
    monkeypatch.setattr(sealed, "make", None)  # it is not made again
    assert tasks.make_paper(token, "de") == made


def test_where_it_is_installed_papers_are_files():
    """Asked where no test has changed the settings."""
    code = "from django.core.cache import caches; print(type(caches['papers']).__name__, end='')"
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "FileBasedCache"


def test_what_is_too_old_goes_though_nobody_asks(folder):
    papers = caches["papers"]
    papers.set("old", b"1")
    [old] = files(folder)
    papers.set("new", b"2")
    os.utime(old, (time.time() - DAY - 60,) * 2)
    assert (tasks.forget_papers(), tasks.forget_papers()) == (1, 0)
    assert (papers.get("old"), papers.get("new")) == (None, b"2")


def test_without_a_folder_there_is_nothing_to_forget():
    assert tasks.forget_papers() == 0
