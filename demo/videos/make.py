"""Render the short films of the demo city from text.

A film is one TOML file beside this script. Each scene has spoken sentences and a slide: a few big
words and a simple drawing. The script speaks the sentences, photographs the slides, joins both and
writes into the media folder of the course:

    <name>.mp4       1280 x 720, H.264 and AAC mono, ready to stream
    <name>.png       the poster
    <name>.de.vtt    captions, timed from the speech; further languages if the scenes carry them

What it needs: Python 3.11 and Debian's chromium, espeak-ng and ffmpeg.

    python demo/videos/make.py                          all films
    python demo/videos/make.py passkey                  one film
    python demo/videos/make.py --transcript passkey de  print the transcript as HTML

Fields of a film: `name`, `course` (folder below demo/content), `poster` (number of the scene),
`say_as` (spelling for the voice only), and `scene` tables with `say`, `seen`, `words`, `svg`
(drawn on 560 x 560) and, for captions in another language, `<code>.say` and `<code>.seen`.
"""

import html
import subprocess
import sys
import tempfile
import tomllib
import wave
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
CONTENT = HERE.parent / "content"
FONT = (
    HERE.parents[1] / "static" / "vendor" / "fonts" / "fira-latin-600.woff2"
)  # built; else a system font
VOICE = ("espeak-ng", "-v", "de", "-s", "140", "-p", "38", "-a", "120")
SENTENCE_PAUSE, SCENE_PAUSE = 0.45, 0.9
LINE = 40  # characters in one caption line
SLIDE = """<!doctype html><html lang="de"><meta charset="utf-8"><style>
@font-face {{ font-family: Slide; src: url("{font}"); }}
html, body {{ margin: 0; }}
body {{ width: 1280px; height: 720px; background: #fbf1e1; color: #16224f; overflow: hidden;
  font: 600 70px/1.16 Slide, "Liberation Sans", sans-serif; position: relative; }}
p {{ position: absolute; inset: 40px auto 130px 72px; width: 580px; margin: 0; display: flex;
  align-items: center; hyphens: manual; }}
svg {{ position: absolute; top: 24px; right: 56px; width: 560px; height: 560px; }}
body::after {{ content: ""; position: absolute; inset: auto 0 0 0; height: 116px; background: #16224f; }}
</style><p><span>{words}</span></p>{drawing}</html>"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 560">{}</svg>'


class VideoCue(NamedTuple):
    """One sentence on the time line, in seconds."""

    start: float
    end: float
    scene: int
    sentence: int


def run(*command: str) -> None:
    """Run a tool; its words are only shown if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- all commands are written in this file
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stderr[-2000:]}")


def speak(film: dict, folder: Path) -> tuple[Path, list[VideoCue], list[float]]:
    """Speak all sentences into one sound file; return it with the cues and the length of each scene."""
    cues, lengths, sound = [], [], bytearray()
    rate = 22050
    for number, scene in enumerate(film["scene"]):
        began = len(sound)
        for index, sentence in enumerate(scene["say"]):
            for written, spoken in film.get("say_as", {}).items():
                sentence = sentence.replace(written, spoken)
            part = folder / "sentence.wav"
            run(*VOICE, "-w", str(part), sentence)
            with wave.open(str(part)) as file:
                rate, voice = file.getframerate(), file.readframes(file.getnframes())
            start = len(sound) / 2 / rate
            sound += voice
            cues.append(VideoCue(start, len(sound) / 2 / rate, number, index))
            last = index == len(scene["say"]) - 1
            sound += bytes(2 * int(rate * (SCENE_PAUSE if last else SENTENCE_PAUSE)))
        lengths.append((len(sound) - began) / 2 / rate)
    whole = folder / "speech.wav"
    with wave.open(str(whole), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(sound)
    return whole, cues, lengths


def photograph(scene: dict, target: Path) -> None:
    """Draw the slide of a scene with Chromium."""
    page = target.with_suffix(".html")
    words = html.escape(scene["words"]).replace("\n", "<br>")
    drawing = DRAWING.format(scene["svg"])
    page.write_text(
        SLIDE.format(font=FONT.as_uri(), words=words, drawing=drawing), encoding="utf-8"
    )
    run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--force-device-scale-factor=1", "--window-size=1280,720",
        f"--user-data-dir={target.parent / 'browser'}", f"--screenshot={target}", page.as_uri(),
    )  # fmt: skip


def stamp(seconds: float) -> str:
    """Write a time the way WebVTT wants it."""
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes):02}:{rest:06.3f}"


def fold(sentence: str) -> str:
    """Break a long caption near its middle."""
    if len(sentence) <= LINE:
        return sentence
    blanks = [place for place, letter in enumerate(sentence) if letter == " "]
    middle = min(blanks, key=lambda place: abs(place - len(sentence) / 2))
    return f"{sentence[:middle]}\n{sentence[middle + 1 :]}"


def captions(film: dict, cues: list[VideoCue], language: str) -> str:
    """Write the captions of a film in one language."""
    parts = ["WEBVTT\n"]
    for number, cue in enumerate(cues, 1):
        scene = film["scene"][cue.scene]
        texts = scene["say"] if language == "de" else scene[language]["say"]
        end = cue.end + SENTENCE_PAUSE / 2
        parts.append(
            f"{number}\n{stamp(cue.start)} --> {stamp(end)}\n{fold(texts[cue.sentence])}\n"
        )
    return "\n".join(parts)


def transcript(film: dict, language: str) -> str:
    """Everything that is said and seen, as HTML."""
    lines = []
    for scene in film["scene"]:
        text = scene if language == "de" else scene[language]
        lines.append(f"<p><em>{text['seen']}</em> {' '.join(text['say'])}</p>")
    return "\n".join(lines)


def languages(film: dict) -> list[str]:
    """German, and every language in which all scenes carry sentences."""
    others = {code for code, value in film["scene"][0].items() if isinstance(value, dict)}
    return ["de", *sorted(code for code in others if all(code in scene for scene in film["scene"]))]


def make(film: dict) -> None:
    """Render one film with its poster and captions."""
    media = CONTENT / film["course"] / "media"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sound, cues, lengths = speak(film, folder)
        listing = []
        for number, (scene, length) in enumerate(zip(film["scene"], lengths, strict=True), 1):
            slide = folder / f"{number}.png"
            photograph(scene, slide)
            listing.append(f"file '{slide}'\nduration {length:.3f}\n")
        listing.append(f"file '{slide}'\n")
        (folder / "list.txt").write_text("".join(listing), encoding="utf-8")
        target = media / film["name"]
        run(
            "ffmpeg", "-y", "-f", "concat", "-safe", "0", "-i", str(folder / "list.txt"), "-i", str(sound),
            "-vf", "fps=25,format=yuv420p", "-c:v", "libx264", "-tune", "stillimage", "-crf", "24",
            "-af", "loudnorm=I=-18:TP=-2,aresample=44100", "-c:a", "aac", "-ac", "1", "-b:a", "80k",
            "-t", f"{sum(lengths):.3f}", "-movflags", "+faststart", f"{target}.mp4",
        )  # fmt: skip
        run(
            "ffmpeg", "-y", "-i", str(folder / f"{film['poster']}.png"), "-vf",
            "split[a][b];[a]palettegen=max_colors=64[p];[b][p]paletteuse=dither=none", f"{target}.png",
        )  # fmt: skip
    for language in languages(film):
        Path(f"{target}.{language}.vtt").write_text(
            captions(film, cues, language), encoding="utf-8"
        )
    size = Path(f"{target}.mp4").stat().st_size // 1000
    sys.stdout.write(f"{film['name']}: {sum(lengths):.1f} s, {size} kB\n")


def main(arguments: list[str]) -> None:
    """Render the films that are named, or all."""
    films = {
        path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.toml"))
    }
    if arguments[:1] == ["--transcript"]:
        sys.stdout.write(transcript(films[arguments[1]], arguments[2]) + "\n")
        return
    for name in arguments or films:
        make(films[name])


if __name__ == "__main__":
    main(sys.argv[1:])
