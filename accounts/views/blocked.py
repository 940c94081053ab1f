"""Where browsers report what the Content-Security-Policy has stopped."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.blocked import LARGEST, read_reports
from accounts.limits import allowed_here
from words.lengths import announced


@csrf_exempt  # browsers send reports by themselves, without a token; a report changes a number only
@require_POST
def blocked(request: HttpRequest) -> HttpResponse:
    """The same empty answer whatever is sent: anyone who sends junk learns nothing, and the log stays quiet."""
    if announced(request.META) <= LARGEST and allowed_here("csp", request):
        own = urlsplit(settings.PUBLIC_URL).hostname or ""
        if reports := read_reports(request.body, own):
            actions.count_blocked(reports)
    return HttpResponse(status=204)
