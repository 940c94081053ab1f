"""Licences of courses and of what is used in them: names, texts, and what may be passed on. Pure.

Codes are SPDX identifiers where there is one. "own" is the licence of the course; "permission" was given to one
provider for one course and goes no further; "reserved" opens nothing.
"""

OWN, PERMISSION, RESERVED = "own", "permission", "reserved"

#: Under which a course may be taken over: the deed a reader is led to.
DEEDS = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/deed.de",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/deed.de",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/deed.de",
    "CC-BY-3.0": "https://creativecommons.org/licenses/by/3.0/deed.de",
    "CC-BY-SA-3.0": "https://creativecommons.org/licenses/by-sa/3.0/deed.de",
    "PDM-1.0": "https://creativecommons.org/publicdomain/mark/1.0/deed.de",
}
#: Licences a course can have.
COURSES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", RESERVED)
#: Licences a picture or a file can have.
CREDITS = (OWN, *DEEDS, PERMISSION)
OPEN = COURSES[:3]
#: The file of a package that people read is in German, like the platform's own texts.
NAMES = {
    "CC-BY-4.0": "CC BY 4.0",
    "CC-BY-SA-4.0": "CC BY-SA 4.0",
    "CC0-1.0": "CC0 1.0",
    "CC-BY-3.0": "CC BY 3.0",
    "CC-BY-SA-3.0": "CC BY-SA 3.0",
    "PDM-1.0": "Gemeinfrei",
    OWN: "Lizenz wie der Kurs",
    PERMISSION: "Mit Erlaubnis, nur für diesen Kurs",
    RESERVED: "Alle Rechte vorbehalten",
}


def lacks(licence: str, *, author: str, link: str) -> list[str]:
    """What a credit line still needs: "author", "link". CC BY 4.0 § 3 (a) (1): name the creator, link the material."""
    if licence == OWN:
        return []
    missing = [] if author.strip() else ["author"]
    if licence.startswith("CC") and not link.strip():
        missing.append("link")
    return missing
