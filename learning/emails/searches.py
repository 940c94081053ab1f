"""What is new to somebody's searches: one mail a day at most, in the transaction that notes how far was looked."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from accounts.news import send_news
from courses.facets.courses import courses_wanted
from courses.facets.dates import dates_wanted
from courses.queries.new_offers import NewOffers, new_courses, new_dates, published_between
from learning.models import SavedSearch
from tenancy.lens import as_system
from words.days import ZONE

#: What is being published while we look is told tomorrow: its moment may be before ours and its row not there yet.
MARGIN = timedelta(minutes=5)
#: New things of one search in a mail; the rest is behind the link.
SHOWN = 10
LISTS = {
    SavedSearch.List.COURSES: "courses:catalogue",
    SavedSearch.List.DATES: "courses:dates",
}
Published = Callable[[datetime, datetime], NewOffers]


class News(NamedTuple):
    """Of one search."""

    name: str
    url: str  # of the list itself
    lines: list[tuple[str, str]]  # title, url
    more: int


def tell_searches(now: datetime | None = None) -> int:
    """Everybody whose searches were not looked at today; how many mails. Killed in the middle, it goes on where it was."""
    until = (now or timezone.now()) - MARGIN
    today = datetime.combine(timezone.localdate(until, ZONE), time(), ZONE)
    published = cache(published_between)  # nearly all have the same day behind them
    mails = 0
    while (told := _tell_next(today, until, published)) is not None:
        mails += told
    return mails


def path_of(search: SavedSearch) -> str:
    path = reverse(LISTS[SavedSearch.List(search.list)])
    return f"{path}?{search.query}" if search.query else path


@as_system("tell somebody what is new to their searches")
@transaction.atomic
def _tell_next(today: datetime, until: datetime, published: Published) -> int | None:
    """One person with all their searches; None when nobody is left."""
    due = SavedSearch.objects.filter(mail=True, looked_until__lt=today)
    first = due.order_by("looked_until", "pk").select_for_update(skip_locked=True).first()
    if not first:
        return None
    person = User.objects.get(pk=first.learner_id)
    mine = [*due.filter(learner=person).order_by("pk").select_for_update()]
    news = [_news(each, until, published) for each in mine] if _may_be_told(person) else []
    SavedSearch.objects.filter(pk__in=[each.pk for each in mine]).update(looked_until=until)
    return _letter(person, mine[-1].language, [each for each in news if each.lines])


def _may_be_told(person: User) -> bool:
    return bool(person.is_active and person.email and "search" not in person.news_off)


def _news(search: SavedSearch, until: datetime, published: Published) -> News:
    offers = published(search.looked_until, until)
    asked, language = QueryDict(search.query), search.language
    if search.list == SavedSearch.List.COURSES:
        wanted = courses_wanted(asked)
        courses = new_courses(wanted, offers.courses, language=language)
        found = [(c.title, "courses:course", c.address.split("/", 1)) for c in courses]
    else:
        dates = new_dates(dates_wanted(asked), offers.runs, language=language)
        found = [(one.title, "learning:date", [str(one.key)]) for one in dates]
    with override(language):
        lines = [(title, _url(reverse(door, args=args))) for title, door, args in found[:SHOWN]]
        return News(search.name, _url(path_of(search)), lines, max(0, len(found) - SHOWN))


def _url(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def _letter(person: User, language: str, news: list[News]) -> int:
    if not news:
        return 0
    with override(language):
        words: dict[str, Any] = {
            "news": news,
            "name": news[0].name if len(news) == 1 else "",
            "mine_url": _url(reverse("learning:searches")),
        }
        return send_news("search", "learning/email/searches", [person], words)
