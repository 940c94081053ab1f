"""Which activities could follow their library to a newer version."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, QuerySet, Subquery

from h5p.models import UpgradeRun
from h5p_lite.core.names import Name
from h5p_lite.models import Library, Revision
from h5p_lite.queries.titles import titled


def newest_revisions() -> QuerySet[Revision]:
    """Of every activity the newest one, as far as the lens shows them."""
    newest = Revision.objects.filter(content=OuterRef("content")).order_by("-number")
    return Revision.objects.filter(pk=Subquery(newest.values("pk")[:1])).select_related("content")


def newest_with(name: Name) -> Iterator[Revision]:
    """Activities whose newest revision is of that library. One after the other: there may be thousands."""
    revisions_found = newest_revisions().filter(
        machine_name=name.machine_name, major=name.major, minor=name.minor
    )
    for pk in [*revisions_found.order_by("pk").values_list("pk", flat=True)]:
        yield Revision.objects.select_related("content").get(pk=pk)


def newest_using(name: Name | None = None) -> Iterator[Revision]:
    """The newest revision of every activity that is not in the archive, one after the other; of those with `name` in them."""
    in_use = newest_revisions().filter(content__archived_at=None)
    if name:
        in_use = in_use.filter(uses__contains=[str(name)])
    for pk in [*in_use.order_by("pk").values_list("pk", flat=True)]:
        yield Revision.objects.get(pk=pk)


def played() -> Iterator[Revision]:
    """Whatever somebody may play: the newest revision of every activity that is not in the archive, and what learners have
    before them because an edition was printed with it. One after the other.
    """
    newest = newest_revisions().filter(content__archived_at=None).values("pk")
    printed = Revision.objects.filter(printed__printing=F("printed__edition__printing")).values(
        "pk"
    )
    for pk in sorted({*newest.values_list("pk", flat=True), *printed.values_list("pk", flat=True)}):
        yield Revision.objects.get(pk=pk)


def newer_versions(name: Name) -> list[Library]:
    """Active libraries an activity with `name` could follow to, the newest first."""
    versions = Library.objects.filter(state=Library.State.ACTIVE, machine_name=name.machine_name)
    newer = titled(one for one in versions if one.name > name)
    return sorted(newer, key=lambda one: one.name, reverse=True)


def runs_of(machine_name: str) -> QuerySet[UpgradeRun]:
    """Under the system lens; the newest first."""
    return UpgradeRun.objects.filter(machine_name=machine_name).order_by("-at")


def older_in_use(library: Library) -> list[tuple[Name, int]]:
    """Older versions of `library` and how many activities have them. Under the system lens."""
    older: dict[Name, int] = {}
    rows = newest_revisions().filter(machine_name=library.machine_name)
    for major, minor in rows.values_list("major", "minor"):
        name = Name(library.machine_name, major, minor)
        if name < library.name:
            older[name] = older.get(name, 0) + 1
    return sorted(older.items())
