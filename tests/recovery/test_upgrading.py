"""An upgrade goes through, or the database is as it was before."""

import os

import psycopg
import pytest

from config.embedded.places import ROOT, CannotStart
from recovery import keys, restoring, saving, trial, upgrading
from tests.support import recovering

BREAKS = """
from django.db import migrations
class Migration(migrations.Migration):
    dependencies = [("outbox", "{after}")]
    atomic = False
    operations = [
        migrations.RunSQL("CREATE TABLE outbox_half (id int REFERENCES providers_provider)"),
        migrations.RunSQL("UPDATE accounts_user SET name = 'Niemand'"),
        migrations.RunSQL("ALTER TABLE outbox_outgoingmail DROP COLUMN fault"),
        migrations.RunSQL("{last}"),
    ]
"""


def quiet(_line: str) -> None:
    pass


@pytest.fixture(scope="module")
def place(tmp_path_factory, django_db_setup):
    with recovering.city(tmp_path_factory, "upgrading") as found:
        yield found


@pytest.fixture
def tomorrow(monkeypatch, tmp_path):
    """A version with one more migration; `last` is what it ends with. Its file lies beside the code, not in it."""

    def make(last):
        folder = tmp_path / "later"
        folder.mkdir()
        (folder / "__init__.py").write_text("")
        for known in (ROOT / "outbox" / "migrations").glob("0*.py"):
            (folder / known.name).symlink_to(known)
        newest = max(path.stem for path in folder.glob("0*.py"))
        (folder / "9999_tomorrow.py").write_text(BREAKS.format(after=newest, last=last))
        (tmp_path / "later_settings.py").write_text(
            "from config.settings import *\nMIGRATION_MODULES = {'outbox': 'later'}\n"
        )
        monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{ROOT}")
        monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "later_settings")

    return make


def test_a_migration_that_fails_half_way_leaves_the_database_as_it_was(place, tomorrow):
    before = recovering.rows_of(place.urls.owner), recovering.shape_of(place.urls.owner)
    said = []
    tomorrow("SELECT 1 / 0")
    with pytest.raises(CannotStart) as wrong:
        upgrading.upgrade(place, say=said.append)
    assert recovering.rows_of(place.urls.owner) == before[0]
    assert recovering.shape_of(place.urls.owner) == before[1]
    path = saving.all_backups(saving.folder_of(place.var))[-1]
    assert "division by zero" in str(wrong.value)
    assert str(wrong.value).endswith(
        "The database is as it was before; put the former version of Lernstadt back and start it. "
        f"The backup stays: {path}"
    )
    assert said[-1] == "That went wrong. Going back to the database of before …"


def test_a_schema_that_migrates_but_does_not_hold_goes_back(place, tomorrow):
    """A migration that leaves a wall open is no success."""
    before = recovering.shape_of(place.urls.owner)
    tomorrow("ALTER TABLE certificates_certificate DISABLE ROW LEVEL SECURITY")
    with pytest.raises(CannotStart) as wrong:
        upgrading.upgrade(place, say=quiet)
    assert "The walls of certificates_certificate are switched off." in str(wrong.value)
    assert recovering.shape_of(place.urls.owner) == before


def test_an_older_backup_is_brought_up_to_this_version(place, tomorrow, tmp_path):
    path = saving.backup(place, say=quiet).path
    tomorrow("SELECT 1")
    restoring.known_migrations.cache_clear()
    opened_by = keys.identities(keys.identity_file(place.var))
    said = []
    with trial.serving(tmp_path / "new") as target:
        done = restoring.restore(path, opened_by, target, say=said.append)
        with psycopg.connect(done.place.urls.owner) as line:
            found = line.execute("SELECT DISTINCT name FROM accounts_user").fetchall()
    restoring.known_migrations.cache_clear()
    assert done.newer == 1
    assert found == [("Niemand",)]
    assert said[-1] == "The backup is from 0.1.0: 1 later migrations were applied."


def test_an_upgrade_says_what_it_did(place, tomorrow):
    tomorrow("SELECT 1")
    done = upgrading.upgrade(place, say=quiet)
    assert done.migrations == ["outbox.9999_tomorrow"]
    assert done.backup.exists()
    with psycopg.connect(place.urls.owner) as line:
        assert line.execute("SELECT DISTINCT name FROM accounts_user").fetchall() == [("Niemand",)]
