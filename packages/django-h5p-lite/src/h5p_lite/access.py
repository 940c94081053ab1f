"""Who may do what. A project that thinks otherwise names a class of its own in `H5P_ACCESS`.

Doors ask it and answer with 404 where it says no: what somebody may not see does not exist for them.
"""

from functools import lru_cache
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string

from h5p_lite import conf
from h5p_lite.models import Content


class Access:
    """Everybody who is signed in sees and plays all contents; authors edit their own; staff edits and installs."""

    def may_install(self, user: Any) -> bool:
        """Content types are programs that run in every browser: few may bring them."""
        return bool(user.is_active and user.is_staff)

    def may_create(self, user: Any) -> bool:
        return bool(user.is_authenticated and user.is_active)

    def visible(self, user: Any) -> QuerySet[Content]:
        """What somebody may play and see in lists."""
        return Content.objects.all() if user.is_authenticated else Content.objects.none()

    def editable(self, user: Any) -> QuerySet[Content]:
        """What somebody may write in, export and upgrade."""
        if not user.is_authenticated:
            return Content.objects.none()
        return Content.objects.all() if user.is_staff else Content.objects.filter(owner=user.pk)

    def owner_of_new(self, user: Any) -> Model:
        """To whom a new content belongs: an instance of H5P_OWNER_MODEL. Override it where that is no user."""
        owner: Model = user
        return owner


def access() -> Access:
    return _made(conf.access_class())


@lru_cache(maxsize=4)
def _made(path: str) -> Access:
    made: Access = import_string(path)()
    return made
