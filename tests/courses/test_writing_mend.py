"""One press mends what a check has found at the desk: the rest of the text stays, it is done once, and it can be undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accessibility.advice import REPAIRS
from accessibility.checks import Text, check
from accessibility.checks.parts import LessonPart
from courses.texts import TextLine, TextRun, lean, read_html, write_html
from courses.texts import repairs as texts
from tenancy.lens import look, system
from tests import factories
from tests.factories import block
from tests.support.desk import as_
from tests.support.writing import now, raw, url

FEATURES = ("h2", "h3", "h4", "ol", "ul", "bold", "italic", "link", "lang-en", "lang-tr")

#: rule -> [(the text, what it is then)]
MENDED = {
    "heading-by-hand": [
        ("<p><b>Was Sie brauchen:</b></p><p>Stift</p>", "<h2>Was Sie brauchen</h2><p>Stift</p>"),
        (
            "<h3>Eins</h3><p>a</p><p><b>Zwei</b></p><p>b</p>",
            "<h3>Eins</h3><p>a</p><h3>Zwei</h3><p>b</p>",
        ),
    ],
    "list-by-hand": [
        (
            "<p>Liste:</p><p>- a</p><p>- <b>b</b></p>",
            "<p>Liste:</p><ul><li>a</li><li><b>b</b></li></ul>",
        ),
        ("<p>1) Auf<br>2) Zu</p><p>Ende</p>", "<ol><li>Auf</li><li>Zu</li></ol><p>Ende</p>"),
        ("<p>✅ Ja</p><p>✅ Auch</p>", "<ul><li>Ja</li><li>Auch</li></ul>"),
    ],
    "line-by-hand": [("<p>a</p><p>-----------</p><p>b</p>", "<p>a</p><p>b</p>")],
    "signs-run": [
        ("<p>Jetzt!!! Sofort!!!</p>", "<p>Jetzt! Sofort!</p>"),
        ("<p>Und ......</p>", "<p>Und …</p>"),
    ],
    "emoji-run": [("<p>Toll 🎉🎉🎉 ja</p>", "<p>Toll 🎉 ja</p>")],
    "letters-spaced": [("<p>Das ist <b>w i c h t i g</b>.</p>", "<p>Das ist <b>wichtig</b>.</p>")],
    "abbreviation": [
        ("<p>Zum Lernen z. B. Wörter</p>", "<p>Zum Lernen zum Beispiel Wörter</p>"),
        ("<p>Z.B. am Montag, d.h. bald</p>", "<p>Zum Beispiel am Montag, d.h. bald</p>"),
        ("<p>Brot usw. Kommen Sie.</p>", "<p>Brot und so weiter. Kommen Sie.</p>"),
    ],
    "plain-formal": [("<p>Kommen Sie unverzüglich.</p>", "<p>Kommen Sie sofort.</p>")],
    "language-unmarked": [
        (
            "<p>Er sagt: Could you please tell me the way? Ja.</p>",
            '<p>Er sagt: <span lang="en">Could you please tell me the way?</span> Ja.</p>',
        )
    ],
}


def first_finding(html, rule):
    found = check([LessonPart("teil", Text(html))], lang="de-simple")
    return next(one for one in found if one.rule == rule)


def mended(html, rule):
    lines = read_html(html, FEATURES)
    said = first_finding(html, rule).excerpt
    return write_html(lean(texts.repaired(lines, rule, said, "de-simple")))


def test_every_button_has_examples():
    assert set(MENDED) == set(REPAIRS) == set(texts.REPAIRS)


@pytest.mark.parametrize(
    ("rule", "before", "after"), [(r, b, a) for r, pairs in MENDED.items() for b, a in pairs]
)
def test_what_was_found_is_mended(rule, before, after):
    assert mended(before, rule) == write_html(read_html(after, FEATURES))


def test_what_depends_on_the_meaning_is_left_to_the_author():
    for html in ("<p>Siehe s. o. im Text</p>", "<p>Gemäß dem Plan.</p>"):
        rule = "abbreviation" if "s. o." in html else "plain-formal"
        assert mended(html, rule) == write_html(read_html(html, FEATURES))


LINES = st.lists(
    st.builds(
        lambda text, marks: TextLine("p", (TextRun(text, frozenset(marks)),)),
        st.text(alphabet="- 1.)a•b!z B\n✅", min_size=1, max_size=25),
        st.sampled_from([(), ("b",)]),
    ),
    max_size=6,
)


@given(LINES, st.sampled_from(["heading-by-hand", "list-by-hand"]))
def test_no_letter_is_lost(lines, rule):
    for line in lines:
        for text in (line.text, *line.text.split("\n")):
            made = texts.repaired(lines, rule, " ".join(text.split()), "de")
            assert letters(made) == letters(lines)


def letters(lines):
    return [sign for line in lines for sign in line.text if sign in "azbB"]


BOLD = '<p data-block-key="aaaaa"><b>Was Sie brauchen</b></p><p data-block-key="bbbbb">Einen Stift.</p>'
ASK = {"do": "mend", "regel": "heading-by-hand", "stelle": "Was Sie brauchen"}


@pytest.fixture
def step(house):
    course = factories.make_course(house, lessons=1, title="Fotos ordnen")
    with look(system("test")):
        step = course.lessons().first()
        step.body = [block("text", BOLD)]
        step.save_revision(clean=True)
        return step


@pytest.fixture
def at(step):
    return url("arrange", step, raw(step, "text")["id"])


def test_the_button_stands_at_the_finding_and_mends_it(client, author, step, at):
    client = as_(client, author)
    assert "Überschrift daraus machen" in client.get(url("step", step)).text
    answer = client.post(at, ASK, follow=True)
    assert "Behoben." in answer.text
    assert "Überschrift daraus machen" not in answer.text
    assert raw(step, "text")["value"].startswith('<h2 data-block-key="aaaaa">Was Sie brauchen</h2>')


def test_sent_twice_it_is_done_once_and_undone_at_once(client, author, step, at):
    client = as_(client, author)
    client.post(at, ASK)
    with look(system("test")):
        states = now(step).revisions.count()
    answer = client.post(at, ASK, follow=True)
    assert "Diese Stelle steht nicht mehr im Text." in answer.text
    with look(system("test")):
        assert now(step).revisions.count() == states
    client.post(url("undo", step))
    assert raw(step, "text")["value"] == BOLD


def test_the_script_gets_the_sheet_anew(client, author, step, at):
    answer = as_(client, author).post(at, ASK, headers={"X-Desk": "part"})
    assert answer.json()["url"].startswith(url("step", step))


@pytest.mark.parametrize(
    ("change", "status"),
    [({"regel": "alt-missing"}, 404), ({"regel": ""}, 404), ({"stelle": "Anderes"}, 302)],
)
def test_what_is_not_found_is_not_mended(client, author, step, at, change, status):
    assert as_(client, author).post(at, ASK | change).status_code == status
    assert raw(step, "text")["value"] == BOLD


def test_undo_is_offered_once_there_is_something_to_take_back(client, author, step, at):
    client = as_(client, author)
    assert "hidden data-undo" in client.get(url("step", step)).text
    client.post(at, ASK)
    assert "hidden data-undo" not in client.get(url("step", step)).text
