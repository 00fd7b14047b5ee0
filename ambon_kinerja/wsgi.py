"""The entry point of the web processes."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ambon_kinerja.settings")
os.environ.pop("DATABASE_READER", None)  # no environment makes a web process read everything
application = get_wsgi_application()
