"""Which letters of which font go into which file: for pages by script, for certificates with every script we print."""

from typing import NamedTuple

KERN = "@kern-ux/native/dist"
NOTO = "@fontsource/noto-sans-arabic/files"
VAZIR = "@fontsource/vazirmatn"
#: Scripts of thousands of characters: about a hundred small variable fonts each, and which of them has which characters.
SLICED = {
    "han": "@fontsource-variable/noto-sans-sc",
    "hangul": "@fontsource-variable/noto-sans-kr",
}

LATIN = (
    "U+0020-007E,U+00A0-00FF,U+0152-0153,U+2010-201E,U+2022,U+2026,U+202F,"
    "U+2032-2033,U+20AC,U+2190-2193,U+2212,U+1E9E"
)
LATIN_EXT = "U+0100-0151,U+0154-017F,U+0218-021B,U+0259,U+1EA0-1EF9"
CYRILLIC = "U+0401-040C,U+040E-044F,U+0451-045C,U+045E-045F,U+0490-0491,U+2116"
ARABIC = (
    "U+060C,U+061B,U+061F,U+0621-063A,U+0640-0652,U+0660-066A,U+0670,U+067E,U+0686,"
    "U+0698,U+06A9,U+06AF,U+06CC,U+200C-200F"
)


class Cut(NamedTuple):
    """One font file to be made: the glyphs of one script in one weight."""

    source: str
    target: str
    glyphs: str
    features: tuple[str, ...]


FIRA = {
    "400": f"{KERN}/fonts/fira-sans/FiraSans-Regular.woff2",
    "600": f"{KERN}/fonts/fira-sans/FiraSans-SemiBold.woff2",
}
LETTERS = ("kern", "liga", "tnum", "locl", "ccmp", "mark", "mkmk")
SCRIPTS_ALONE = (  # of a package of their own
    *(
        "armenian",
        "bengali",
        "ethiopic",
        "georgian",
        "gujarati",
        "gurmukhi",
        "hebrew",
        "kannada",
        "khmer",
    ),
    *("lao", "malayalam", "myanmar", "oriya", "sinhala", "tamil", "telugu", "thai"),
)
PDF_NAMES = {"400": "Regular", "600": "SemiBold"}
PDF_SCRIPTS = {  # names on certificates: what Fira has no letters for
    "latin": "@fontsource/noto-sans/files/noto-sans-latin-ext",
    "cyrillic": "@fontsource/noto-sans/files/noto-sans-cyrillic",
    "cyrillic-ext": "@fontsource/noto-sans/files/noto-sans-cyrillic-ext",
    "vietnamese": "@fontsource/noto-sans/files/noto-sans-vietnamese",
    "greek": "@fontsource/noto-sans/files/noto-sans-greek",
    "devanagari": "@fontsource/noto-sans/files/noto-sans-devanagari",
    # Vazirmatn draws a letter as one glyph, so that a reader of the file gets names without gaps; Noto has rarer letters
    "arabic": f"{VAZIR}/files/vazirmatn-arabic",
    "arabic-more": f"{NOTO}/noto-sans-arabic-arabic",
    **{
        script: f"@fontsource/noto-sans-{script}/files/noto-sans-{script}-{script}"
        for script in SCRIPTS_ALONE
    },
}
CUTS = (
    *(
        Cut(path, f"fonts/fira-latin-{weight}.woff2", LATIN, ("kern", "liga", "tnum"))
        for weight, path in FIRA.items()
    ),
    *(
        Cut(path, f"fonts/fira-ext-{weight}.woff2", LATIN_EXT, LETTERS)
        for weight, path in FIRA.items()
    ),
    *(
        Cut(path, f"fonts/fira-cyrillic-{weight}.woff2", CYRILLIC, LETTERS)
        for weight, path in FIRA.items()
    ),
    *(
        Cut(
            f"{NOTO}/noto-sans-arabic-arabic-{weight}-normal.woff2",
            f"fonts/noto-arabic-{weight}.woff2",
            ARABIC,
            ("*",),
        )
        for weight in FIRA
    ),
    # WeasyPrint embeds these; it wants outlines without compression.
    *(
        Cut(
            path,
            f"fonts/pdf/FiraSans-{PDF_NAMES[weight]}.ttf",
            f"{LATIN},{LATIN_EXT},{CYRILLIC}",
            LETTERS,
        )
        for weight, path in FIRA.items()
    ),
)

# As they are, only without compression: source -> target.
UNPACKED = {
    f"{path}-{weight}-normal.woff2": f"fonts/pdf/{script}-{weight}.ttf"
    for script, path in PDF_SCRIPTS.items()
    for weight in FIRA
}
