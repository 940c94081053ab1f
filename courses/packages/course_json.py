"""What `course.json` may look like. Fields nobody knows are left unread, so that version 1 can grow."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import files
from courses import licences
from courses.rules import ACHIEVEMENT, CERTIFICATE, PARTICIPATION, AttestationRule

FORMAT, VERSION = "lernstadt-course", 1
IMAGES = tuple(f".{ending}" for ending in files.PICTURES)
DOCUMENTS = tuple(f".{ending}" for ending in files.DOCUMENTS)
ACTIVITIES = (".h5p",)
DEPTH = 32  # levels of nested lists and objects; a course has nine
MOST_PROBLEMS = 20
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MEDIA = re.compile(r"media/[0-9a-f]{64}(\.[a-z0-9]{2,5})")


class PackageProblem(NamedTuple):
    """`code` is a key of `courses.advice.PROBLEMS`; `where` names the file or the field."""

    code: str
    where: str = ""


class BadPackage(ValueError):
    """This cannot become a course. `problems` are worth showing all at once; there are at most twenty."""

    def __init__(self, problems: list[PackageProblem]) -> None:
        self.problems = problems[:MOST_PROBLEMS]
        super().__init__(", ".join(f"{p.code} {p.where}".strip() for p in self.problems))


class CoursePackage(NamedTuple):
    course: dict[str, Any]  # the content of course.json
    media: dict[str, bytes]  # "media/<sha256>.png" -> content


Check = Callable[[Any, str], Iterator[PackageProblem]]


def check(package: CoursePackage) -> list[PackageProblem]:
    """Everything wrong with the shape of a package; empty when it fits. Blocks are looked at by the desk itself."""
    data = package.course
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        return [PackageProblem("not-a-course")]
    version = data.get("version")
    if isinstance(version, int) and version > VERSION:
        return [PackageProblem("newer-version", str(version))]
    if version != VERSION:
        return [PackageProblem("not-a-course")]
    problems = [*_texts(data), *ROOT(data, "course.json")]
    return problems or [*_languages(data), *_ids(data), *_media(package)]


def _texts(data: Any) -> Iterator[PackageProblem]:
    """PostgreSQL stores neither NUL nor half of a surrogate pair; and nobody nests as deep as an attack."""
    waiting = [(data, 1)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEPTH:
            yield PackageProblem("too-deep")
            return
        if isinstance(value, dict):
            waiting += [(each, depth + 1) for pair in value.items() for each in pair]
        elif isinstance(value, list):
            waiting += [(each, depth + 1) for each in value]
        elif isinstance(value, str) and re.search("[\0\ud800-\udfff]", value):
            yield PackageProblem("bad-text", value[:40].encode("ascii", "replace").decode())
        elif isinstance(value, float) and not math.isfinite(value):
            yield PackageProblem("not-json")


# --- small checks of one value ---


def _text(most: int, least: int = 0) -> Check:
    def look(value: Any, where: str) -> Iterator[PackageProblem]:
        if not isinstance(value, str) or len(value) < least:
            yield PackageProblem("wrong-shape", where)
        elif len(value) > most:
            yield PackageProblem("too-long", where)

    return look


def _number(least: int, most: int) -> Check:
    def look(value: Any, where: str) -> Iterator[PackageProblem]:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            yield PackageProblem("wrong-shape", where)

    return look


def _flag(value: Any, where: str) -> Iterator[PackageProblem]:
    if not isinstance(value, bool):
        yield PackageProblem("wrong-shape", where)


def _one_of(*words: str) -> Check:
    def look(value: Any, where: str) -> Iterator[PackageProblem]:
        if not isinstance(value, str) or value not in words:
            yield PackageProblem("wrong-shape", where)

    return look


def _like(pattern: str | re.Pattern[str]) -> Check:
    def look(value: Any, where: str) -> Iterator[PackageProblem]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            yield PackageProblem("wrong-shape", where)

    return look


def _list(one: Check, most: int, least: int = 0) -> Check:
    def look(value: Any, where: str) -> Iterator[PackageProblem]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            yield PackageProblem("wrong-shape", where)
            return
        for number, each in enumerate(value, 1):
            yield from one(each, f"{where}[{number}]")

    return look


def _object(**checks: Check) -> Check:
    def look(value: Any, where: str) -> Iterator[PackageProblem]:
        if not isinstance(value, dict):
            yield PackageProblem("wrong-shape", where)
            return
        for name, one in checks.items():
            if name in value:
                yield from one(value[name], f"{where}.{name}")
            else:
                yield PackageProblem("missing", f"{where}.{name}")

    return look


def _optional(**checks: Check) -> Check:
    """What is named may be missing: version 1 has been read without it."""

    def look(value: Any, where: str) -> Iterator[PackageProblem]:
        for name in checks.keys() & value if isinstance(value, dict) else ():
            yield from checks[name](value[name], f"{where}.{name}")

    return look


def _both(first: Check, second: Check) -> Check:
    return lambda value, where: chain(first(value, where), second(value, where))


def _null_or(one: Check) -> Check:
    return lambda value, where: iter(()) if value is None else one(value, where)


def _empty_or(one: Check) -> Check:
    return lambda value, where: iter(()) if value in ({}, "") else one(value, where)


def _by_language(one: Check) -> Check:
    def look(value: Any, where: str) -> Iterator[PackageProblem]:
        if not isinstance(value, dict) or "de" not in value or len(value) > 20:
            yield PackageProblem("no-german", where)
            return
        for language, each in value.items():
            yield from _like(r"[a-z]{2,3}(-[a-z]{2,8})?")(language, where)
            yield from one(each, f"{where}.{language}")

    return look


ANYTHING: Check = lambda _value, _where: iter(())  # noqa: E731 -- one of the checks, like the others
SLUG = _like(r"[-a-z0-9_A-Z]{1,255}")
HTTP = _like(r"https?://[^\s\"'<>]{3,500}")
CODE = _like(r"[1-5]\.[1-9]")
LEVELS = ("basic", "intermediate", "advanced", "highly-advanced")
BLOCKS = _list(_object(type=_like(r"[a-z_0-9]{1,40}"), id=_like(UUID), value=ANYTHING), 300)
SOURCE = _object(
    course=_like(UUID),
    edition=_number(0, 1_000_000),
    address=_text(320),
    title=_text(255, 1),
    provider=_text(100, 1),
    licence=_one_of(*licences.COURSES),
    url=HTTP,
)


#: As wide as the fields of the desk (`courses.models.attested`).
RULE = _optional(
    attestation=_one_of(PARTICIPATION, ACHIEVEMENT, CERTIFICATE),
    required_share=_number(1, 100),
    pass_mark=_number(0, 100),
    sittings=_number(0, 60),
    required_sittings=_number(0, 60),
    retakes=_null_or(_number(0, 50)),
    valid_months=_null_or(_number(1, 240)),
    units=_null_or(_number(1, 1000)),
)


def _rule(value: Any, where: str) -> Iterator[PackageProblem]:
    """What is missing is the default; a rule that nobody could fulfil is none."""
    if not isinstance(value, dict):
        yield PackageProblem("bad-rule", where)
        return
    wrong = [problem.where for problem in RULE(value, where)]
    yield from (PackageProblem("bad-rule", place) for place in sorted(wrong))
    rule = AttestationRule.from_facts(value)
    if not wrong and rule.required_sittings > rule.sittings:
        yield PackageProblem("bad-rule", f"{where}.required_sittings")


def _origin(value: Any, where: str) -> Iterator[PackageProblem]:
    """A source, and what that one was copied from in its turn."""
    yield from SOURCE(value, where)
    if isinstance(value, dict) and "before" in value:
        yield from _list(SOURCE, 20)(value["before"], f"{where}.before")


CREDIT = _object(
    title=_text(200),
    author=_text(200),
    licence=_one_of(*licences.CREDITS),
    link=_empty_or(HTTP),
    origin=_text(200),
)
MEDIUM = _object(
    file=_like(MEDIA),
    name=_like(r"[^/\\\0]{1,200}"),
    title=_text(255, 1),
    description=_text(255),
    focal_point=_list(_number(0, 100_000), 4),
    credit=_empty_or(CREDIT),
)
ROOT = _object(
    source=SOURCE,
    origin=_empty_or(_origin),
    course=_both(
        _object(
            licence=_one_of(*licences.COURSES),
            level=_one_of("einstieg", "grundlagen", "aufbau"),
            main_competence=_empty_or(CODE),
            competences=_list(CODE, 21),
            variants=_by_language(
                _both(
                    _object(
                        slug=SLUG,
                        title=_text(255, 1),
                        short_title=_text(40),
                        summary=_text(160),
                        lead=_text(20_000),
                        goals=BLOCKS,
                        audience=_text(20_000),
                    ),
                    _optional(card_image_alt=_text(160)),
                )
            ),
        ),
        _optional(attestation=_rule, needs_phone=_flag, card_image=_null_or(_like(MEDIA))),
    ),
    lessons=_list(
        _object(
            minutes=_number(0, 32_767),
            open=_flag,
            competences=_list(_object(code=CODE, level=_one_of(*LEVELS)), 21),
            variants=_by_language(_object(slug=SLUG, title=_text(255, 1), body=BLOCKS)),
        ),
        100,
    ),
    media=_list(MEDIUM, 500),
)


def check_medium(item: Any) -> list[PackageProblem]:
    """One entry of a list of media by itself."""
    return [*_texts(item)] or [*MEDIUM(item, "media")]


# --- what belongs together ---


def _languages(data: dict[str, Any]) -> Iterator[PackageProblem]:
    languages = set(data["course"]["variants"])
    for number, lesson in enumerate(data["lessons"], 1):
        if set(lesson["variants"]) - languages:
            yield PackageProblem("wrong-shape", f"course.json.lessons[{number}].variants")


def _ids(data: dict[str, Any]) -> Iterator[PackageProblem]:
    """An item is (course, block id): twice the same would be answered by one answer."""
    for language in data["course"]["variants"]:
        bodies = [each["variants"].get(language, {"body": []})["body"] for each in data["lessons"]]
        count = Counter(block["id"] for body in bodies for block in body)
        yield from (
            PackageProblem("id-twice", block) for block, times in count.items() if times > 1
        )
    for number, lesson in enumerate(data["lessons"], 1):
        codes = [each["code"] for each in lesson["competences"]]
        if len(codes) != len(set(codes)):
            yield PackageProblem("wrong-shape", f"course.json.lessons[{number}].competences")


def _media(package: CoursePackage) -> Iterator[PackageProblem]:
    """Every file is listed once, is of an allowed kind and is there; the list and the zip hold nothing else. A card shows a picture."""
    listed = [each["file"] for each in package.course["media"]]
    for name in sorted({name for name in listed if listed.count(name) > 1}):
        yield PackageProblem("same-name-twice", name)
    for name in sorted(set(listed) ^ set(package.media)):
        yield PackageProblem("media-missing" if name in listed else "unexpected-file", name)
    for each in package.course["media"]:
        suffix = PurePosixPath(each["file"]).suffix
        if suffix not in IMAGES + DOCUMENTS + ACTIVITIES:
            yield PackageProblem("media-kind", each["file"])
        named = PurePosixPath(each["name"]).suffix.lower()
        if named != suffix or len(each["focal_point"]) not in (0, 4):
            yield PackageProblem("wrong-shape", each["name"])
    card = package.course["course"].get("card_image")
    if card and card not in listed:
        yield PackageProblem("media-missing", card)
    elif card and PurePosixPath(card).suffix not in IMAGES:
        yield PackageProblem("media-kind", card)
