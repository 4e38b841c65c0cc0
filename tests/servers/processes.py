"""A server process and all that belongs to it: its folder, its ports, its account, its end."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.servers.guard import GRACE_SECONDS, account_rights

GUARD = Path(__file__).with_name("guard.py")
# Below the ports that Linux and macOS hand out by themselves: nobody's outgoing connection takes one of these while a
# server is starting or started again.
PORTS = range(20000, 32000)
UNPRIVILEGED = "nobody"
ROOM_BYTES = 6 * 2**30
_TOLD_AGAIN_SECONDS = 1.0


def server_account() -> str:
    """As whom a server runs: servers refuse root, so `nobody` then; "" is this process's own user."""
    return UNPRIVILEGED if os.geteuid() == 0 else ""


def free_ports(count: int) -> list[int]:
    """That many different ports of this machine on which nothing listens."""
    found: list[int] = []
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise OSError("no port is free")


def is_taken(port: int) -> bool:
    """Whether something listens on that port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def memory_folder() -> list[str]:
    """Where files are kept in memory, if there is room and programs may lie there: nothing here outlives a test."""
    try:
        found = os.statvfs("/dev/shm")
    except OSError:
        return []
    roomy = found.f_bavail * found.f_frsize > ROOM_BYTES and not found.f_flag & os.ST_NOEXEC
    return ["/dev/shm"] if roomy and os.access("/dev/shm", os.W_OK) else []


def new_folder(prefix: str) -> Path:
    """A new temporary folder that the servers' account can reach.

    Errors: OSError where every place for temporary files has a parent folder closed to others.
    """
    if not server_account():
        return Path(tempfile.mkdtemp(prefix=prefix, dir=next(iter(memory_folder()), None))).resolve()
    for place in (
        Path(name).resolve() for name in (*memory_folder(), tempfile.gettempdir(), "/tmp", "/var/tmp")
    ):
        if place.is_dir() and all(folder.stat().st_mode & 0o001 for folder in (place, *place.parents)):
            return Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    raise OSError(f"no folder for temporary files can be entered by {UNPRIVILEGED}: name one in TMPDIR")


def hand_over(folder: Path) -> None:
    """Give the folder and all in it to the servers' account."""
    account = server_account()
    if account:
        rights = account_rights(account)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, rights["user"], rights["group"], follow_symlinks=False)  # type: ignore[arg-type]


def server_environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a server at home in `folder`: nothing that is set for this process changes the server."""
    return {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(folder), **more}


def threads_not_stopped(group: int) -> list[int]:
    """The threads of a process group that are neither stopped nor dead; none where the system does not tell (/proc)."""
    running = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(process.name)) != group:
                continue
            for thread in (process / "task").iterdir():
                state = (thread / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
                if state not in "TtZX":
                    running.append(int(thread.name))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return running


@dataclass
class ServerProcess:
    """A program in `folder` that can be started again after its end; what it says goes to `folder/output.log`."""

    command: list[str]
    folder: Path
    port: int
    environment: dict[str, str]
    _guard: subprocess.Popen[bytes] | None = None
    _group: int = 0

    @property
    def log(self) -> Path:
        return self.folder / "output.log"

    def start(self) -> None:
        """Start it; does not wait for an answer. Errors: RuntimeError if it is started already."""
        if self.is_running():
            raise RuntimeError(f"the server in {self.folder} is running already")
        self._let_guard_go()
        with self.log.open("ab") as log:
            self._guard = subprocess.Popen(
                [sys.executable, "-I", GUARD, str(self.folder), server_account(), *self.command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=self.environment,
                start_new_session=True,
            )
        assert self._guard.stdout is not None
        number = self._guard.stdout.readline().strip()
        if not number:
            raise RuntimeError(f"the server could not be started:\n{self.last_lines()}")
        self._group = int(number)

    def is_running(self) -> bool:
        return self._guard is not None and self._guard.poll() is None

    def signal(self, number: int) -> None:
        """Send a signal to every process of the server. Errors: RuntimeError if it is not running."""
        if not self.is_running():
            raise RuntimeError(f"the server in {self.folder} is not running")
        os.killpg(self._group, number)

    def pause(self) -> None:
        """Stop every process of the server where it stands; returns when none of their threads runs any more.

        Errors: RuntimeError if it is not running.
        """
        self.signal(signal.SIGSTOP)
        # A stop is only asked for: on a busy machine threads may still run, and answer, for a while.
        begun = told = time.monotonic()
        while threads_not_stopped(self._group):
            now = time.monotonic()
            if now > begun + GRACE_SECONDS:
                raise RuntimeError(f"the server in {self.folder} goes on although it was told to stop")
            if now > told + _TOLD_AGAIN_SECONDS:
                # Whoever was just starting another process waits, unstoppable, for one that was stopped too early.
                self.signal(signal.SIGCONT)
                self.signal(signal.SIGSTOP)
                told = now
            time.sleep(0.01)

    def resume(self) -> None:
        """Let it go on after `pause`. Errors: RuntimeError if it is not running."""
        self.signal(signal.SIGCONT)

    def stop(self) -> None:
        """End it in peace, even if it is paused; returns when it has ended. Does nothing if it had ended."""
        if self.is_running():
            assert self._guard is not None
            assert self._guard.stdin is not None
            self._guard.stdin.write(b"stop\n")
            self._guard.stdin.flush()
            self._guard.wait(GRACE_SECONDS + 10)
        self._let_guard_go()
        self._wait_for_the_port()

    def kill(self) -> None:
        """End it at once, by SIGKILL; returns when it has ended and holds neither port nor file."""
        self.signal(signal.SIGKILL)
        assert self._guard is not None
        self._guard.wait(GRACE_SECONDS)
        self._let_guard_go()
        self._wait_for_the_port()

    def remove(self) -> None:
        """Stop it and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def last_lines(self, count: int = 40) -> str:
        """The end of what the program said."""
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])

    def _wait_for_the_port(self) -> None:
        # The guard sees the end of the first process; another of its group may still be dying.
        end = time.monotonic() + GRACE_SECONDS
        while is_taken(self.port):
            if time.monotonic() > end:
                raise RuntimeError(f"port {self.port} is still in use after its server was ended")
            time.sleep(0.05)

    def _let_guard_go(self) -> None:
        guard, self._guard = self._guard, None
        if guard is not None:
            assert guard.stdin is not None
            assert guard.stdout is not None
            guard.stdout.close()
            guard.stdin.close()
            guard.wait(GRACE_SECONDS)
