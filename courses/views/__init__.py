from courses.views.catalogue import catalogue
from courses.views.city import help_page, home, imprint, privacy
from courses.views.course import course
from courses.views.files import file

__all__ = ["catalogue", "course", "file", "help_page", "home", "imprint", "privacy"]
