"""An Elasticsearch that asks who is there, and that speaks TLS with a certificate of an authority of its own."""

from __future__ import annotations

import hashlib
import secrets
import ssl
import subprocess
from typing import TYPE_CHECKING

import trustme

from tests.servers.editions import EDITIONS, ELASTICSEARCH
from tests.servers.guard import account_rights
from tests.servers.installation import settings_text
from tests.servers.processes import hand_over, server_account
from tests.servers.search import GIVEN, SearchServer, ServerFailed, new_server, session

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.processes import ServerProcess

USER = "jobboard"


def protected(name: str = "elasticsearch-8.19", *, tls: bool = True) -> SearchServer:
    """That Elasticsearch with `credentials` and, with `tls`, `ca` and `fingerprint`; one for the whole session.

    Without the credentials it answers 401. Errors: ServerFailed where servers were given, as those are not ours to
    protect; CannotFetch.
    """
    if session.given():
        raise ServerFailed(f"a protected {name} cannot be had while {GIVEN} names the servers")
    return session.shared(f"{name}, protected, tls={tls}", lambda: new_protected(name, tls=tls))


def new_protected(name: str, *, tls: bool) -> SearchServer:
    """As `protected`, not started and not shared. Errors: ValueError for a server of another family."""
    if EDITIONS[name].family != ELASTICSEARCH:
        raise ValueError(f"{name} has no sign-in of its own")
    server = new_server(name)
    process = server.process
    assert process is not None
    config = home_of(process) / "config"
    settings: dict[str, object] = {"xpack.security.enabled": True}
    if tls:
        settings |= certify(server, config)
    change_settings(config / "elasticsearch.yml", settings)
    hand_over(process.folder)
    server.credentials = add_user(server, USER, "superuser")
    return server


def certify(server: SearchServer, config: Path) -> dict[str, object]:
    """Make an authority and a certificate for this machine; the settings that let the server use them."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost", "127.0.0.1")
    authority.cert_pem.write_to_path(config / "ca.pem")
    certificate.private_key_pem.write_to_path(config / "http.key")
    for number, part in enumerate(certificate.cert_chain_pems):
        part.write_to_path(config / "http.pem", append=number > 0)
    first = certificate.cert_chain_pems[0].bytes().decode()
    server.fingerprint = hashlib.sha256(ssl.PEM_cert_to_DER_cert(first)).hexdigest()
    server.ca = config / "ca.pem"
    server.url = server.url.replace("http://", "https://")
    return {
        "xpack.security.http.ssl.enabled": True,
        "xpack.security.http.ssl.certificate": "http.pem",
        "xpack.security.http.ssl.key": "http.key",
    }


def change_settings(path: Path, settings: dict[str, object]) -> None:
    """Replace these settings in the file, which has one on each line."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if line.partition(":")[0] not in settings]
    path.write_text("".join(kept) + settings_text(settings), encoding="utf-8")


def add_user(server: SearchServer, name: str, role: str) -> tuple[str, str]:
    """Write a user into the server's own list, which it reads again every 5 seconds; name and password.

    Errors: ServerFailed.
    """
    process, password = server.process, secrets.token_urlsafe(16)
    assert process is not None
    added = subprocess.run(
        [home_of(process) / "bin" / "elasticsearch-users", "useradd", name, "-p", password, "-r", role],
        cwd=process.folder,
        env=process.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **account_rights(server_account()),
    )
    if added.returncode:
        raise ServerFailed(f"no user could be added:\n{added.stdout}{added.stderr}")
    return name, password


def home_of(process: ServerProcess) -> Path:
    """Where the distribution was unpacked."""
    (home,) = process.folder.glob("elasticsearch-*")
    return home
