"""What was saved comes back: table by table, file by file, into an empty place only, and damaged archives change nothing."""

import json
import os
import resource
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import psycopg
import pyrage
import pytest
from django.core.management import call_command

from config.embedded.places import ROOT, CannotStart
from config.embedded.roles import Urls, furnish
from recovery import (
    archive,
    database,
    keys,
    programs,
    remembered,
    restoring,
    saving,
    trial,
)
from tests.support import recovering
from tests.support.databases import at


def quiet(_line: str) -> None:
    pass


@pytest.fixture(scope="module")
def place(tmp_path_factory, django_db_setup):
    with recovering.city(tmp_path_factory, "recovery") as found:
        yield found


@pytest.fixture(scope="module")
def saved(place):
    return saving.backup(place, say=quiet)


def identities(place):
    return keys.identities(keys.identity_file(place.var))


def test_a_city_comes_back_elsewhere_as_it_was(place, saved, tmp_path):
    before = recovering.rows_of(place.urls.owner), recovering.shape_of(place.urls.owner)
    with trial.serving(tmp_path / "new") as target:
        done = restoring.restore(saved.path, identities(place), target, say=quiet)
        urls = done.place.urls
        assert recovering.rows_of(urls.owner) == before[0]
        assert recovering.shape_of(urls.owner) == before[1]
    assert recovering.files_of(done.place.media) == recovering.files_of(place.media)
    assert len(recovering.files_of(place.media)) == saved.files >= 2
    assert done.place.settings == place.settings
    assert (tmp_path / "new" / "settings.env").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "new" / "restoring").exists()


def tried(path, place, tmp_path, *, opened_by=None):
    opened_by = opened_by or identities(place)
    with pytest.raises(CannotStart) as wrong, trial.serving(tmp_path / "new") as target:
        restoring.restore(path, opened_by, target, say=quiet)
    return str(wrong.value)


def is_untouched(folder):
    return not folder.exists() or not any(folder.iterdir())


@pytest.mark.parametrize("where", [0.2, 0.5, 0.999])
def test_a_flipped_bit_is_refused_and_changes_nothing(place, saved, tmp_path, where):
    content = bytearray(saved.path.read_bytes())
    content[int(len(content) * where)] ^= 1
    damaged = tmp_path / "damaged.tar.age"
    damaged.write_bytes(content)
    said = tried(damaged, place, tmp_path)
    assert said == (
        f"{damaged} is damaged or no backup of Lernstadt: nothing was restored. Take another one."
    )
    assert is_untouched(tmp_path / "new")


@pytest.mark.parametrize("size", [0, 100, 2**16 + 200])
def test_half_an_archive_is_refused(place, saved, tmp_path, size):
    half = tmp_path / "half.tar.age"
    half.write_bytes(saved.path.read_bytes()[:size])
    assert "is damaged or no backup" in tried(half, place, tmp_path)
    assert is_untouched(tmp_path / "new")


def test_an_archive_that_its_manifest_does_not_name_is_refused(place, tmp_path):
    """Well encrypted, but a member is missing in the manifest: somebody has put it together."""
    path = tmp_path / "made.tar.age"
    with archive.writing(path, keys.recipients(place.var, quiet)) as writer:
        writer.add_json(archive.HEAD, {"format": 1})
        writer.add("media/a", b"a")
        writer.members.pop()
    assert "is damaged or no backup" in tried(path, place, tmp_path)


def test_a_name_that_leads_outside_is_refused(tmp_path):
    with pytest.raises(CannotStart):
        restoring._write(tmp_path / "media" / ".." / ".." / "x", None, top=tmp_path / "media")


def test_another_key_opens_nothing(place, saved, tmp_path):
    keys.recipients(tmp_path, quiet)
    other = keys.identities(keys.identity_file(tmp_path))
    said = tried(saved.path, place, tmp_path, opened_by=other)
    assert said == f"This key does not open {saved.path}: name the right one with --identity FILE."


def test_a_second_key_opens_as_well(place, tmp_path, monkeypatch):
    keys.recipients(tmp_path / "boss", quiet)
    boss = keys.identities(keys.identity_file(tmp_path / "boss"))
    monkeypatch.setenv("BACKUP_RECIPIENTS", f" {boss[0].to_public()}, ")
    path = tmp_path / "a.tar.age"
    with archive.writing(path, keys.recipients(place.var, quiet)) as writer:
        writer.add_json(archive.HEAD, {"format": 1})
    assert archive.check(path, boss).head == {"format": 1}
    assert archive.check(path, identities(place)).head == {"format": 1}


def test_nothing_is_written_over(place, saved, tmp_path):
    for used, says in (
        ("settings.env", "settings.env"),
        ("media/a", "files"),
        ("postgres/data/x", "postgres/data"),
    ):
        var = tmp_path / used.replace("/", "-")
        (var / used).parent.mkdir(parents=True)
        (var / used).write_text("kept")
        with pytest.raises(CannotStart) as wrong:
            restoring.restore(
                saved.path,
                [],
                restoring.Target(var, lambda _names: pytest.fail("asked")),
                say=quiet,
            )
        assert says in str(wrong.value)
        assert "into an empty place" in str(wrong.value)
        assert [p.name for p in var.rglob("*") if p.is_file()] == [Path(used).name]


def test_a_used_database_is_refused(place, saved, tmp_path):
    before = recovering.rows_of(place.urls.owner)
    target = restoring.Target(tmp_path / "new", lambda _names: place.urls)
    with pytest.raises(CannotStart) as wrong:
        restoring.restore(saved.path, identities(place), target, say=quiet)
    assert str(wrong.value) == "The database has tables already: restore into an empty one."
    assert recovering.rows_of(place.urls.owner) == before
    assert is_untouched(tmp_path / "new")


def test_a_restore_that_fails_at_the_end_leaves_the_place_empty(
    place, saved, tmp_path, monkeypatch
):
    """Otherwise the next try would be refused, or somebody would start what is not whole."""

    def fails(_place):
        raise CannotStart("The certificate does not verify.")

    monkeypatch.setattr(restoring, "check_application", fails)
    assert tried(saved.path, place, tmp_path) == "The certificate does not verify."
    left = [path for path in (tmp_path / "new").rglob("*") if path.is_file()]
    assert left == []
    restoring.refuse_what_is_used(tmp_path / "new")


def test_an_interrupted_restore_is_never_started(tmp_path):
    (tmp_path / "restoring").write_text("")
    with pytest.raises(CannotStart) as wrong:
        restoring.refuse_what_is_used(tmp_path)
    assert str(wrong.value) == (
        f"A restore into {tmp_path} was interrupted: delete what it left (./dev reset), then restore again."
    )


def test_rows_that_are_missing_are_noticed(place, saved):
    head = archive.check(saved.path, identities(place)).head
    assert restoring.check_counts(place.urls, head) == saved.rows
    rows, walled, policies = head["tables"]["accounts_user"]
    for other in ([rows + 1, walled, policies], [rows, False, policies], [rows, walled, 0]):
        with pytest.raises(CannotStart) as wrong:
            restoring.check_counts(
                place.urls, head | {"tables": head["tables"] | {"accounts_user": other}}
            )
        assert str(wrong.value).startswith("The table accounts_user is not as it was: ")
    with pytest.raises(CannotStart) as wrong:
        restoring.check_counts(place.urls._replace(app=place.urls.owner), head)
    assert str(wrong.value) == (
        "The app's role is the owner of tables: the walls do not hold for it."
    )


def test_another_schema_is_refused(place):
    """Of a newer version, or of 0.1.0, before its migrations were written anew."""
    for version, last in (
        ("9.9", "courses.0999_of_tomorrow"),
        ("0.1.0", "courses.0020_words_of_law"),
    ):
        head = {"lernstadt": version, "migrations": ["courses.0001_initial", last]}
        with pytest.raises(CannotStart) as wrong:
            restoring.refuse_another_schema(head)
        assert str(wrong.value) == (
            f"The backup has tables this version does not know (Lernstadt {version}, {last}): "
            "install the version that made it and restore with that."
        )


SAVE = """
import sys
from pathlib import Path
from recovery import archive, keys
with archive.writing(Path(sys.argv[1]), keys.recipients(Path(sys.argv[2]), print)) as writer:
    for number in range(int(sys.argv[3])):
        writer.add(f"media/{number}", bytes(2**20))
        print("written", flush=True)
"""


def saving_elsewhere(tmp_path, megabytes, **how):
    command = [
        sys.executable,
        "-c",
        SAVE,
        str(tmp_path / "a.tar.age"),
        str(tmp_path / "var"),
        str(megabytes),
    ]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **how
    )


def test_killed_half_way_leaves_no_archive(tmp_path):
    with saving_elsewhere(tmp_path, 100_000) as process:
        for line in process.stdout:
            if line == "written\n" and (tmp_path / ".a.tar.age.part").stat().st_size > 2**20:
                break
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert not (tmp_path / "a.tar.age").exists()


def test_a_full_disk_leaves_nothing_half_made(tmp_path):
    def little():
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    with saving_elsewhere(tmp_path, 20, preexec_fn=little) as process:
        _out, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.splitlines()[-1] == "OSError: [Errno 27] File too large"
    assert [path.name for path in tmp_path.iterdir()] == ["var"]


def test_what_somebody_killed_has_left_is_cleared_and_so_many_stay(place, tmp_path, monkeypatch):
    monkeypatch.setenv("BACKUP_FOLDER", str(tmp_path / "backups"))
    (tmp_path / "backups").mkdir()
    for name in (
        "lernstadt-2020-01-01-000000.tar.age",
        "lernstadt-2020-01-02-000000.tar.age",
        ".lernstadt-x.tar.age.part",
        "mine.txt",
    ):
        (tmp_path / "backups" / name).write_text("old")
    made = saving.backup(place, keep=2, say=quiet)
    left = sorted(path.name for path in (tmp_path / "backups").iterdir())
    assert left == ["lernstadt-2020-01-02-000000.tar.age", made.path.name, "mine.txt"]
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert not (place.media / saving.HELD).exists()


def test_a_file_deleted_meanwhile_is_in_the_backup(place, tmp_path, monkeypatch):
    """The snapshot names it; the desk deletes it before its turn comes."""
    plan = next(place.media.glob("documents/*/plan.txt"))
    content = plan.read_bytes()
    write = saving._write

    def delete_first(*given):
        plan.unlink()
        return write(*given)

    monkeypatch.setattr(saving, "_write", delete_first)
    made = saving.backup(place, tmp_path / "a.tar.age", say=quiet)
    names = [member.name for member in archive.check(made.path, identities(place)).members]
    plan.write_bytes(content)
    assert f"media/{plan.relative_to(place.media)}" in names


def test_a_backup_is_tried_and_remembered(place, saved):
    done = trial.restore_test(place.var, say=quiet)
    assert done.restored.files == saved.files
    last = remembered.last(place.var, "restore-test")
    assert (last.facts["good"], last.facts["path"]) == (True, str(trial.newest(place.var)))
    assert not [*(place.var / "recovery").glob("test-*")]


def test_a_try_that_fails_is_remembered(place, saved, tmp_path):
    bad = tmp_path / "bad.tar.age"
    bad.write_bytes(saved.path.read_bytes()[:-1])
    with pytest.raises(CannotStart):
        trial.restore_test(place.var, bad, say=quiet)
    assert remembered.last(place.var, "restore-test").facts["good"] is False


def test_it_opens_without_lernstadt(place, saved, tmp_path):
    """As docs/operating.md says: age, tar and PostgreSQL's own programs. Here pyrage stands in for age."""
    name = f"bare_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    owner = at(os.environ["DATABASE_OWNER_URL"], name)
    with (tmp_path / "a.tar").open("wb") as into, saved.path.open("rb") as file:
        pyrage.decrypt_io(file, into, identities(place))
    subprocess.run(["tar", "-xf", "a.tar"], cwd=tmp_path, check=True)
    pieces = b"".join(path.read_bytes() for path in sorted((tmp_path / "database").iterdir()))
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} OWNER owner")
        furnish(at(os.environ["DATABASE_ADMIN_URL"], name))
        try:
            program = programs.folder_for(database.major(admin)) / "pg_restore"
            subprocess.run(
                [program, "--no-owner", f"--dbname={owner}"],
                input=pieces,
                capture_output=True,
                check=False,
            )
            assert recovering.rows_of(owner) == recovering.rows_of(place.urls.owner)
            assert recovering.shape_of(owner) == recovering.shape_of(place.urls.owner)
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    assert recovering.files_of(tmp_path / "media") == recovering.files_of(place.media)
    assert json.loads((tmp_path / "settings.json").read_text()) == place.settings


@pytest.fixture
def own_database():
    """As an operator makes one: both roles, empty."""
    name = f"own_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} OWNER owner")
        furnish(at(os.environ["DATABASE_ADMIN_URL"], name))
        yield Urls(*(at(os.environ[role], name) for role in ("DATABASE_URL", "DATABASE_OWNER_URL")))
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_into_a_database_of_ones_own(place, saved, tmp_path, own_database):
    target = restoring.Target(tmp_path / "new", lambda _names: own_database)
    done = restoring.restore(saved.path, identities(place), target, say=quiet)
    assert (done.rows, done.files, done.newer) == (saved.rows, saved.files, 0)
    assert recovering.rows_of(own_database.owner) == recovering.rows_of(place.urls.owner)
    assert recovering.shape_of(own_database.owner) == recovering.shape_of(place.urls.owner)


def test_a_role_that_is_missing_is_named(own_database):
    with pytest.raises(CannotStart) as wrong:
        restoring._need_roles({"roles": ["owner", "fremd"]}, own_database)
    assert str(wrong.value) == (
        'The backup gives rights to the role "fremd": make it first, as superuser: CREATE ROLE "fremd";'
    )


def test_manage_backup_says_what_is_in_it(place, saved, tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", place.urls.app)
    monkeypatch.setenv("DATABASE_OWNER_URL", place.urls.owner)
    monkeypatch.setenv("LERNSTADT_VAR", str(place.var))
    path, out = tmp_path / "a.tar.age", StringIO()
    call_command("backup", str(path), stdout=out, stderr=StringIO())
    size = path.stat().st_size
    assert out.getvalue() == f"{path}: {saved.rows} rows, {saved.files} files, {size} bytes.\n"
    assert archive.check(path, identities(place)).head["public_url"] == "http://localhost:8000"
