from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings


class RecoveryConfig(AppConfig):
    name = "recovery"

    def ready(self) -> None:
        from config import figures  # noqa: PLC0415 -- needs the apps
        from recovery import remembered  # noqa: PLC0415 -- as above

        def age(what: str) -> timedelta | None:
            """Of one that succeeded; a restore that was tried and failed is none."""
            last = remembered.last(settings.VAR, what)
            return last.age if last and last.facts.get("good", True) else None

        figures.AGES["backup"] = lambda: age("backup")
        figures.AGES["restore_test"] = lambda: age("restore-test")
