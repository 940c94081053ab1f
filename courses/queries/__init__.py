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

__all__ = [
    "Choice",
    "CourseCover",
    "Facets",
    "Found",
    "Wanted",
    "areas",
    "cover",
    "newest",
    "providers",
    "search",
]
