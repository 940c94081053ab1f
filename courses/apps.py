from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Kurse")

    def ready(self) -> None:
        from courses import receivers  # noqa: PLC0415 -- Django connects receivers when the apps are ready

        post_migrate.connect(receivers.on_migrated, sender=self)
