"""The badge as a picture: the provider's colour and mark, the course's title. The credential is baked in afterwards."""

import io
import textwrap
from functools import cache
from xml.sax.saxutils import escape

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from certificates.queries import CertificateRecord
from providers.brands import pair_of

FONT = settings.BASE_DIR / "static" / "vendor" / "fonts" / "pdf" / "FiraSans-SemiBold.ttf"
SIDE = 600  # pixels
TITLE_LINES, TITLE_WIDTH = 4, 18  # characters


def svg(record: CertificateRecord) -> str:
    """A picture that scales; its title says what it is."""
    colour = pair_of(record.brand).light
    lines = "".join(
        f'<tspan x="300" dy="{0 if n == 0 else 56}">{escape(line)}</tspan>'
        for n, line in enumerate(_title(record))
    )
    label = escape(f"{record.achievement['name']} – {record.provider_name}", {'"': "&quot;"})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" role="img" aria-label="{label}">'
        f'<rect width="{SIDE}" height="{SIDE}" rx="72" fill="{colour}"/>'
        '<circle cx="300" cy="150" r="72" fill="#fff"/>'
        f'<path d="m264 152 26 26 48-52" fill="none" stroke="{colour}" stroke-width="18"/>'
        '<g fill="#fff" font-family="Fira Sans, sans-serif" font-weight="600" text-anchor="middle">'
        f'<text x="300" y="300" font-size="46">{lines}</text>'
        f'<text x="300" y="556" font-size="28">{escape(_short(record.provider_name))}</text></g></svg>'
    )


def png(record: CertificateRecord) -> bytes:
    """The same for places that take no SVG, 600 by 600 pixels."""
    colour = pair_of(record.brand).light
    picture = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, SIDE - 1, SIDE - 1), 72, fill=colour)
    draw.ellipse((228, 78, 372, 222), fill="#fff")
    draw.line([(264, 152), (290, 178), (338, 126)], fill=colour, width=18, joint="curve")
    for n, line in enumerate(_title(record)):
        draw.text((300, 300 + 56 * n), line, font=_font(46), fill="#fff", anchor="ms")
    draw.text((300, 556), _short(record.provider_name), font=_font(28), fill="#fff", anchor="ms")
    content = io.BytesIO()
    picture.save(content, "PNG", optimize=True)
    return content.getvalue()


def _title(record: CertificateRecord) -> list[str]:
    title = str(record.achievement["name"])
    return textwrap.wrap(title, TITLE_WIDTH, max_lines=TITLE_LINES, placeholder=" …")


def _short(name: str) -> str:
    return textwrap.shorten(name, 36, placeholder=" …")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)
