"""What stands under seal, word by word in every language papers are issued in. A change here is a decision."""

import itertools
from datetime import date

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from certificates.actions.attestations import AttestationResult
from certificates.models import Certificate
from certificates.paper.content import words
from certificates.paper.sealed import LANGUAGES
from certificates.verification.verdicts import extent
from courses.rules import AttestationRule
from learning.queries import CourseOutcome

SEALED = {
    ("participation", "de"): (
        "Teilnahmebescheinigung",
        "hat teilgenommen an",
        "Bescheinigt wird die Teilnahme. Leistungen wurden nicht geprüft.",
    ),
    ("achievement", "de"): (
        "Leistungsnachweis",
        "hat die Leistungen erbracht in",
        "Bescheinigt werden die Leistungen, die hier stehen. Sie wurden geprüft.",
    ),
    ("certificate", "de"): (
        "Zertifikat",
        "hat mit Erfolg abgeschlossen",
        "Bescheinigt wird der Abschluss des ganzen Kurses. Die Leistungen wurden geprüft.",
    ),
    ("participation", "en"): (
        "Confirmation of participation",
        "has taken part in",
        "This certifies participation only. Achievements were not assessed.",
    ),
    ("achievement", "en"): (
        "Record of achievement",
        "has met the assessed requirements of",
        "This certifies the achievements listed here. They were assessed.",
    ),
    ("certificate", "en"): (
        "Certificate of completion",
        "has successfully completed",
        "This certifies completion of the whole course. The achievements were assessed.",
    ),
}
#: Words that only a kind with an assessment may use, and what only the one without says.
ASSESSED = {"de": "wurden geprüft", "en": "were assessed"}
NOT_ASSESSED = {"de": "nicht geprüft", "en": "not assessed"}


def test_every_kind_is_pinned_in_every_language_of_papers():
    assert set(SEALED) == set(itertools.product(Certificate.Kind.values, LANGUAGES))


@pytest.mark.parametrize(("kind", "language"), SEALED)
def test_a_paper_says_word_for_word(kind, language):
    with override(language):
        assert tuple(words(kind)) == SEALED[kind, language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_that_assess_share_no_sentence_with_the_one_that_does_not(language):
    with override(language):
        said = {kind: words(kind) for kind in Certificate.Kind.values}
    for one, other in itertools.combinations(said.values(), 2):
        assert not set(one) & set(other)
    for kind, (_title, _verb, sentence) in said.items():
        only_took_part = kind == "participation"
        assert (NOT_ASSESSED[language] in sentence) is only_took_part
        assert (ASSESSED[language] in sentence) is not only_took_part


@pytest.mark.parametrize(
    ("language", "says"),
    [("de", "28. November 2026"), ("en", "28 November 2026"), ("de-simple", "28. November 2026")],
)
def test_a_day_is_written_as_its_language_writes_it(language, says):
    with override(language):
        assert date_format(date(2026, 11, 28), "DATE_FORMAT") == says


def reached(**rule):
    known = {"done": 2, "total": 2, "attended": 1, "units": 0, "take": 1, "result": 80}
    result = rule.pop("result", known.pop("result"))
    made = AttestationRule(**rule)
    return AttestationResult(
        CourseOutcome(rule=made, result=result, sittings=made.sittings, **known)
    )


#: Rule and size of a course -> what is signed as that which it took.
CRITERIA = [
    ({}, (3, 5), "Alle 3 Schritte des Kurses erledigt. Alle 5 Aufgaben gelöst."),
    ({}, (1, 1), "Den Schritt des Kurses erledigt. Die Aufgabe gelöst."),
    ({"result": None}, (3, 3), "Alle 3 Schritte des Kurses erledigt."),
    ({"attestation": "participation"}, (3, 5), "Alle 3 Schritte des Kurses erledigt."),
    (
        {"attestation": "participation", "required_share": 60},
        (3, 5),
        "Mindestens 60 % des Kurses erledigt.",
    ),
    ({"required_share": 60}, (3, 5), "Mindestens 60 % der 5 Aufgaben des Kurses gelöst."),
    ({"required_share": 60}, (3, 1), "Die Aufgabe des Kurses gelöst."),
    (
        {"pass_mark": 70, "sittings": 1, "required_sittings": 1},
        (2, 2),
        "Alle 2 Schritte des Kurses erledigt. Alle 2 Aufgaben gelöst. "
        "Mindestens 70 % der Fragen beim ersten Versuch richtig. An 1 von 1 Termin vor Ort teilgenommen.",
    ),
]


@pytest.mark.parametrize(("rule", "size", "says"), CRITERIA)
def test_what_it_took_is_said_word_for_word(rule, size, says):
    steps, items = size
    assert reached(**rule).criteria(steps=steps, items=items) == says


@pytest.mark.parametrize(
    ("units", "minutes", "steps", "says"),
    [
        (0, 3, 1, "1 Schritt, etwa 3 Minuten"),
        (0, 1, 2, "2 Schritte, etwa 1 Minute"),
        (1, 45, 2, "1 Unterrichtseinheit (UE) zu 45 Minuten"),
        (2, 90, 2, "2 Unterrichtseinheiten (UE) zu 45 Minuten"),
    ],
)
def test_how_much_it_was_follows_the_minutes(units, minutes, steps, says):
    assert extent({"units": units, "minutes": minutes, "steps": steps}) == says
