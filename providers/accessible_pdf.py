"""A page as PDF/UA-1. Imported where one is made and not before: WeasyPrint takes a second to load, and 40 MB."""

from pathlib import Path
from typing import Any

from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from words import glyphs

STATIC = settings.BASE_DIR / "static"


class OnlyOurFonts(URLFetcher):
    def fetch(self, url: str, headers: Any = None) -> Any:
        if not url.startswith((STATIC.as_uri(), "data:")):
            raise ValueError(f"A paper does not fetch {url}.")
        return super().fetch(url, headers)


def accessible_pdf(text: str, style: Path) -> bytes:
    """PDF/UA-1 of a page: its HTML, and the one sheet of this project that sets it. It fetches nothing from elsewhere."""
    fonts, fetcher = FontConfiguration(), OnlyOurFonts()
    rules = CSS(string=_faces(text), font_config=fonts, url_fetcher=fetcher)
    styles = [rules, CSS(filename=style, font_config=fonts, url_fetcher=fetcher)]
    page = HTML(string=text, base_url=STATIC.as_uri(), url_fetcher=fetcher)
    made: bytes = page.write_pdf(stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")
    return made


def _faces(text: str) -> str:
    """The fonts that the names need, each a family of its own."""
    files = {"Card": "FiraSans-Regular.ttf", "Card Bold": "FiraSans-SemiBold.ttf"}
    for name in glyphs.fonts_for(text):
        files[f"Card {name}"] = f"{name}.woff2" if "/" in name else f"{name}-400.ttf"
    rules = "".join(
        f'@font-face{{font-family:"{family}";src:url("{(glyphs.FONTS / file).as_uri()}")}}'
        for family, file in files.items()
    )
    families = ",".join(f'"{family}"' for family in files)
    return f'{rules}html{{font-family:{families}}}strong,h2{{font-family:"Card Bold",{families};font-weight:400}}'
