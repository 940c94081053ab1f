from h5p_lite.access import Access
from h5p_lite.models import Content


class Closed(Access):
    """Nobody may do anything."""

    def may_create(self, user):
        return False

    def visible(self, user):
        return Content.objects.none()
