"""Search servers fetched by their Maven coordinates, once, into a folder of this user's cache."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.servers.editions import Edition

SUMS = "SHA256SUMS"
FETCH_SECONDS = 900
POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>jobboard.tests</groupId><artifactId>servers</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>{0}</groupId><artifactId>{1}</artifactId><version>{2}</version>
  </dependency></dependencies>
</project>
"""


class CannotFetch(Exception):
    """A server is not in the cache and could not be fetched; the message says why and what to do."""


def cache_folder() -> Path:
    """JOBBOARD_TEST_CACHE, or `jobboard-tests` under the user's cache."""
    if named := os.environ.get("JOBBOARD_TEST_CACHE"):
        return Path(named).absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jobboard-tests"


def fetched(edition: Edition, cache: Path | None = None) -> Path:
    """The folder with that server's files, fetched if it is not whole in the cache.

    Errors: CannotFetch when Maven is missing or does not bring the files.
    """
    cache = cache or cache_folder()
    entry = cache / f"{edition.family}-{edition.version}"
    if is_whole(entry):
        return entry
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{entry.name}.", dir=cache) as work:
        arriving = Path(work) / "files"
        arriving.mkdir()
        run_maven(edition, Path(work), arriving)
        write_sums(arriving)
        if entry.exists():
            entry.rename(Path(work) / "broken")
        try:
            arriving.rename(entry)
        except OSError:
            # Another run was quicker; what it brought must be whole.
            if not is_whole(entry):
                raise
    return entry


def is_whole(entry: Path) -> bool:
    """Whether every file that was fetched is still there, byte for byte."""
    try:
        lines = (entry / SUMS).read_text(encoding="utf-8").splitlines()
        return bool(lines) and all(
            digest(entry / name) == expected for expected, _, name in (line.partition("  ") for line in lines)
        )
    except OSError:
        return False


def write_sums(folder: Path) -> None:
    """Write down the digest of each file, as `sha256sum` does."""
    names = sorted(path.name for path in folder.iterdir())
    (folder / SUMS).write_text("".join(f"{digest(folder / name)}  {name}\n" for name in names))


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run_maven(edition: Edition, work: Path, into: Path) -> None:
    """Let Maven put the artefact, or for a library all that it needs, into the folder `into`."""
    maven = shutil.which("mvn")
    if maven is None:
        raise CannotFetch(f"{edition.name} is fetched with Maven, which is missing: apt-get install maven")
    group, artifact, version, *packaging = edition.coordinates.split(":")
    if packaging:
        words = ["dependency:copy", f"-Dartifact={edition.coordinates}"]
    else:
        (work / "pom.xml").write_text(POM.format(group, artifact, version), encoding="utf-8")
        words = ["-f", "pom.xml", "dependency:copy-dependencies"]
    done = subprocess.run(
        [maven, "-q", "-B", *words, f"-DoutputDirectory={into}"],
        cwd=work,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=FETCH_SECONDS,
        check=False,
    )
    if done.returncode or not any(into.iterdir()):
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[:20])
        raise CannotFetch(f"Maven did not bring {edition.coordinates}:\n{said}")
