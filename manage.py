#!/usr/bin/env python
"""Django's commands; `bin/manage` calls this in the right environment."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ambon_kinerja.settings")
    if "runserver" not in sys.argv:  # a web server: its requests say themselves who reads
        os.environ.setdefault("DATABASE_READER", "service")
    execute_from_command_line(sys.argv)
