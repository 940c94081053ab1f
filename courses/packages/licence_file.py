"""LIZENZEN.txt: what the package says about rights, for people. In German, like the platform's own texts."""

from typing import Any

from courses.licences import DEEDS, NAMES, OWN


def text(data: dict[str, Any]) -> str:
    """The course, what it goes back to, and every file with its credit."""
    source, course = data["source"], data["course"]
    lines = [
        f"„{source['title']}“ von {source['provider']}",
        _licence(course["licence"]),
        source["url"],
        "",
    ]
    if data["origin"]:
        origin = data["origin"]
        lines += [
            f"Der Kurs beruht auf „{origin['title']}“ von {origin['provider']}",
            _licence(origin["licence"]),
            origin["url"],
            "",
        ]
    if data["media"]:
        lines += ["Bilder und Dateien", ""]
    for each in data["media"]:
        lines += [
            f"{each['name']} ({each['file']})",
            *_credit(each["credit"], course["licence"]),
            "",
        ]
    return "\n".join(lines)


def _credit(credit: dict[str, str], licence: str) -> list[str]:
    if not credit or credit["licence"] == OWN:
        who = f"  Von: {credit['author']}" if credit and credit["author"] else "  Eigenes Werk"
        return [who, f"  {_licence(licence)}"]
    labels = [("Titel", "title"), ("Von", "author"), ("Link", "link"), ("Fundort", "origin")]
    lines = [f"  {word}: {credit[name]}" for word, name in labels if credit[name]]
    return [*lines, f"  {_licence(credit['licence'])}"]


def _licence(code: str) -> str:
    return f"Lizenz: {NAMES[code]}" + (f" <{DEEDS[code]}>" if code in DEEDS else "")
