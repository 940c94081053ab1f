"""Who may do what in this shop: members of the group "Authors" write, and only they."""

from typing import Any

from h5p_lite.access import Access


class ShopAccess(Access):
    def may_create(self, user: Any) -> bool:
        return bool(user.is_superuser or user.groups.filter(name="Authors").exists())
