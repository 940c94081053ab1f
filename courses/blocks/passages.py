"""What a rich text may hold, and the languages a passage of it may be marked with."""

#: Languages a passage can be marked with, so that it is read out rightly (WCAG 3.1.2): code -> own name.
PASSAGES = {
    "de": "Deutsch",
    "en": "English",
    "tr": "Türkçe",
    "ar": "العربية",
    "uk": "Українська",
    "ru": "Русский",
    "fr": "Français",
}
FROM_RIGHT = ("ar",)
_MARKS = [f"lang-{code}" for code in PASSAGES]
WORDS = ["bold", "italic", "superscript", "subscript", "link", *_MARKS]
TEXT_FEATURES = ["h2", "h3", "h4", "ol", "ul", *WORDS]
SMALL_TEXT = ["ol", "ul", *WORDS]
