"""Sixty bad and sixty good texts, written before the checks were made to find them: what is found, and what cries wolf."""

from pathlib import Path

from accessibility.checks import DownloadPart, LessonPart, PicturePart, Text, VideoPart, check

HERE = Path(__file__).parent
SPOKEN = "<p>Frau Öz steht am Schalter. Sie sagt: „Guten Tag. Ich möchte mich anmelden.“</p>"


def texts(name):
    lines = (HERE / name).read_text().splitlines()
    return [line.split(" | ") for line in lines if not line.startswith("#")]


def content(kind, *words):
    match kind:
        case "alt":
            return PicturePart(words[0], decorative=False, file="tisch.jpg")
        case "file":
            return DownloadPart(
                words[0], words[1], tagged=True if words[1].endswith("pdf") else None
            )
        case "captions":
            cues = [line for line in words[0].split("\\n") if line and "-->" not in line]
            return VideoPart(captions=True, transcript=SPOKEN, spoken=tuple(cues[1:]))
        case "transcript":
            return VideoPart(captions=True, transcript=words[0])
        case _:
            return Text(words[0])


def findings(line):
    lang = "de-simple" if line[0] == "plain" else "de"
    return check([LessonPart("teil", content(*line))], lang=lang)


def test_what_authors_do_wrong_is_found():
    bad = texts("authors_bad.txt")
    assert len(bad) == 60
    missed = [line for line in bad if not findings(line)]
    assert len(missed) <= 6, missed


def test_careful_authors_are_left_alone():
    good = texts("authors_good.txt")
    assert len(good) == 60
    alarms = [(found, line) for line in good if (found := findings(line))]
    assert len(alarms) <= 2, alarms
