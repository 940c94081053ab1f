"""Course packages for tests: one that is good, and ways to make others."""

import hashlib
import io
import json
import uuid
import zipfile

import PIL.Image
import pytest

from courses import packages
from courses.packages import BadPackage, CoursePackage
from tests.factories import block


def png(colour="red"):
    content = io.BytesIO()
    PIL.Image.new("RGB", (8, 4), colour).save(content, "PNG")
    return content.getvalue()


def file_of(content, name="bild.png", **said):
    path = f"media/{hashlib.sha256(content).hexdigest()}.{name.rpartition('.')[2]}"
    words = {"title": "Bild", "description": "", "focal_point": [], "credit": {}}
    return {"file": path, "name": name, **words, **said}


def source(**said):
    words = {
        "course": str(uuid.UUID(int=7)),
        "edition": 2,
        "address": "vhs/kurs",
        "title": "Kurs",
        "provider": "Volkshochschule",
        "licence": "CC-BY-4.0",
        "url": "https://lernen.example/kurse/vhs/kurs/",
    }
    return words | said


def words_of_a_course(**said):
    words = {"slug": "kurs", "title": "Kurs", "short_title": "", "summary": "Ein Satz."}
    goals = [{"type": "goal", "id": str(uuid.UUID(int=1)), "value": "Sie können es."}]
    return words | {"lead": "Zwei Sätze.", "goals": goals, "audience": "<p>Alle.</p>"} | said


def lesson(*body, **said):
    words = {"slug": "schritt", "title": "Schritt", "body": [*body]}
    return {"minutes": 5, "open": False, "competences": [], "variants": {"de": words}} | said


def package(*lessons, media=(), **said):
    course = {
        "licence": "CC-BY-4.0",
        "level": "einstieg",
        "main_competence": "4.1",
        "competences": [],
        "variants": {"de": words_of_a_course()},
    }
    data = {
        "format": "lernstadt-course",
        "version": 1,
        "source": source(),
        "origin": {},
        "course": course,
        "lessons": [*lessons],
        "media": [each for each, _content in media],
    }
    return CoursePackage(data | said, {each["file"]: content for each, content in media})


def problems(content, **limits):
    with pytest.raises(BadPackage) as bad:
        packages.read(content, limits=packages.LIMITS._replace(**limits))
    return [problem.code for problem in bad.value.problems]


def zipped(files, **attributes):
    """A zip of any files; `attributes` are set on the last entry."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(files, 1):
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            for attribute, value in attributes.items() if number == len(files) else ():
                setattr(entry, attribute, value)
            archive.writestr(entry, content)
    return stored.getvalue()


def with_json(data):
    text = data if isinstance(data, str) else json.dumps(data)
    return zipped([("course.json", text)])


GOOD = package(lesson(block("text", "<p>Worte.</p>")), media=[(file_of(png()), png())])
