"""bin/check: all that is looked at before the tests. Looks at everything, then fails if anything did."""

import os
import secrets

import environment
import libraries
import locks
import places
import programs
import say
import servers
from commands import test
from supervisor import Supervisor

CHECKS = {
    "Python is clean (bin/fix)": ["ruff", "check", "--quiet", "--output-format", "concise"],
    "Python is formatted (bin/fix)": ["ruff", "format", "--check", "--quiet"],
    "Templates are clean": ["djlint", "--lint", "--quiet", "templates"],
    "Migrations are in step": ["django", "makemigrations", "--check", "--dry-run"],
    "The house stands": ["pytest", "-q", "-n", "0", "ambon_kinerja/tests/test_house.py"],
}
DEPLOYMENT = "Ready for production"
DEPLOYMENT_CHECK = ["django", "check", "--deploy", "--fail-level", "WARNING"]


def main(words):
    if words:
        raise say.Trouble("bin/check takes no words.")
    environment.ensure("run", "embedded", "dev")
    with Supervisor(logs=places.owned_folder(places.LOGS / f"check-{os.getpid()}")) as supervisor:
        supervisor.folder(supervisor.logs)
        variables = libraries.ensure() | servers.start_throw_away(supervisor)
        variables |= test.test_variables(supervisor.folder(places.fast_folder(0)))
        env = programs.clean_environment(**variables)
        bad = [name for name, command in CHECKS.items() if not _passes(name, command, env)]
        if not _passes(DEPLOYMENT, DEPLOYMENT_CHECK, env | _like_production()):
            bad.append(DEPLOYMENT)
    bad += [f"{name}.txt is in step (bin/fix --lock)" for name in locks.out_of_step()]
    for name in bad:
        say.line(f"  not true: {name}")
    say.line("bin/check: " + (f"{len(bad)} of the checks failed." if bad else "all is well."))
    return 1 if bad else 0


def _passes(name, command, env):
    try:
        with say.step(name):
            programs.run(programs.python("-m", *command), env=env, what=name)
    except say.Trouble as trouble:
        say.line(trouble.log)
        return False
    return True


def _like_production():
    return {
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DEBUG": "0",
        "DEMO": "0",
        "ALLOWED_HOSTS": "kinerja.example.org",
        "SITE_URL": "https://kinerja.example.org",
    }
