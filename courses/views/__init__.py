from courses.views.catalogue import catalogue
from courses.views.city import help_page, home, imprint, privacy
from courses.views.course import course
from courses.views.files import file
from courses.views.founding import found

__all__ = ["catalogue", "course", "file", "found", "help_page", "home", "imprint", "privacy"]
