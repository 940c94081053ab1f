"""A file that is chosen in a block of the writing desk: whose work it is, and who may say so."""

from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from accounts.models import User

#: Kind of a field -> the model of what is chosen in it.
CHOSEN = {
    "picture": get_image_model,
    "image": get_image_model,
    "document": get_document_model,
}


def chosen_in(field: Any) -> int | None:
    """The number of what is chosen in a field of the desk."""
    value = field.value
    return value.get("image") if isinstance(value, dict) else value


def changeable(kind: str, pk: int, *, by: User) -> Any | None:
    """The picture or document, where `by` may say something about it; None: there is none, or they may not."""
    model = CHOSEN[kind]()
    thing = model.objects.filter(pk=pk).first()
    permissions = policy_registry.get_by_type(model)
    if thing is None or not permissions.user_has_permission_for_instance(by, "change", thing):
        return None
    return thing
