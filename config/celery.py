import gc
import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("lernstadt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def share_memory(**_sender: object) -> None:
    """Children are forks: what the garbage collector never looks at again stays one copy for all of them."""
    gc.collect()
    gc.freeze()
