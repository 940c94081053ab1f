import os

from django.core.wsgi import get_wsgi_application

os.environ["LERNSTADT_WORK"] = "web"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()

from django.conf import settings  # noqa: E402 -- Django's settings are there from here on

from config import scraping  # noqa: E402 -- as above
from config.gate import Bounds, Gate  # noqa: E402 -- as above

application = Gate(
    django,
    Bounds(threads=settings.WEB_THREADS),
    proxies=settings.ALLAUTH_TRUSTED_PROXY_COUNT,
)
scraping.serve()
