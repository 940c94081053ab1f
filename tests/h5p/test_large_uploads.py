"""A large package passes through in pieces: what is in memory does not grow with it."""

import tracemalloc

import pytest
from django.test import Client
from django.urls import reverse

from h5p.models import Upload
from tenancy.lens import look, system

SIZE = 48 << 20  # bytes
MOST = 6 << 20  # bytes of memory; a package of 300 MB needs no more
BORDER = b"border"
HEAD = (
    b"--border\r\n"
    b'Content-Disposition: form-data; name="file"; filename="film.h5p"\r\n'
    b"Content-Type: application/octet-stream\r\n\r\n"
)
TAIL = b"\r\n--border--\r\n"


class Sending:
    """The body of a form as it comes from a network: `size` bytes of a file, made while they are read."""

    def __init__(self, size):
        self.left, self.head, self.tail = size, HEAD, TAIL
        self.length = size + len(HEAD) + len(TAIL)

    def read(self, most=-1):
        most = self.length if most is None or most < 0 else most
        piece, self.head = self.head[:most], self.head[most:]
        middle = min(most - len(piece), self.left)
        piece, self.left = piece + b"x" * middle, self.left - middle
        end = most - len(piece)
        piece, self.tail = piece + self.tail[:end], self.tail[end:]
        return piece

    readline = read  # WSGI asks that there is one


def post(client, address, body):
    return client.request(
        **{
            "REQUEST_METHOD": "POST",
            "PATH_INFO": address,
            "CONTENT_TYPE": f"multipart/form-data; boundary={BORDER.decode()}",
            "CONTENT_LENGTH": str(body.length),
            "wsgi.input": body,
        }
    )


@pytest.mark.parametrize("door", ["h5p_office:list", "activities:upload"])
def test_memory_does_not_grow_with_a_package(door, owner, request):
    sender = request.getfixturevalue("office") if door == "h5p_office:list" else Client()
    if door == "activities:upload":
        sender.force_login(owner)
    sender.get(reverse(door))  # templates and the like are loaded once
    tracemalloc.start()
    answer = post(sender, reverse(door), Sending(SIZE))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.status_code == 302
    with look(system("test")):
        assert [one.size for one in Upload.objects.all()] == [SIZE]
    assert peak < MOST
