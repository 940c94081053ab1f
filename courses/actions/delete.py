"""Deleting at the desk can be taken back for 30 days: every row that goes is written down, and comes back as it was."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import count
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import F, ForeignKey, Model
from django.db.models.deletion import Collector
from django.utils import timezone
from wagtail.models import ReferenceIndex, Revision
from wagtail.search.index import insert_or_update_object

from accounts.models import User
from courses.actions.print_edition import reprint
from courses.models import CoursePage, DeletedPage, LessonPage
from courses.models.deleted import KEPT
from providers.actions import record_for
from providers.models import BasePage
from tenancy.lens import look, system

#: Made anew from the pages, or of no use later.
NOT_KEPT = {"wagtailcore.referenceindex", "modelsearch.indexentry", "wagtailadmin.editingsession"}


class NoPlace(Exception):
    """What it hung below is gone as well, and has to come back first."""


class Replaced(Exception):
    """In the meantime somebody has begun this page anew in the same language."""


class _ToTheMicrosecond(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def keep_deleted(page: BasePage, *, by: User | None) -> None:
    """Write down what is about to go with `page`, a course or a lesson. Called for each page while all rows are still there.

    A course takes its lessons along: one deletion, one row, whichever of them the database names first.
    """
    above = BasePage.objects.filter(path=page.path[: -BasePage.steplen]).first()
    if above is None or DeletedPage.objects.filter(page=above.pk).exists():
        return
    stored = BasePage.objects.select_related("locale").get(pk=page.pk)
    DeletedPage.objects.create(
        provider_id=stored.provider_id,
        page=stored.pk,
        parent=above.pk,
        key=stored.translation_key,
        title=stored.draft_title or stored.title,
        language=stored.locale.language_code,
        depth=stored.depth,
        live=stored.live,
        rows=json.loads(serializers.serialize("json", _going(stored), cls=_ToTheMicrosecond)),
        by_name=str(by or ""),
    )
    still_there = BasePage.objects.child_of(stored).values("pk")
    DeletedPage.objects.filter(parent=stored.pk, page__in=still_there).delete()


def _going(page: BasePage) -> Iterator[Model]:
    """Every row that the deletion takes; pages first, because walls look at them."""
    collector = Collector(using=connection.alias, origin=page)
    collector.collect(BasePage.objects.filter(path__startswith=page.path).order_by("path"))
    doomed: list[Iterable[Model]] = [*reversed(collector.data.values()), *collector.fast_deletes]
    rows = [row for group in doomed for row in group if row._meta.label_lower not in NOT_KEPT]
    yield from sorted(rows, key=lambda row: type(row) is not BasePage)


@transaction.atomic
def bring_back(deleted: DeletedPage, *, by: User, publish: bool) -> BasePage:
    """The page as it was, with its drafts and its id, at its place; printed again if it was live and `publish` says so.

    Raises NoPlace, Replaced, DeletedPage.DoesNotExist (somebody was faster). Whether `by` may is asked at the door.
    """
    with look(system("bring back a deleted page")):
        deleted = DeletedPage.objects.select_for_update().get(pk=deleted.pk)
        parent = BasePage.objects.select_for_update(of=("self",)).filter(pk=deleted.parent).first()
        if parent is None:
            raise NoPlace
        same = BasePage.objects.filter(translation_key=deleted.key)
        if same.filter(locale__language_code=deleted.language).exists():
            raise Replaced
        _write(_placed(deleted, parent), live=publish)
        BasePage.objects.filter(pk=parent.pk).update(numchild=F("numchild") + 1)
        page = BasePage.objects.get(pk=deleted.page)
        _known_again(page)
        record_for(page.provider_id, "page.brought_back", by=by, thing=page, name=deleted.title)
        deleted.delete()
        if page.live and isinstance(page.specific, CoursePage | LessonPage):
            reprint(page.specific, by=by)
    return page


def _placed(deleted: DeletedPage, parent: BasePage) -> list[dict[str, Any]]:
    """The rows, moved to where there is room: where it was, else behind its siblings."""
    rows: list[dict[str, Any]] = deleted.rows
    pages = [row for row in rows if "url_path" in row["fields"]]
    root = next(row["fields"] for row in pages if row["pk"] == deleted.page)
    was, was_called = root["path"], root["url_path"]
    path, root["slug"] = _room_for(was, parent), _free(root["slug"], parent)
    called = f"{parent.url_path}{root['slug']}/"
    for fields in (row["fields"] for row in pages):
        fields["path"] = path + fields["path"][len(was) :]
        fields["depth"] = len(fields["path"]) // BasePage.steplen
        fields["url_path"] = called + fields["url_path"][len(was_called) :]
    return rows


def _room_for(path: str, parent: BasePage) -> str:
    if path[: -BasePage.steplen] == parent.path and not BasePage.objects.filter(path=path).exists():
        return path
    last = parent.get_last_child()
    return str(last._inc_path() if last else BasePage._get_path(parent.path, parent.depth + 1, 1))


def _free(slug: str, parent: BasePage) -> str:
    """As it was called; a draft whose name was given away meanwhile gets the next number."""
    taken = {*BasePage.objects.child_of(parent).values_list("slug", flat=True)}
    numbered = (f"{slug}-{number}" for number in count(2))
    return slug if slug not in taken else next(name for name in numbered if name not in taken)


def _write(rows: list[dict[str, Any]], *, live: bool) -> None:
    """A row that stands on something which is gone by now stays away, or does without it. No draft is planned any more."""
    coming = {(row["model"], str(row["pk"])) for row in rows}
    for restored in serializers.deserialize("json", json.dumps(rows), ignorenonexistent=True):
        restored.m2m_data = {}  # those rows are written down themselves
        if type(restored.object) is BasePage:
            restored.object.live = restored.object.live and live
        if isinstance(restored.object, Revision):  # its hour may have passed in the bin
            restored.object.approved_go_live_at = None
        if _stands(restored.object, coming):
            restored.save()


def _stands(row: Model, coming: set[tuple[str, str]]) -> bool:
    for field in row._meta.concrete_fields:
        target = getattr(row, field.attname)
        if target is None or not isinstance(field, ForeignKey) or _is_there(field, target, coming):
            continue
        if not field.null:
            return False
        setattr(row, field.attname, None)
    return True


def _is_there(field: "ForeignKey[Any, Any]", target: Any, coming: set[tuple[str, str]]) -> bool:
    model = field.related_model
    named = (model._meta.label_lower, str(target)) in coming
    return named or bool(model._base_manager.filter(pk=target).exists())


def _known_again(page: BasePage) -> None:
    """To the desk's search, and to where Wagtail looks up what is used where."""
    for one in BasePage.objects.filter(path__startswith=page.path).specific():
        ReferenceIndex.create_or_update_for_object(one)
        insert_or_update_object(one)


def empty_bin() -> int:
    """What was deleted more than 30 days ago is gone for good. Returns how many deletions."""
    old = DeletedPage.objects.filter(deleted_at__lt=timezone.now() - KEPT)
    return old.delete()[0]
