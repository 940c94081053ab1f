"""What stands under seal, word by word in every language papers are issued in. A change here is a decision."""

import itertools
from datetime import date

import pytest
from django.utils.formats import date_format
from django.utils.translation import override

from certificates.models import Certificate
from certificates.papers import LANGUAGES
from certificates.pdfs import words

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
        "Certificate of participation",
        "has taken part in",
        "This certifies participation only. Achievements were not assessed.",
    ),
    ("achievement", "en"): (
        "Record of achievement",
        "has met the assessed requirements of",
        "This certifies the achievements listed here. They were assessed.",
    ),
    ("certificate", "en"): (
        "Certificate",
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
