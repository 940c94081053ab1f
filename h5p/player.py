"""The page in the sandbox, as the learner likes to read: `h5p_lite.player_page` with our look.

Under any lens: content types are public, and what is played was read before.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accessibility.reading import reading_settings
from h5p_lite.player_page import Look, PlayedRevision, player_page

#: Types made here follow light and dark by themselves.
OURS = "LernHN."
#: Per cent of the browser's own size, as in static/css/tokens.css: what they have chosen holds in here as well.
LETTERS = {"1": "100", "2": "118.75", "3": "137.5"}


def play(request: HttpRequest, played: PlayedRevision, *, one_by_one: bool = False) -> HttpResponse:
    """The whole page. `one_by_one`: every script by itself, for a bundle that did not run."""
    prefs = reading_settings(request.COOKIES.get(settings.READING_COOKIE, ""))
    own = played.library.startswith(OURS)
    context = {"letters": LETTERS[prefs["size"]], "prefs": prefs, "ours": own}
    return player_page(
        request, played, look=Look("h5p/player.html", context), one_by_one=one_by_one
    )
