"""What the embedded set-up remembers: made once, lost never, and the public address only after a start that succeeded."""

import base64

import pytest

from config.embedded import settings_file
from config.embedded.places import CannotStart

HOME = "http://localhost:8000"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in settings_file.KEYS:
        monkeypatch.delenv(name, raising=False)


def sentence(wrong: pytest.ExceptionInfo[CannotStart]) -> str:
    text = str(wrong.value)
    assert "\n" not in text
    return text


def test_settings_are_made_once_and_only_for_us(tmp_path):
    first = settings_file.ensure(tmp_path, HOME)
    settings_file.fix(tmp_path)
    again = settings_file.ensure(tmp_path, "http://localhost:9000")
    assert again == first
    assert first["PUBLIC_URL"] == HOME
    assert (tmp_path / "settings.env").stat().st_mode & 0o777 == 0o600
    assert len(base64.urlsafe_b64decode(first["KEY_ENCRYPTION_KEY"])) == 32
    assert sorted(path.name for path in tmp_path.iterdir()) == ["settings.env"]


def test_two_cities_have_different_keys(tmp_path):
    one, other = (settings_file.ensure(tmp_path / name, HOME) for name in ("one", "other"))
    assert [key for key in ("SECRET_KEY", "KEY_ENCRYPTION_KEY") if one[key] == other[key]] == []


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    kept = settings_file.ensure(tmp_path, HOME)
    settings_file.fix(tmp_path)
    monkeypatch.setenv("PUBLIC_URL", "https://lernen.example.org")
    assert settings_file.ensure(tmp_path, HOME) == kept | {
        "PUBLIC_URL": "https://lernen.example.org"
    }
    monkeypatch.delenv("PUBLIC_URL")
    assert settings_file.read(tmp_path) == kept


def test_a_public_address_given_at_the_first_start_is_remembered(tmp_path, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://lernen.example.org")
    settings_file.ensure(tmp_path, HOME)
    monkeypatch.delenv("PUBLIC_URL")
    assert settings_file.read(tmp_path)["PUBLIC_URL"] == "https://lernen.example.org"


def test_the_address_is_open_until_a_start_has_succeeded(tmp_path):
    """Anyone who meets a taken port and chooses another must not have certificates with the first one for ever."""
    first = settings_file.ensure(tmp_path, HOME)
    other = "http://localhost:9000"
    assert settings_file.ensure(tmp_path, other) == first | {"PUBLIC_URL": other}
    settings_file.fix(tmp_path)
    assert settings_file.ensure(tmp_path, HOME)["PUBLIC_URL"] == other
    assert (tmp_path / "settings.env").stat().st_mode & 0o777 == 0o600


def test_a_lost_key_is_never_replaced(tmp_path):
    """A new one would make every signing key unreadable."""
    path = tmp_path / "settings.env"
    path.write_text(f"SECRET_KEY=x\nPUBLIC_URL={HOME}\n")
    with pytest.raises(CannotStart) as wrong:
        settings_file.ensure(tmp_path, HOME)
    assert sentence(wrong) == (
        f"{path} lacks KEY_ENCRYPTION_KEY: put it back from a copy, or start anew with `./dev reset`."
    )
    assert path.read_text() == f"SECRET_KEY=x\nPUBLIC_URL={HOME}\n"
