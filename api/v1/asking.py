"""What all doors of the API do before they answer: count, look who asks, and refuse what nobody has named."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest
from ninja import Schema
from ninja.errors import ValidationError
from ninja.throttling import BaseThrottle
from pydantic import AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from accounts.limits import allowed, household
from api.cursors import packed, unpacked
from tenancy.lens import Lens, look, public

#: Rows of one page, if nobody says otherwise, and at most.
USUAL, MOST = 20, 100
PAUSE = 60  # seconds; the limits are per minute
Row = TypeVar("Row")


def _written(value: Any) -> Any:
    """Pydantic reads "0" as 1 January 1970; the document promises ISO 8601 (RFC 3339)."""
    if isinstance(value, str) and not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T|$)", value):
        raise PydanticCustomError("date_parsing", "Not as in ISO 8601.")
    return value


Day = Annotated[date, BeforeValidator(_written)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]


class Paged(Schema):
    """The part of a question that all lists have in common."""

    limit: int = Field(USUAL, ge=1, le=MOST)
    after: str = Field("", max_length=400, description="next of the page before")


class Household(BaseThrottle):
    """Whoever has no key is counted by address."""

    def allow_request(self, request: HttpRequest) -> bool:
        return allowed("api", household(request))

    def wait(self) -> float:
        return PAUSE


class WrongValue(Exception):
    """A value is well written and still none we can answer to; `kind` is one of `problems.FAULTS`."""

    def __init__(self, at: str, kind: str) -> None:
        super().__init__(at, kind)
        self.at, self.kind = at, kind


def seen_by(lens: Callable[[HttpRequest], Lens]) -> Callable[[Any], Any]:
    """The view looks through this lens, in one transaction. What the address asks and no field names is refused."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            known = {name for one in kwargs.values() for name in _fields(one)}
            if unknown := [name for name in request.GET if name not in known]:
                raise ValidationError(
                    [{"loc": ("query", name), "type": "unknown"} for name in unknown]
                )
            with look(lens(request)):
                return view(request, *args, **kwargs)

        return serve

    return decorate


def _fields(asked: Any) -> Sequence[str]:
    return [*type(asked).model_fields] if isinstance(asked, Schema) else []


def anybody(view: Callable[..., Any]) -> Callable[..., Any]:
    """What everybody may read, and keep for a minute."""

    @wraps(view)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        request.for_everybody = True
        return looking(request, *args, **kwargs)

    looking = seen_by(lambda _request: public)(view)
    return serve


def place_in(asked: Paged, count: int) -> list[str | int] | None:
    """Where the page begins: values of its predecessor's last row; None: at the beginning. Raises WrongValue."""
    if not asked.after:
        return None
    values = unpacked(asked.after, count)
    if values is None:
        raise WrongValue("query.after", "cursor")
    return values


def page_of(
    rows: Sequence[Row], asked: Paged, at: Callable[[Row], Sequence[str | int]]
) -> dict[str, Any]:
    """One row more than asked for says that there is more."""
    shown = rows[: asked.limit]
    more = len(rows) > asked.limit
    return {"items": shown, "next": packed(at(shown[-1])) if more else None}
