"""Files of printed editions, as they are served: whole or in parts, and what they say of themselves."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

RANGES = [
    ("", 200, b"0123456789", None),
    ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
    ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
    ("bytes=-3", 206, b"789", "bytes 7-9/10"),
    ("bytes=-99", 200, b"0123456789", None),
    ("bytes=10-", 416, b"", "bytes */10"),
    ("bytes=-0", 416, b"", "bytes */10"),
    ("bytes=5-2", 416, b"", "bytes */10"),
    ("bytes=0-1,3-4", 200, b"0123456789", None),  # several parts: the whole file is an answer, too
    ("seconds=0-3", 200, b"0123456789", None),
]


@pytest.mark.parametrize(("wanted", "status", "content", "says"), RANGES)
def test_parts_of_a_file_are_served(client, db, wanted, status, content, says):
    name = default_storage.save(f"druck/{'0' * 40}.mp4", ContentFile(b"0123456789"))
    answer = client.get(f"/{name}", headers={"Range": wanted})
    got = (answer.status_code, answer.getvalue(), answer.headers.get("Content-Range"))
    assert got == (status, content, says)
    if status != 416:
        assert answer.headers["Content-Length"] == str(len(content))


@pytest.mark.parametrize("letters", ["utf-8", "windows-1252", "utf-16"])
def test_a_text_says_how_its_letters_are_written(client, db, letters):
    content = "Größe; Preis in €\n".encode(letters)
    name = default_storage.save(f"druck/{'1' * 40}.txt", ContentFile(content))
    answer = client.get(f"/{name}")
    assert answer.headers["Content-Type"] == f"text/plain; charset={letters}"
    assert answer.getvalue() == content


@pytest.mark.parametrize("name", ["0" * 40 + ".mp4", "../manage.py", "x.png", "0" * 40])
def test_no_other_file_is_served(client, db, name):
    assert client.get(f"/druck/{name}").status_code == 404
