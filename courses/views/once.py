"""A form that makes a course makes one, however often it is sent: the course bears the form's number as its key."""

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from courses.models import CoursePage
from courses.views.writing_parts import number_of


def makes_one_course(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`view` gets `key`, for the course it makes; None where nothing is sent, or a form without a number."""

    @functools.wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        who = f"course {request.user.pk}"  # nobody's form has the number of somebody else's
        key = number_of(request, who) if request.method == "POST" else None
        if key and (there := _made(key)):
            return there
        try:
            with transaction.atomic():
                return view(request, *args, key=key, **kwargs)
        except IntegrityError:
            if key and (there := _made(key)):  # in the same moment
                return there
            raise

    return door


def _made(key: uuid.UUID) -> HttpResponse | None:
    made = CoursePage.objects.filter(translation_key=key, locale__language_code="de").first()
    return redirect("desk:plan", made.pk) if made else None
