"""The uploads process: a small ASGI program that takes files from slow lines, so that pages never wait for them.

Started as `granian --interface asgi --workers 1 city.documents.uploads:application`. It speaks a part of tus 1.0
(docs of the wire: uploads/tus.py) and takes plain forms from pages without script (uploads/form.py).
"""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "city.settings")
if not apps.ready:
    django.setup()

from city.documents.uploads.app import application  # models exist only after setup

__all__ = ["application"]
