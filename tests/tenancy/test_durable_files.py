"""A file is there whole or not at all, and what is there is what its name says."""

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses.press import files
from courses.queries.loose_ends import loose_ends
from courses.tasks import forget_files
from h5p_lite import blobs
from tenancy import contents
from tenancy.lens import look, system
from tenancy.storage import WAITING


class Torn(ContentFile):
    """As from a disk that is full, or a sender who goes away."""

    def chunks(self, chunk_size=None):
        yield b"half of "
        raise OSError(28, "No space left on device")


def read(name):
    return Path(default_storage.path(name)).read_bytes()


def names(folder):
    return default_storage.listdir(folder)[1] if default_storage.exists(folder) else []


def damage(name):
    """What a crash left of it in a release that wrote in place; a new process has looked at nothing yet."""
    path = Path(default_storage.path(name))
    path.write_bytes(path.read_bytes()[:3])
    contents._whole.clear()


@pytest.fixture(autouse=True)
def new_process():
    contents._whole.clear()


def test_what_could_not_be_written_leaves_nothing_behind():
    for write in (default_storage.save, default_storage.put):
        with pytest.raises(OSError, match="No space"):
            write("documents/plan.txt", Torn(b""))
    assert (names("documents"), names(WAITING)) == ([], [])


def test_the_former_file_stays_until_the_new_one_is_whole():
    default_storage.put("druck/a.txt", ContentFile(b"former"))
    with pytest.raises(OSError, match="No space"):
        default_storage.put("druck/a.txt", Torn(b""))
    assert read("druck/a.txt") == b"former"


def test_file_and_folders_are_on_the_disk_before_the_name_is_told(monkeypatch):
    synced = []
    real = os.fsync

    def fsync(handle):
        synced.append(Path(f"/proc/self/fd/{handle}").readlink())
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    saved = default_storage.save("documents/neu/plan.txt", ContentFile(b"whole"))
    top = Path(default_storage.path(""))
    told = [path.relative_to(top) for path in synced]
    assert told[0].parent == Path(WAITING)
    assert told[1:] == [Path(saved).parent, *Path(saved).parent.parents]
    assert read(saved) == b"whole"
    assert names(WAITING) == []


def test_two_uploads_of_one_name_are_two_files():
    first, second = (default_storage.save("documents/x.txt", ContentFile(text)) for text in (b"1", b"2"))  # fmt: skip
    assert first != second
    assert [read(name) for name in (first, second)] == [b"1", b"2"]


@pytest.mark.parametrize("kind", ["print", "activity"])
def test_a_damaged_file_is_written_again_when_it_is_kept_again(kind):
    def keep():
        if kind == "print":
            return files.keep(b"a long handout", ".txt").url.strip("/")
        return blobs.path_of(blobs.keep_bytes(b"a long handout").sha256)

    name = keep()
    damage(name)
    assert keep() == name
    assert read(name) == b"a long handout"


def test_what_is_known_is_read_once_per_process(monkeypatch):
    blob = blobs.keep_bytes(b"known")
    monkeypatch.setattr(contents, "digest_of", lambda name: pytest.fail("read again"))
    blobs.keep_known(blob.sha256, lambda into: pytest.fail("written again"))


def test_a_file_that_has_gone_is_written_again_by_the_same_process():
    name = blobs.path_of(blobs.keep_bytes(b"gone").sha256)
    default_storage.delete(name)
    blobs.keep_bytes(b"gone")
    assert default_storage.exists(name)


def test_every_night_damaged_files_are_named(db):
    printed = files.keep(b"a handout", ".txt").url.strip("/")
    activity = blobs.path_of(blobs.keep_bytes(b"a picture").sha256)
    damage(printed)
    damage(activity)
    with look(system("test")):
        assert loose_ends().damages == sorted([printed, activity])


def test_files_without_owners_are_deleted_after_a_day_and_named_before(db, monkeypatch):
    lost = files.keep(b"of a preview", ".txt").url.strip("/")
    half = f"{WAITING}/killed"
    default_storage.put(half, ContentFile(b"half"))
    says = io.StringIO()
    with pytest.raises(CommandError):
        call_command("loose_ends", stdout=says)
    assert says.getvalue() == f"file  {lost}\n"
    assert forget_files() == 0
    assert default_storage.exists(lost)
    yesterday = (timezone.now() - timedelta(days=2)).timestamp()
    for name in (lost, half):
        os.utime(default_storage.path(name), (yesterday, yesterday))
    says = io.StringIO()
    call_command("loose_ends", delete=True, stdout=says)
    assert says.getvalue().splitlines()[:2] == [f"deleted  {lost}", f"deleted  {half}"]
    assert not default_storage.exists(lost)
    assert not default_storage.exists(half)
