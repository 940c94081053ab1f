"""Counting what people seek in vain. Who and when is not kept; a word must be sought by many before it stays."""

import re
from collections.abc import Iterable
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from courses.models import SoughtWord
from tenancy.lens import as_system
from words.days import day
from words.search import asked

KEPT_FOR = timedelta(days=30)
LONGEST = 40
#: Numbers and addresses may be somebody's.
SOMEBODYS = re.compile(r"[\d@]")


def count_wishes(question: str, concepts: Iterable[str]) -> bool:
    """One more search for `concepts` (keys) that nobody offers, else for the question's own words. Whether it is counted for good."""
    keys = sorted(set(concepts))
    words = [] if keys else _words(question)
    if not keys and not words:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT count_wishes(%s, %s, %s)", [keys, words, day(timezone.now())])
        return bool(cursor.fetchone()[0])


def _words(question: str) -> list[str]:
    said = {
        span.word for span in asked(question).spans if span.first == span.last and not span.part
    }
    return sorted(w for w in said if 2 < len(w) <= LONGEST and not SOMEBODYS.search(w))


@as_system("forget words that few have sought")
def forget_sought_words() -> int:
    """How many have vanished: a word that thirty days brought nobody back to."""
    before = day(timezone.now()) - KEPT_FOR
    return SoughtWord.objects.filter(last_day__lt=before).delete()[0]
