"""The web server, granian: `python -m config.web` takes its options.

What requests need is loaded here, before granian forks its workers: they have it in common, and one that is killed is back at once. Where
Python does not fork by itself (macOS, from 3.14 on everywhere) each worker loads its own.
"""

import gc
import os


def load() -> None:
    """Everything but `config.wsgi`, which each worker runs for itself: its threads would not survive a fork."""
    os.environ["LERNSTADT_WORK"] = "web"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 -- it reads the two lines above

    django.setup()
    from django.db import connections  # noqa: PLC0415 -- as above

    _load_doors()
    _load_words()
    connections.close_all()
    gc.collect()
    gc.freeze()  # what is never looked at again stays one copy for all


def _load_doors() -> None:
    from django.conf import settings  # noqa: PLC0415 -- as above
    from django.urls import get_resolver  # noqa: PLC0415 -- as above
    from django.utils.module_loading import import_string  # noqa: PLC0415 -- as above

    for middleware in settings.MIDDLEWARE:
        import_string(middleware)
    get_resolver().url_patterns  # noqa: B018 -- it loads all views


def _load_words() -> None:
    """Our own templates and all languages."""
    from django.conf import settings  # noqa: PLC0415 -- as above
    from django.template.loader import get_template  # noqa: PLC0415 -- as above
    from django.utils import translation  # noqa: PLC0415 -- as above

    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Kurse")
    folder = settings.BASE_DIR / "templates"
    for template in sorted(folder.rglob("*.html")):
        get_template(str(template.relative_to(folder)))


def main() -> None:
    from granian.cli import entrypoint  # noqa: PLC0415 -- after what it forks

    entrypoint()  # type: ignore[no-untyped-call]  # -- granian has no types for it


if __name__ == "__main__":
    load()
    main()
