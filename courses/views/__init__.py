from courses.views.archive import provider_archive, provider_archive_file
from courses.views.catalogue import catalogue
from courses.views.city import help_page, home, imprint, privacy
from courses.views.concepts import concept, concepts
from courses.views.course import by_key, course, course_picture
from courses.views.files import file
from courses.views.founding import approve, found
from courses.views.office import proof, proofs
from courses.views.sitemap import sitemap, sitemap_file
from courses.views.suggestions import suggestions

__all__ = [
    "approve",
    "by_key",
    "catalogue",
    "concept",
    "concepts",
    "course",
    "course_picture",
    "file",
    "found",
    "help_page",
    "home",
    "imprint",
    "privacy",
    "proof",
    "proofs",
    "provider_archive",
    "provider_archive_file",
    "sitemap",
    "sitemap_file",
    "suggestions",
]
