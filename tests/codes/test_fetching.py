"""Files come from where their agency publishes them: whole, or not at all and with a reason."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import Result
from flask import Flask

from jobboard.codes import fetching
from jobboard.codes.importers.registry import IMPORTERS

CONTENT = b"code,long\n001,Heart transplant\n"


class Agency(BaseHTTPRequestHandler):
    """Publishes a file, a page in its place, one that breaks off, and one that is not there."""

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        body = b"<!DOCTYPE html><p>moved" if name == "page.zip" else CONTENT
        self.send_response(404 if name == "missing.zip" else 200)
        self.send_header("Content-Length", str(len(body) + (name == "short.zip")))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def agency() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Agency) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/files"
        server.shutdown()
        thread.join()


def fetched(
    app: Flask, *addresses: tuple[str, str, str], kind: str = "msdrg", more: tuple[str, ...] = ()
) -> Result:
    folder: Path = app.extensions["settings"].data_dir
    folder.mkdir(parents=True, exist_ok=True)
    entries = [f'[[file]]\nkind = "{k}"\nedition = "{e}"\nurl = "{url}"\n' for k, e, url in addresses]
    (folder / "addresses.toml").write_text("\n".join(entries))
    return app.test_cli_runner().invoke(args=["codes", "fetch", kind, *more])


@pytest.mark.only_on("sqlite")
def test_the_first_edition_of_a_kind_is_fetched_and_can_be_imported(app: Flask, agency: str) -> None:
    newest, older = ("msdrg", "2027", f"{agency}/drg%202027.csv"), ("msdrg", "2026", f"{agency}/drg_2026.csv")
    result = fetched(app, newest, older)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout.splitlines()[-1])
    assert told["edition"] == "2027"
    (file,) = told["files"]
    assert Path(file["file"]).name == "drg-2027.csv"
    assert Path(file["file"]).read_bytes() == CONTENT
    assert (file["bytes"], file["sha256"]) == (len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    command = next(line for line in result.stderr.splitlines() if line.startswith("jobboard codes import"))
    assert app.test_cli_runner().invoke(args=command.split()[1:]).exit_code == 0
    older_one = fetched(app, newest, older, more=("--edition", "2026"))
    assert json.loads(older_one.stdout.splitlines()[-1])["edition"] == "2026"


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("missing.zip", "answered 404"),
        ("page.zip", "answered with a page"),
        ("short.zip", "broke off"),
    ],
)
def test_what_is_not_whole_is_not_kept(app: Flask, agency: str, name: str, problem: str) -> None:
    result = fetched(app, ("msdrg", "2027", f"{agency}/{name}"))
    assert result.exit_code == 1
    assert problem in result.stderr
    assert list((app.extensions["settings"].data_dir / "fetched").iterdir()) == []


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("url", "kind", "problem"),
    [
        ("file:///etc/passwd", "msdrg", "only https and http"),
        ("http://127.0.0.1:1/x.zip", "msdrg", "refused"),
        ("https://example.org/x.zip", "hcc", "no address of hcc is known"),
    ],
)
def test_what_cannot_be_fetched_is_told(app: Flask, url: str, kind: str, problem: str) -> None:
    result = fetched(app, ("msdrg", "2027", url), kind=kind)
    assert result.exit_code == 1
    assert problem in result.stderr


def test_the_shipped_addresses_are_of_kinds_that_can_be_imported() -> None:
    addresses = fetching.read_addresses()
    assert {each.kind for each in addresses} <= IMPORTERS.keys()
    assert all(each.url.startswith("https://") for each in addresses)
