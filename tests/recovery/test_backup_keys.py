"""Who opens a backup, which programs make it, and which settings are in it."""

import pytest
from pyrage import passphrase

from config.embedded.places import CannotStart
from recovery import keys, places, programs


def quiet(_line: str) -> None:
    pass


@pytest.mark.parametrize("as_text", [False, True])
def test_an_identity_locked_by_a_passphrase_opens_with_it(tmp_path, monkeypatch, as_text):
    keys.recipients(tmp_path, quiet)
    plain = keys.identity_file(tmp_path).read_bytes()
    locked = tmp_path / "locked.txt"
    locked.write_bytes(passphrase.encrypt(plain, "vier Worte und mehr", armored=as_text))
    with pytest.raises(CannotStart) as wrong:
        keys.identities(locked)
    assert "name a file that holds it in BACKUP_PASSPHRASE_FILE" in str(wrong.value)
    given = tmp_path / "words"
    monkeypatch.setenv("BACKUP_PASSPHRASE_FILE", str(given))
    given.write_text("falsch\n")
    with pytest.raises(CannotStart) as wrong:
        keys.identities(locked)
    assert str(wrong.value) == f"The passphrase in {given} does not open {locked}."
    given.write_text("vier Worte und mehr\n")
    assert [str(one) for one in keys.identities(locked)] == [
        str(one) for one in keys.identities(keys.identity_file(tmp_path))
    ]


@pytest.mark.parametrize("given", ["age1falsch", "ssh-ed25519 AAAA"])
def test_a_recipient_that_is_none_is_said(tmp_path, monkeypatch, given):
    monkeypatch.setenv("BACKUP_RECIPIENTS", given)
    with pytest.raises(CannotStart) as wrong:
        keys.recipients(tmp_path, quiet)
    assert (
        str(wrong.value) == "BACKUP_RECIPIENTS must name public keys (age1…), separated by commas."
    )


def test_the_first_backup_says_where_its_key_is(tmp_path):
    said = []
    keys.recipients(tmp_path, said.append)
    keys.recipients(tmp_path, said.append)
    [line] = said
    assert str(tmp_path / "recovery" / "identity.txt") in line
    assert (tmp_path / "recovery" / "identity.txt").stat().st_mode & 0o777 == 0o600


def test_programs_that_are_older_than_the_server_are_refused():
    with pytest.raises(CannotStart) as wrong:
        programs.folder_for(99)
    assert str(wrong.value).startswith(
        "The server is PostgreSQL 99, but the pg_dump of this machine is of another version ("
    )
    assert str(wrong.value).endswith("(on Debian: apt-get install postgresql-client-99).")


def test_settings_come_from_file_and_environment(tmp_path, monkeypatch):
    (tmp_path / "settings.env").write_text("SECRET_KEY=kept\nPUBLIC_URL=http://localhost:1\n")
    (tmp_path / "kek").write_text("from a mounted file\n")
    monkeypatch.setenv("PUBLIC_URL", "https://lernen.example.org")
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.setenv("EMAIL_HOST", "mail.example.org")
    monkeypatch.setenv("LIMIT_SEARCH", "1/minute")
    monkeypatch.setenv("KEY_ENCRYPTION_KEY_FILE", str(tmp_path / "kek"))
    found = places.settings_of(tmp_path)
    wanted = {
        "SECRET_KEY": "kept",
        "PUBLIC_URL": "https://lernen.example.org",
        "EMAIL_HOST": "mail.example.org",
        "LIMIT_SEARCH": "1/minute",
        "KEY_ENCRYPTION_KEY": "from a mounted file",
    }
    assert {name: found.get(name) for name in wanted} == wanted
    assert (
        set(found) & {"DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL", "LERNSTADT_VAR"} == set()
    )
