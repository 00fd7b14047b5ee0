"""Runs several of Django's commands in one process, because each start of Django costs a second.

Run in the project's environment: django_commands.py "NAME WORDS..." ...
Prints one JSON line for each: {"seconds", "output"}.
"""

import io
import json
import os
import shlex
import sys
import time


def main(lines):
    sys.path[0] = os.getcwd()  # Django's project, not this folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ambon_kinerja.settings")
    os.environ.setdefault("DATABASE_READER", "service")
    import django
    from django.core.management import CommandError, call_command

    began = time.monotonic()
    django.setup()
    for line in lines:
        output = io.StringIO()
        try:
            call_command(*shlex.split(line), stdout=output)
        except CommandError as error:
            sys.exit(f"{output.getvalue()}{line}: {error}")
        print(json.dumps({"seconds": time.monotonic() - began, "output": output.getvalue()}), flush=True)
        began = time.monotonic()


main(sys.argv[1:])
