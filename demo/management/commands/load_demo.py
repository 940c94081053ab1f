import time
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from accessibility.models import AccessibilityStatement
from accounts.models import User
from demo import activities, catalogue, dates, desk, learners, people, wishes
from reports.tasks import publish_figures, publish_open_data
from tenancy import public_page
from tenancy.lens import CITY, look, system


class Command(BaseCommand):
    help = "Load the demo city: three providers, eight courses, forty runs, staff, about 400 invented learners. Idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        self.began = time.monotonic()
        self._step("Anbieter und Startseite")
        catalogue.load_providers()
        self._step("H5P-Inhaltstypen")
        activities.install_libraries()
        self._step("Kurse")
        catalogue.load_courses(lambda name: self._step(f"  {name}"))
        self._step("Konten")
        people.make_staff_and_learner()
        _statement()
        with look(system("demo learner")):
            aylin = User.objects.get(email=people.ACCOUNTS[0].email)
        learners.give_history(aylin)
        self._step("Lernende und ihre Nachweise")
        learners.make_learners()
        with look(system("demo tutor")):
            tutor = User.objects.get(email=people.TUTOR)
        learners.gather(aylin, tutor)
        self._step("Termine in der Stadt")
        dates.plan_city()
        self._step("Was auf den Schreibtischen liegt")
        desk.lay_out()
        wishes.seek_in_vain()
        self._step("Zahlen der Stadt")
        publish_figures()
        publish_open_data()
        public_page.forget()
        connection.close()
        self._step("Fertig")

    def _step(self, what: str) -> None:
        self.stdout.write(f"  {time.monotonic() - self.began:5.1f} s  {what}")
        self.stdout.flush()


def _statement() -> None:
    """The city's accessibility statement, honest about what has not been tested yet."""
    with look(system("demo accessibility statement")):
        AccessibilityStatement.objects.get_or_create(
            provider_id=CITY,
            defaults={
                "status": AccessibilityStatement.Status.PARTIAL,
                "scope": "die Lernstadt Heilbronn (Vorführung)",
                "method": "Selbstbewertung: automatische Prüfung jeder Seiten-Vorlage mit axe-core, "
                "Bedienung mit der Tastatur, Darstellung bei 320 Pixel Breite.",
                "barriers": [
                    {
                        "text": "Es gibt noch keine Videos in Deutscher Gebärdensprache.",
                        "kind": "Noch nicht umgesetzt",
                        "alternative": "Rufen Sie uns an oder schreiben Sie uns. Wir helfen Ihnen.",
                    },
                    {
                        "text": "Die Fassungen in Einfacher Sprache sind noch nicht von Lernenden geprüft.",
                        "kind": "Noch nicht umgesetzt",
                        "alternative": "Die Fassung heißt deshalb „Einfache Sprache“, nicht „Leichte Sprache“.",
                    },
                ],
                "created_on": date(2026, 11, 23),
                "reviewed_on": date(2026, 11, 23),
            },
        )
