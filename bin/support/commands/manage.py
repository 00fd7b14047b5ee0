"""bin/manage: Django's commands in the right environment, with the servers of a run or, alone, its own."""

import environment
import libraries
import places
import programs
import say
import servers
import supervisor as supervision


def main(words):
    environment.ensure("run", "embedded")
    variables = libraries.ensure() | servers.demo_variables(host="127.0.0.1", port=8000)
    if not servers.is_embedded():
        return _django(words, variables)
    running = supervision.read_state()
    if "variables" in running:
        return _django(words, variables | running["variables"])
    if running:
        raise say.Trouble("bin/run is just starting.", mend="try again in a few seconds")
    with supervision.only_one() as lock:
        logs = places.owned_folder(places.LOGS)
        with supervision.Supervisor(logs=logs, lock=lock) as supervisor:
            return _django(words, variables | servers.start_lasting(supervisor))


def _django(words, variables):
    return programs.show(programs.python("manage.py", *words), env=programs.clean_environment(**variables))
