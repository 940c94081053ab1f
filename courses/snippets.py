"""How a course looks from outside: to search engines, and in messages that link to it."""

import json
from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from PIL import Image, ImageDraw, ImageFont

from courses.models import Run
from courses.queries import CourseCover
from courses.schedules import event
from providers.brands import pair_of

FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "fonts" / "pdf"
SIZE = (1200, 630)
INK, PAPER, MUTED = "#171a2b", "#ffffff", "#4a4f63"
LINES = 4
MARGIN = 80


def json_ld(cover: CourseCover, address: str, runs: Iterable[Run] = ()) -> SafeString:
    """schema.org/Course with what comes next of it, to be put into a page as it is."""
    url = f"{settings.PUBLIC_URL}{reverse('courses:course', args=address.split('/', 1))}"
    return script(_course(cover, url, [*runs]))


def script(data: dict[str, Any]) -> SafeString:
    """As JSON of which nothing can end the script element."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
    return SafeString(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _course(cover: CourseCover, url: str, runs: list[Run]) -> dict[str, Any]:
    facts, work = cover.facts, f"PT{max(1, cover.facts['minutes'])}M"
    house = reverse("providers:provider", args=[cover.provider_slug])
    return {
        "@type": "Course",
        "name": facts["title"],
        "description": facts["summary"],
        "url": url,
        "inLanguage": "de" if cover.lang == "de-simple" else cover.lang,
        "educationalLevel": facts["level"],
        "teaches": facts["goals"],
        "timeRequired": work,
        "isAccessibleForFree": True,
        "provider": {
            "@type": "EducationalOrganization",
            "name": cover.provider_name,
            "url": f"{settings.PUBLIC_URL}{house}",
        },
        "offers": {"@type": "Offer", "category": "Free", "price": 0, "priceCurrency": "EUR"},
        "hasCourseInstance": [
            {"@type": "CourseInstance", "courseMode": "Online", "courseWorkload": work},
            *(event(run, kind="CourseInstance") for run in runs),
        ],
    }


@lru_cache(maxsize=200)
def picture(title: str, provider: str, brand: str) -> bytes:
    """What a message shows beside a link to the course (Open Graph): its title on its provider's colour, as PNG."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    colour = pair_of(brand).light
    draw.rectangle((0, 0, 40, SIZE[1]), fill=colour)
    draw.rectangle((0, SIZE[1] - 120, SIZE[0], SIZE[1]), fill=colour)
    draw.text((MARGIN, 70), provider, font=_font("Regular", 40), fill=MUTED)
    size, lines = _fitted(title)
    draw.multiline_text(
        (MARGIN, 150), "\n".join(lines), font=_font("SemiBold", size), fill=INK, spacing=14
    )
    city = f"{settings.CITY['title']} {settings.CITY['name']}"
    draw.text((MARGIN, SIZE[1] - 88), city, font=_font("SemiBold", 44), fill=PAPER)
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title has four lines at most, and these; at the smallest the rest is left out."""
    for size in (88, 72, 58):
        lines = _lines(title, size)
        if len(lines) <= LINES and all(_wide(line, size) <= SIZE[0] - 2 * MARGIN for line in lines):
            break
    return size, [*lines[: LINES - 1], lines[LINES - 1] + " …"] if len(lines) > LINES else lines


def _lines(title: str, size: int) -> list[str]:
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if _wide(longer, size) <= SIZE[0] - 2 * MARGIN or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _wide(text: str, size: int) -> float:
    return _font("SemiBold", size).getlength(text)


@lru_cache(maxsize=16)
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"FiraSans-{weight}.ttf", size)
