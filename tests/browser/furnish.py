"""States that the demo city does not show by itself: a test that was failed, a holder who shows their initials,
a certificate that cannot be printed, an open invitation, a change of address that can be taken back.
"""

import json
from typing import Any

from tests.browser.city import City

#: Idempotent. The demo's tutor also teaches where there are meetings, and has failed a course there as a learner.
SCRIPT = r"""
import json
import uuid
from django.utils import timezone
from accounts.actions import make_cards
from accounts.changes import token_for
from accounts.models import User
from accounts.news import Link
from certificates import tokens
from certificates.models import Owed, Recipient
from courses.models import CatalogueEntry
from courses.queries.editions import printed_rule
from h5p_lite.models import Revision
from learning.models import Attempt, Enrolment, Progress, XapiStatement
from learning.queries import first_lesson
from providers.actions import (ask_applicant, begin_application, invite, join, prove_address, seek,
    send_application, write_application)
from providers.models import Application, Invitation
from tenancy.lens import learner, look, system
with look(system("furnish the city of the browser tests")):
    tutor = User.objects.get(email="tutor@vhs.example")
    failed = CatalogueEntry.objects.select_related("edition", "provider").get(address="stadtbibliothek/ki-assistenten-verstehen")
    join(tutor, failed.provider, "tutor")
    items = failed.edition.items
    mine, new = Enrolment.objects.get_or_create(learner=tutor, course=failed.course, defaults=dict(
        provider=failed.provider, edition=failed.edition, judged=True, position=1,
        total=len(items), done=len(items), needed=printed_rule(failed.edition).items_needed(len(items))))
    whose = dict(learner=tutor, provider=failed.provider, enrolment=mine)
    said = {"text": "", "details": [], "hint": ""}
    for item in items if new else ():
        Progress.objects.create(**whose, item=item["id"], position=item["lesson"])
        Attempt.objects.create(**whose, item=item["id"], given={}, right=False, said=said)
    told, revision, question, others = [], Revision.objects.earliest("pk"), uuid.UUID(int=21), Enrolment.objects.filter(course=failed.course)
    XapiStatement.objects.filter(item=question).delete()
    about = {"definition": {"name": {"de": "Drei Fragen zu KI"}, "description": {"de": "Was sollten Sie einem KI-Assistenten nie verraten?"},
        "interactionType": "choice", "choices": [{"id": "0", "description": {"de": "Ihr Passwort"}}, {"id": "1", "description": {"de": "Ihre Frage"}}]}}
    essay = {"object": {"definition": {"description": {"de": "Wofür würden Sie einen KI-Assistenten nutzen?"}, "interactionType": "long-fill-in"}},
        "result": {"response": "Für Briefe an Ämter.\nIch lese aber alles noch einmal.", "score": {"raw": 0, "max": 5}}}
    for number, enrolment in enumerate([mine, mine, *others.exclude(learner=None).exclude(pk=mine.pk)[:5]]):
        points = number % 3
        result = {"score": {"raw": points, "max": 2}, "response": "01"[points == 0], "success": points == 2}
        told.append((enrolment, result, points))
    shy = Recipient.objects.filter(provider__slug="vhs").exclude(learner__email__contains="aylin").earliest("pk")
    Recipient.objects.filter(pk=shy.pk).update(shows="initials")
    waits = Enrolment.objects.filter(provider__slug="vhs", completed_at=None).exclude(learner=None).earliest("pk")
    Owed.objects.get_or_create(enrolment=waits, defaults=dict(provider_id=waits.provider_id, learner_id=waits.learner_id,
        letters="\U00012000 \U00012001", tries=3, next_at=timezone.now()))
    owner = User.objects.get(email="leitung@vhs.example")
    open_one = Invitation.objects.filter(email="einladung@example.org").first()
    if open_one:
        open_one.delete()
    _invitation, link = invite(failed.provider, "einladung@example.org", ["author", "tutor"], by=owner)
    Application.objects.filter(email__endswith="@anfrage.example").delete()
    admin = User.objects.get(email="leitung-bildung@stadt.example")
    seek("Steuererklärung online", "Abends, für Menschen, die arbeiten. Am liebsten in einem Stadtteil-Treff.", by=admin)
    seek("Smartphone auf Ukrainisch", "", by=admin)
    asked = {}
    for state in ("begun", "writing", "sent", "asked"):
        begun = begin_application({"name": "Internet-Treff am Wasserturm", "kind": "club", "legal_form": "private_provider",
            "contact": "Ruth Becker", "email": f"{state}@anfrage.example"}, form=str(timezone.now()), language="de")
        if state != "begun":
            prove_address(begun.application)
            write_application(begun.application, {"topics": ["devices", "safety"], "ways": ["on_site"], "street": "Musterweg 12",
                "city": "Heilbronn", "about": "Jeden Dienstag helfen 4 Ehrenamtliche am Handy. Kaffee gibt es auch.",
                "access": ["steps"], "access_note": "2 Stufen am Eingang", "imprint": "Internet-Treff e. V.\nMusterweg 12",
                "privacy_contact": "datenschutz@anfrage.example", "accessibility_contact": "Ruth Becker, 07131 12345"})
        if state in ("sent", "asked"):
            send_application(begun.application)
        if state == "asked":
            ask_applicant(begun.application, "Liegen für die 4 Ehrenamtlichen Führungszeugnisse vor?", by=admin)
        asked[state] = {"link": begun.token, "id": begun.application.pk}
    helped, *_rest = make_cards(shy.provider_id, ["Margarete H.", "Peter W."], by=tutor, form=uuid.uuid4())
    print(json.dumps({
        "card": helped.card.pk,
        "enrolment": mine.pk,
        "written": [*helped.written],
        "applications": asked,
        "news": Link(owner.pk, "review").path,
        "take_back": token_for(owner.pk, "frueher@example.org", owner.email),
        "invitation": link,
        "failed": f"{failed.address}/{first_lesson(failed.address)}",
        "initials": {"number": tokens.grouped(shy.token), "name": shy.name, "id": shy.pk},
    }))
for enrolment, result, points in told:
    with look(learner(enrolment.learner_id)):
        XapiStatement.objects.create(id=uuid.uuid4(), learner=enrolment.learner, provider=failed.provider, enrolment=enrolment, item=question,
            revision=revision, statement={"object": about, "result": result}, parts=[{"object": about, "result": result}, essay],
            graded=points == 2, points=points, most=2)
"""


def furnish(city: City) -> dict[str, Any]:
    """{"failed": address of a lesson, "initials": {"number", "name", "id"} of a certificate, tokens of two links}"""
    if "furnished" not in city.facts:
        said = city.manage("shell", "-v0", "-c", SCRIPT)
        city.facts["furnished"] = json.loads(said.strip().splitlines()[-1])
    furnished: dict[str, Any] = city.facts["furnished"]
    return furnished
