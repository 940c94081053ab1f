"""What Word and Writer put on the clipboard, pasted into a step at the desk."""

from playwright.sync_api import expect

from tests.browser.test_desk import GERMAN, STEP, desk

__all__ = ["desk"]

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{color:red}</style></head><body lang=DE>
<!--StartFragment--><h1>Das Wasser<o:p></o:p></h1>
<p class=MsoNormal>Wasser ist H<sub>2</sub>O, ein Feld hat 10 m<sup>2</sup> und <b>ist</b> <span style='color:#C00000'>rot</span>.<a
style='mso-footnote-id:ftn1' href="#_ftn1"><sup>[1]</sup></a></p>
<h2>Die Quelle</h2>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>Erstens</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp;</span></span>Darunter</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>Schritt</p>
<table><tr><td><p class=MsoNormal>Fluss</p></td><td><p class=MsoNormal>Länge</p></td></tr><tr><td>Neckar</td><td>362&nbsp;km</td></tr></table>
<p class=MsoNormal><img src="file:///C:/bild.png"><a href="https://stadt.example/">Zur Stadt</a></p>
<h5>Ganz unten</h5><h6>Noch tiefer</h6>
<div style='mso-element:footnote-list'><p>[1] Eine Fußnote.</p></div><!--EndFragment--></body></html>"""

WRITER = """<html><head><meta charset="utf-8"></head><body><h2 class="western">Der Wald</h2>
<ol><li><p style="line-height: 100%">Gehen</p></li><li><p>Sehen</p><ul><li><p>genau</p></li></ul></li></ol>
<p><font color="#000000"><span style="font-weight: bold">Fett</span> und CO<sub>2</sub></font></p></body></html>"""

PASTE = """(editor, html) => {
  const carried = new DataTransfer();
  carried.setData("text/html", html);
  carried.setData("text/plain", "x");
  editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true}));
}"""
READ = """editor => [...editor.querySelectorAll("[data-block=true]")].map(block => {
  const name = block.closest("h2,h3,h4,li")?.tagName ?? "P";
  const list = block.closest("ul,ol")?.tagName ?? "";
  return [list + name, block.textContent];
})"""
STYLES = """editor => [...editor.querySelectorAll("span[style]")]
  .filter(span => /super|sub/.test(span.style.verticalAlign)).map(span => [span.style.verticalAlign, span.textContent])"""


def pasted(page, html):
    """Into the first text of the step, in place of what it says."""
    editor = page.locator(".Draftail-Editor [contenteditable=true]").first
    editor.click()
    page.keyboard.press("Control+A")
    editor.evaluate(PASTE, html)
    return editor


def test_what_word_brings_keeps_its_shape_and_what_is_left_out_is_named(desk):
    page = desk(GERMAN, STEP)
    editor = pasted(page, WORD)
    said = page.locator("[data-paste-said]")
    expect(said).to_contain_text("ein Bild")
    assert [tuple(pair) for pair in editor.evaluate(READ)] == [
        ("H2", "Das Wasser"),
        ("P", "Wasser ist H2O, ein Feld hat 10 m2 und ist rot."),
        ("H3", "Die Quelle"),
        ("ULLI", "Erstens"),
        ("ULLI", "Darunter"),
        ("OLLI", "Schritt"),
        ("P", "Fluss | Länge"),
        ("P", "Neckar | 362 km"),
        ("P", "Zur Stadt"),
        ("H4", "Ganz unten"),
        ("H4", "Noch tiefer"),
    ]
    assert editor.evaluate(STYLES) == [["sub", "2"], ["super", "2"]]
    assert said.text_content() == (
        "Beim Einfügen weggelassen: Farben, eine Fußnote, ein Bild. "
        "Aus jeder Zeile einer Tabelle wurde ein Absatz. "
        "Überschriften unter der dritten Ebene sind jetzt in der dritten Ebene."
    )
    assert said.get_attribute("role") == "status"


def test_what_writer_brings_keeps_its_shape(desk):
    page = desk(GERMAN, STEP)
    editor = pasted(page, WRITER)
    expect(editor).to_contain_text("Der Wald")
    assert [tuple(pair) for pair in editor.evaluate(READ)] == [
        ("H2", "Der Wald"),
        ("OLLI", "Gehen"),
        ("OLLI", "Sehen"),
        ("ULLI", "genau"),
        ("P", "Fett und CO2"),
    ]
    expect(page.locator("[data-paste-said]")).to_have_count(0)
