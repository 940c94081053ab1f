#!/usr/bin/env python3
"""A project with django-h5p-lite: see ../README.md. `python manage.py migrate`, `createsuperuser`, `runserver`, then /h5p/."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
    execute_from_command_line(sys.argv)
