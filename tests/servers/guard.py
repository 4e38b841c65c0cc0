"""Run a server in a process group of its own that never outlives the tests.

Started as a program: guard.py FOLDER ACCOUNT COMMAND…, with the server's log as standard error. Whoever started it
holds the other end of standard input: the word `stop` ends the server in peace; the end of the input means that the
tests are gone, however they went, so the server is killed and its folder removed. Prints the process group's number.
"""

from __future__ import annotations

import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

GRACE_SECONDS = 30


def main(folder: str, account: str, *command: str) -> None:
    """Guard `command`, run in `folder` as the user `account` ("" for this one), until it or the tests end."""
    rights = account_rights(account)
    server = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=2, start_new_session=True, **rights
    )
    print(server.pid, flush=True)
    os.close(1)
    word = wait_for_word(server)
    if word == b"stop\n":
        signal_group(server.pid, signal.SIGTERM)
        signal_group(server.pid, signal.SIGCONT)
        with suppress(subprocess.TimeoutExpired):
            server.wait(GRACE_SECONDS)
    # Also what is left of the group after its leader has ended.
    signal_group(server.pid, signal.SIGKILL)
    server.wait()
    if word == b"":
        shutil.rmtree(folder, ignore_errors=True)


def account_rights(account: str) -> dict[str, object]:
    """What makes subprocess run a program as that user, and in none of this user's groups."""
    if not account:
        return {}
    entry = pwd.getpwnam(account)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def wait_for_word(server: subprocess.Popen[bytes]) -> bytes | None:
    """What came on standard input, b"" at its end; None once the server has ended by itself."""
    while server.poll() is None:
        if select.select([0], [], [], 0.2)[0]:
            return os.read(0, 100)
    return None


def signal_group(group: int, number: int) -> None:
    # It is gone, or nothing of it is left but what init has yet to bury.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


if __name__ == "__main__":
    main(*sys.argv[1:])
