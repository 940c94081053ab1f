"""Which language a content is in, and which way it is read."""

from h5p_lite.core.package import Manifest

#: BCP 47's word for a language that nobody has named.
UNKNOWN = "und"
RIGHT_TO_LEFT = frozenset({
    "ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "ks", "lrc", "mzn", "nqo", "pnb", "ps", "sd", "syr",
    "ug", "ur", "yi",
})  # fmt: skip
SCRIPTS = {"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"}


def language_of(manifest: Manifest) -> str:
    """`defaultLanguage` is the content's own; `language` is that of its editor's page, which is often the same."""
    named = (manifest.default_language, manifest.language)
    return next((each for each in named if each and each.lower() != UNKNOWN), UNKNOWN)


def direction_of(language: str) -> str:
    """ "rtl", "ltr", or "auto" where the language is not known: then the letters decide."""
    first, *more = language.lower().split("-")
    if not first or first == UNKNOWN:
        return "auto"
    scripts = [part for part in more if len(part) == 4]
    right_to_left = scripts[0] in SCRIPTS if scripts else first in RIGHT_TO_LEFT
    return "rtl" if right_to_left else "ltr"


def tag_of(language: str) -> str:
    """As HTML says it: empty where it is not known (§ 3.2.6.2)."""
    return "" if language == UNKNOWN else language
