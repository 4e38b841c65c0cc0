"""Search servers for a developer: `python -m tests.servers opensearch-2.19 elasticsearch-8.19` until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys

from tests.servers.editions import EDITIONS
from tests.servers.maven import CannotFetch, fetched
from tests.servers.search import ServerFailed, start_all, startable, stop_all


def main(words: list[str]) -> int:
    """Start the servers named, print their addresses, and end them at Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(EDITIONS)}; default: all possible"
    )
    parser.add_argument(
        "--list", action="store_true", help="only name those that this machine's JDKs can run"
    )
    parser.add_argument("--fetch", action="store_true", help="only fetch them into the cache")
    options = parser.parse_args(words)
    possible = startable()
    if unknown := [name for name in options.names if name not in possible]:
        parser.error(f"cannot run {', '.join(unknown)}: the JDKs here allow {', '.join(possible) or 'none'}")
    names = options.names or list(possible)
    if options.list:
        print(*(f"{name} (Java {possible[name][1].major})" for name in names), sep="\n")
        return 0
    try:
        if options.fetch:
            for name in names:
                fetched(possible[name][0])
            return 0
        return serve(names)
    except (CannotFetch, ServerFailed) as failed:
        print(failed, file=sys.stderr)
        return 1


def serve(names: list[str]) -> int:
    """Run the servers until a signal asks for their end."""
    asked = {signal.SIGINT, signal.SIGTERM}
    try:
        for server in start_all(names):
            print(f"{server.name} {server.url}", flush=True)
        print("Ctrl-C ends them.", flush=True)
        signal.pthread_sigmask(signal.SIG_BLOCK, asked)
        signal.sigwait(asked)
    except KeyboardInterrupt:
        return 130
    finally:
        stop_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
