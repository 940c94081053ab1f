"""What the pages about activities show of courses: where an activity is used, and whose a file is."""

from collections.abc import Iterable
from typing import Any

from django import template

from courses.models import Credit
from courses.queries.activities import UsedIn, courses_with

register = template.Library()

#: Our licences, as H5P calls them. What is allowed for one course only is closed for everything else.
LICENCES: dict[str, str] = {
    Credit.Licence.CC0: "CC0 1.0",
    Credit.Licence.CC_BY: "CC BY",
    Credit.Licence.CC_BY_SA: "CC BY-SA",
    Credit.Licence.CC_BY_3: "CC BY",
    Credit.Licence.CC_BY_SA_3: "CC BY-SA",
    Credit.Licence.PUBLIC_DOMAIN: "CC PDM",
    Credit.Licence.PERMISSION: "C",
}


@register.simple_tag
def courses_of(contents: Iterable[Any]) -> dict[int, list[UsedIn]]:
    """{activity: courses}. Asked once for a whole list."""
    return courses_with([(content.pk, content.owner_id) for content in contents])


@register.filter
def of_activity(uses: dict[int, list[UsedIn]], content: Any) -> list[UsedIn]:
    return uses.get(content.pk, [])


@register.simple_tag
def rights_of(things: Iterable[Any]) -> dict[int, dict[str, str]]:
    """Whose pictures or documents are: {number: author, license and source as H5P has them}."""
    files = list(things)
    side = "image" if files and files[0]._meta.model_name == "image" else "document"
    credits = Credit.objects.filter(**{f"{side}__in": [file.pk for file in files]})
    return {
        getattr(credit, f"{side}_id"): {
            "author": credit.author,
            "license": LICENCES.get(credit.licence, ""),
            "source": credit.link,
        }
        for credit in credits
    }


@register.filter
def at(values: dict[int, Any], key: int) -> Any:
    return values.get(key)
