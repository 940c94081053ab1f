"""What a browser keeps of answers that could not be stored: reading and writing it, for every door that needs it.

With script it lies in sessionStorage (static/js/answers.js) and comes along in a field; without, in a cookie that only a
POST of their own sets and that ends with the browser. It shows them how far they are, and nothing in it is believed.
"""

import base64
import json
import re
import zlib
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from courses.queries.addresses import addresses_ever
from courses.quizzes import is_taken_back
from learning.actions import Unsaved

FIELD = COOKIE = "antworten"
MOST_COOKIE = 3600  # characters: browsers take 4,096 with name and attributes
MOST = 300_000  # characters of the field: what an activity reports is long
MOST_ANSWERS = 200
ADDRESS = re.compile(r"[-a-zA-Z0-9_]{1,160}/[-a-zA-Z0-9_]{1,160}")
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,255}")
ITEM = re.compile(r"[0-9a-f-]{36}")


def kept_in(request: HttpRequest, sent: object = None) -> list[Unsaved]:
    """Of both places, oldest first, the last answer to each question. What is not ours in it is left out.

    `sent`: what the script has sent, where that is no field of a form.
    """
    text = sent if isinstance(sent, str) else request.POST.get(FIELD, "")
    return latest(_unpacked(request.COOKIES.get(COOKIE, "")) + _parsed(text))


def kept_of(request: HttpRequest, address: str, sent: object = None) -> list[Unsaved]:
    """Those of the course at `address`, also where they were given at a former one. Asks only where others are kept."""
    kept = kept_in(request, sent)
    if all(each.address == address for each in kept):
        return kept
    here = addresses_ever(address)
    return [each for each in kept if each.address in here]


def remember(request: HttpRequest, response: HttpResponse, answer: Unsaved) -> None:
    """By the script, where it has sent the answer; otherwise by a cookie, from which the oldest fall out when it is full."""
    if request.htmx or FIELD in request.POST:
        response["Lernstadt-Keep"] = "right" if answer.right else "wrong"
        return
    kept = latest([*_unpacked(request.COOKIES.get(COOKIE, "")), answer])
    while len(packed := _packed(kept)) > MOST_COOKIE:
        kept = kept[1:]
    response.set_cookie(COOKIE, packed, samesite="Lax", secure=settings.HTTPS, httponly=True)


def saved(stored: int) -> str:
    """How it is said that so many answers went into an account."""
    says = ngettext(
        "Ihre Antwort ist jetzt gespeichert.",
        "Ihre %(count)s Antworten sind jetzt gespeichert.",
        stored,
    )
    return says % {"count": stored}


def forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def latest(answers: Iterable[Unsaved]) -> list[Unsaved]:
    """The last answer to each question, newest last; what was right once stays, as in an account, unless it was taken back."""
    last: dict[tuple[str, str], Unsaved] = {}
    for each in answers:
        former = last.pop(key := (each.address, each.item), None)
        stays = former and former.right and not each.right and not is_taken_back(each.given)
        last[key] = former if former and stays else each
    return list(last.values())[-MOST_ANSWERS:]


def _packed(answers: list[Unsaved]) -> str:
    text = json.dumps([each._asdict() for each in answers], separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()


def _unpacked(text: str) -> list[Unsaved]:
    with suppress(ValueError, zlib.error):
        raw = zlib.decompressobj().decompress(base64.urlsafe_b64decode(text), MOST)
        return _parsed(raw.decode())
    return []


def _parsed(text: str) -> list[Unsaved]:
    if not text or len(text) > MOST:
        return []
    try:
        parsed = json.loads(text)
        json.dumps(
            parsed, ensure_ascii=False
        ).encode()  # half of a surrogate pair is nothing we store
    except (ValueError, RecursionError):
        return []
    return [answer for each in parsed if (answer := _answer(each))] if _is(list, parsed) else []


def _is(kind: type, value: Any) -> bool:
    return isinstance(value, kind)


def _answer(raw: Any) -> Unsaved | None:
    if not _is(dict, raw):
        return None
    address, lesson, item = (raw.get(name) for name in ("address", "lesson", "item"))
    fields = ((ADDRESS, address), (SLUG, lesson), (ITEM, item))
    if not all(_is(str, text) and pattern.fullmatch(text) for pattern, text in fields):
        return None
    given = raw.get("given")
    if not _is(dict, given) or not all(map(_is_texts, given.values())):
        return None
    clean = {_clean(name): [_clean(value) for value in values] for name, values in given.items()}
    return Unsaved(address, lesson, item, clean, raw.get("right") is True)


def _is_texts(values: Any) -> bool:
    return _is(list, values) and all(_is(str, value) for value in values)


def _clean(text: str) -> str:
    return text.replace("\0", "")  # PostgreSQL knows no NUL in a text
