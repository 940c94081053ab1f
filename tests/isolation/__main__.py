"""`./dev isolation`: everybody asks for everything that is somebody else's, and nobody may get it."""

import os
import sys

import django


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from tests.isolation import whole

    return whole.run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
