"""Runs one of the commands of bin/; what goes wrong is said in one line with the command that mends it."""

import importlib
import sys

import say


def main():
    command, words = sys.argv[1], sys.argv[2:]
    try:
        return importlib.import_module(f"commands.{command}").main(words)
    except say.Trouble as trouble:
        say.trouble(f"bin/{command}", trouble)
        return 1
    except say.Stopped as stopped:
        say.line("Stopped.")
        return 128 + stopped.signal
    except KeyboardInterrupt:
        return 130


sys.exit(main())
