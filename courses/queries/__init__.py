from courses.queries.catalogue import (
    Choice,
    Facets,
    Found,
    Wanted,
    areas,
    newest,
    providers,
    search,
)
from courses.queries.covers import CourseCover, cover
from courses.queries.findings import Checked, checked, parts

__all__ = [
    "Checked",
    "Choice",
    "CourseCover",
    "Facets",
    "Found",
    "Wanted",
    "areas",
    "checked",
    "cover",
    "newest",
    "parts",
    "providers",
    "search",
]
