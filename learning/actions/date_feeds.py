"""A secret address for somebody's own dates: made, made anew, and ended."""

import uuid

from django.db import transaction

from accounts.models import User
from learning.models import DateFeed
from tenancy.lens import as_system


@as_system("make a calendar address")
@transaction.atomic
def make_date_feed(learner: User) -> DateFeed:
    """A new one each time: the former answers no more."""
    feed, made = DateFeed.objects.select_for_update().get_or_create(learner=learner)
    if not made:
        feed.key = uuid.uuid4()
        feed.save(update_fields=["key"])
    return feed


@as_system("end a calendar address")
@transaction.atomic
def end_date_feed(learner: User) -> None:
    DateFeed.objects.filter(learner=learner).delete()
