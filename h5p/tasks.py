"""Background work: an id in, the system lens, an action."""

import time

from celery import shared_task
from django.core.cache import cache

from h5p import actions, barriers, trials
from h5p.actions.uploads import lock
from h5p.models import UpgradeRun, Upload
from h5p_lite.models import Library
from tenancy.lens import look, system

OFTEN = 0.5  # seconds between two words about progress


@shared_task(acks_late=True)
def process(upload_id: int) -> None:
    """Take an uploaded package in. Where it stands is in the cache, because its transaction is not seen until its end."""
    with look(system("take in a package")):
        upload = Upload.objects.select_related("provider", "by").get(pk=upload_id)
        if not lock(upload):
            return
        arrived = actions.process(upload, tell=_Teller(upload_id))
        _try_out(upload, arrived.new)
        if upload.content and trials.stays_empty(upload.content.newest):
            upload.problems = [{"code": "empty", "file": "", "values": []}]
            upload.save(update_fields=["problems"])
        little_seen = barriers.little_seen(upload.content.newest.uses) if upload.content else []
    for library in dict.fromkeys([*arrived.new, *little_seen]):
        test_for_barriers.delay(library)
    for waiting in arrived.went_on:
        process.delay(waiting)


def _try_out(upload: Upload, new: list[int]) -> None:
    """What cannot take over goes back before anybody has seen it; what came of it stands on the page of the upload."""
    libraries = [*Library.objects.filter(pk__in=new)]
    trial = trials.settle(libraries, keeps_rights=upload.keeps_rights, by=upload.by)
    if trial.back:
        names = {str(library) for library in trial.back}
        upload.installed = [name for name in upload.installed if name not in names]
        upload.problems = [
            {"code": "worse", "file": name, "values": [str(trial.worse), str(trial.tried)]}
            for name in sorted(names)
        ]
        upload.save()


@shared_task
def process_waiting() -> int:
    """The sweep: uploads and upgrades whose task was lost, and uploads whose types are here by now."""
    with look(system("find what waits")):
        uploads = [*Upload.objects.filter(state=Upload.State.WAITING).values_list("pk", flat=True)]
        uploads += actions.can_go_on()
        runs = UpgradeRun.objects.filter(state=UpgradeRun.State.WAITING)
        upgrades = [*runs.values_list("pk", flat=True)]
    for upload_id in uploads:
        process(upload_id)
    for run_id in upgrades:
        upgrade_all(run_id)
    return len(uploads) + len(upgrades)


@shared_task
def test_for_barriers(library_id: int) -> None:
    """Have a browser look at what was made with a content type, where there is one. Nobody waits for it."""
    with look(system("look for barriers")):
        library = Library.objects.filter(pk=library_id).first()
        report = barriers.find_barriers(library) if library else None
        if library and report:
            actions.remember_test(library, report)


@shared_task(acks_late=True)
def upgrade_all(run_id: int) -> None:
    """What the run waits for: trying it, doing it, taking it back."""
    with look(system("bring activities to a newer version")):
        actions.work_off(run_id)


@shared_task
def forget_unused() -> int:
    """The weekly sweep of files that nothing points at."""
    with look(system("forget unused files")):
        return actions.forget_unused()


def progress_key(upload_id: int) -> str:
    return f"h5p-upload-{upload_id}"


class _Teller:
    def __init__(self, upload_id: int) -> None:
        self.key = progress_key(upload_id)
        self.last = 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.last > OFTEN:
            self.last = time.monotonic()
            cache.set(self.key, (done, total), timeout=3600)
