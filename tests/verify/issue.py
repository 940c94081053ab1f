# Run by `manage.py shell` inside a running city: issues one certificate of every kind and for names in six scripts,
# lets happen what can happen to one, and writes the papers before they are sealed. Prints a description as JSON.
import io
import json
import os
from base64 import urlsafe_b64encode
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from joserfc.jwk import ECKey
from PIL import Image, ImageDraw

from accounts.models import User
from certificates import actions, badges, openbadges, queries, tokens
from certificates.actions.bind import as_sd_jwt, bind_credential
from certificates.actions.documents import status_token
from certificates.models import IssuerKey, Recipient
from certificates.openbadges.possession import Proven
from certificates.paper import pdf, sealed
from certificates.views.offers import SCHEME
from courses.models import CatalogueEntry, PrintedLesson
from learning.actions import enrol
from learning.models import Enrolment
from providers.actions import place_logo
from providers.models import Membership
from tenancy.lens import look, system

NAMES = {
    "de": "Ada Beispiel-Łukasiewicz",
    "ar": "ليلى الحسن",
    "uk": "Олена Ґудзь",
    "vi": "Nguyễn Thị Minh Khuê",
    "zh": "王小明",
    "am": "አበበ በቀለ",
    "longest": "Maria-Magdalena Theodora von und zu Hohenstein-Wittgenstein-Berleburg-Łukasiewicz",
}
KINDS = ("participation", "achievement", "certificate")
folder = Path(os.environ["VERIFY_FOLDER"])
made = {}


def entry_of(kind):
    for entry in CatalogueEntry.objects.select_related("edition").order_by("address"):
        cover = PrintedLesson.objects.get(
            edition=entry.edition, printing=entry.edition.printing, position=0, language="de"
        )
        if cover.facts.get("attestation", {}).get("attestation", "certificate") == kind:
            return entry
    raise LookupError(f"The demo has no course with the attestation {kind!r}.")


def by_hand():
    """A photo of a line on a printed lesson."""
    photo = Image.new("RGB", (1600, 1200), "#c9c2b0")
    line = [(400, 700), (450, 500), (520, 720), (700, 600), (820, 690), (960, 560), (1200, 600)]
    ImageDraw.Draw(photo).line(line, fill="#15215c", width=14)
    into = io.BytesIO()
    photo.save(into, "JPEG")
    return into.getvalue()


def drawn():
    """A logo with a clear ground."""
    sign = Image.new("RGBA", (900, 300), (0, 0, 0, 0))
    pen = ImageDraw.Draw(sign)
    pen.rounded_rectangle([0, 0, 299, 299], 60, fill="#005a43")
    pen.ellipse([80, 80, 220, 220], fill="white")
    pen.rectangle([360, 60, 900, 130], fill="#005a43")
    into = io.BytesIO()
    sign.save(into, "PNG")
    return into.getvalue()


def issue(name, label, entry):
    learner = User.objects.create(name=name, email=f"{label}@verify.example", is_active=True)
    enrolment = enrol(learner, entry)
    Enrolment.objects.filter(pk=enrolment.pk).update(
        done=enrolment.total, completed_at=timezone.now()
    )
    return actions.issue_certificate(Enrolment.objects.get(pk=enrolment.pk))


def note(certificate, label, expected):
    number = tokens.grouped(Recipient.objects.get(certificate=certificate).token)
    made[label] = {"number": number, "expected": expected, "kind": certificate.kind}
    return number


with look(system("verify")):
    for kind in KINDS:
        entry = entry_of(kind)
        if (
            kind == "certificate"
        ):  # the papers of one kind have a logo and are signed by hand as well
            head = User.objects.create(name="Hedwig Handschrift", email="head@verify.example")
            Membership.objects.create(person=head, provider=entry.provider, role="owner")
            actions.place_autograph(entry.provider, by_hand(), name=head.name, by=head)
            place_logo(entry.provider, drawn(), by=head)
        for script, name in NAMES.items():
            label = f"{kind}-{script}"
            certificate = issue(name, label, entry)
            number = note(certificate, label, "valid")
            held = queries.by_hash(certificate.token_hash)
            for language in sealed.LANGUAGES:
                plain = pdf.render(sealed.paper_of(held, number, language))
                (folder / f"{label}.{language}.plain.pdf").write_bytes(plain)
    held = queries.by_token(tokens.read_token(made["certificate-de"]["number"]))
    badge = openbadges.bake_png(badges.png(held), held.credential)
    (folder / "certificate-de.png").write_bytes(badge)
    drawing = openbadges.bake_svg(badges.svg(held), held.credential)
    (folder / "certificate-de.svg").write_text(drawing)
    wallet = ECKey.generate_key("P-256")
    jwk = wallet.as_dict(private=False)
    did = f"did:jwk:{urlsafe_b64encode(json.dumps(jwk).encode()).decode().rstrip('=')}"
    holder = Proven(did, jwk, "")
    bound = bind_credential(held, holder)
    token = as_sd_jwt(held, holder)
    provider = certificate.provider
    lists = (certificate.status_list, certificate.suspension_list)
    key = IssuerKey.objects.get(provider=held.provider, purpose="sd_jwt").public["jwk"]
    wrong = token.split("~")
    wrong[1] = wrong[1][:-2] + ("A" if wrong[1][-2] != "A" else "B") + wrong[1][-1]
    asked = {"jwk": key, "status": status_token(*lists)}
    sd_jwts = {
        "whole": asked | {"token": token},
        "2 of 4": asked | {"token": token, "show": ["course", "awarded"]},
        "changed": asked | {"token": "~".join(wrong)},
    }
    offered = actions.make_offer(held.token_hash)
    address = f"{settings.PUBLIC_URL}{reverse('oid4vci_offer', args=[offered.id])}"
    offer = {"uri": SCHEME + quote(address, safe=""), "pin": offered.pin}
    extra = {"bound": bound, "sd_jwts": sd_jwts, "offer": offer}
    (folder / "wallet.json").write_text(json.dumps(extra))
    actions.make_key(provider)  # from now on the key of all these is a retired one
    note(issue("Nach dem Wechsel", "rotated", entry), "new-key", "valid")
    revoked = issue("Zurückgezogen", "revoked", entry)
    actions.revoke_certificate(revoked, reason="Probe")
    note(revoked, "revoked", "revoked")
    suspended = issue("Ausgesetzt", "suspended", entry)
    actions.suspend_certificate(suspended, reason="Probe")
    note(suspended, "suspended", "suspended")
    former = issue("Ersetzt", "superseded", entry)
    note(actions.reissue_certificate(former), "successor", "valid")
    note(former, "superseded", "superseded")
print(json.dumps(made))
