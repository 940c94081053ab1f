"""What the catalogue's search reads: narrow rows beside the entries, the vocabulary, and the concepts people ask for.

All of it is public: a read wall would switch the indexes off. How it is used: `courses/queries/search.sql`.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.editions import CatalogueEntry
from providers.models import Provider


class FacetGroup(models.Model):
    """What facets count by, once per combination ("topic:4", "level:einstieg"): a hit carries one number instead of many texts."""

    marks = ArrayField(models.CharField(max_length=80), unique=True)  # sorted

    def __str__(self) -> str:
        return " ".join(self.marks)


class SearchEntry(models.Model):
    """Beside the catalogue entry and narrow, because a search reads thousands of these rows and twenty cards."""

    entry = models.OneToOneField(
        CatalogueEntry, models.CASCADE, primary_key=True, related_name="search_entry"
    )
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    group = models.ForeignKey(FacetGroup, models.PROTECT, related_name="+")
    sort_key = models.CharField(max_length=255)
    #: Every stem with its places, the names of concepts (§password) and competences (°4.2). Only the index reads it.
    search = SearchVectorField()
    #: Each stem once at its best place; of the long text the most frequent alone. Ranking reads it for every hit.
    rank = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="search_words", fastupdate=False),
            models.Index(fields=["sort_key", "entry"], name="search_sort"),
        ]

    def __str__(self) -> str:
        return self.sort_key


class SearchStem(models.Model):
    """A stem that cards or labels have. Triggers write it (`courses/search_words.sql`)."""

    stem = models.CharField(max_length=200, unique=True)
    df = models.PositiveIntegerField(default=0)  # how many cards have it
    part = models.BooleanField(default=True)  # long enough to be half of a compound
    label = models.BooleanField(default=False)  # alone the German name of a concept that cards have

    def __str__(self) -> str:
        return self.stem


class SearchTerm(models.Model):
    """A word of cards and labels, as it is written: what a typing error may have meant."""

    word = models.CharField(max_length=60, primary_key=True)
    plain = models.CharField(max_length=120, default="")  # in letters from a to z
    sound = models.CharField(max_length=60, default="")  # Kölner Phonetik; empty for other scripts
    stem = models.CharField(max_length=200, default="")
    df = models.PositiveIntegerField(default=0)
    worth = models.FloatField(default=0)  # 0.06 in a card; else as a label
    #: As a label of one word: 0.04 in German, 0.02 in others; as a word of a longer one 0; in no label NULL.
    label_worth = models.FloatField(null=True)

    class Meta:
        indexes = [
            GinIndex(OpClass("plain", name="gin_trgm_ops"), name="term_trigrams", fastupdate=False),
            models.Index(fields=["sound"], name="term_sound"),
        ]

    def __str__(self) -> str:
        return self.word


class Concept(models.Model):
    """What people ask for, in whatever words. Its key is a lexeme of printed cards and never changes."""

    key = models.SlugField(_("Kennung"), max_length=60, unique=True)
    competence = models.CharField(_("Kompetenz"), max_length=3)  # of DigComp 3.0
    broader = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="narrower"
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    df = models.PositiveIntegerField(default=0)  # how many cards have it
    #: The lexemes to look for: itself, or what is nearest while no card has it.
    ask = ArrayField(models.CharField(max_length=64), default=list)

    class Meta:
        verbose_name = _("Begriff")
        verbose_name_plural = _("Begriffe")

    def __str__(self) -> str:
        return self.key


class ConceptLabel(models.Model):
    """One way to say a concept. What was taken away stays as a row, so that the shipped list does not bring it back."""

    class Kind(models.TextChoices):
        """As in SKOS: shown; searched; searched, and never shown nor offered as a correction."""

        PREF = "pref", _("Name")
        ALT = "alt", _("Anderes Wort")
        HIDDEN = "hidden", _("Häufiger Fehler")

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="labels")
    language = models.CharField(_("Sprache"), max_length=10)
    kind = models.CharField(_("Art"), max_length=6, choices=Kind)
    text = models.CharField(_("Wort"), max_length=120)
    stems = ArrayField(models.CharField(max_length=200), default=list)  # in order
    size = models.PositiveSmallIntegerField(default=0)  # different stems; 0: not looked for
    removed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("Wort eines Begriffs")
        constraints = [
            models.UniqueConstraint(fields=["concept", "language", "text"], name="label_once"),
            models.UniqueConstraint(
                fields=["concept", "language"],
                condition=models.Q(kind="pref", removed=False),
                name="one_name_in_each_language",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class LabelStem(models.Model):
    """A stem of a label: how labels are found by words."""

    label = models.ForeignKey(ConceptLabel, models.CASCADE, related_name="words")
    stem = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stem", "label"], name="label_stem_once")]

    def __str__(self) -> str:
        return self.stem
