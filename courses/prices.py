"""What something costs, in the reader's language: 18 €, 9,50 € or 9.50 €."""

from django.utils.formats import number_format


def euros(cents: int) -> str:
    """Without cents where there are none."""
    return f"{number_format(cents / 100, 2 if cents % 100 else 0)} €"
