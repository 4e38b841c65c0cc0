"""A fetched server laid out in a folder of its own, with its settings, ready to be started."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.editions import ELASTICSEARCH, Edition
from tests.servers.maven import fetched
from tests.servers.processes import ServerProcess, free_ports, hand_over, new_folder, server_environment

if TYPE_CHECKING:
    from tests.servers.java import Jdk

HEAP = "-Xmx512m"
NODE = Path(__file__).with_name("OpenSearchNode.java")
PREFIX = "jobboard-search-"


def installed(edition: Edition, jdk: Jdk) -> ServerProcess:
    """That server in a new temporary folder, not started; its cluster bears the folder's name.

    Errors: CannotFetch.
    """
    files = fetched(edition)
    folder = new_folder(PREFIX)
    folder.chmod(0o755)
    for name in ("data", "logs", "tmp"):
        (folder / name).mkdir()
    http_port, transport_port = free_ports(2)
    settings: dict[str, object] = {
        "cluster.name": folder.name,
        "cluster.routing.allocation.disk.threshold_enabled": False,
        "discovery.type": "single-node",
        "http.port": http_port,
        "network.host": "127.0.0.1",
        "path.data": str(folder / "data"),
        "path.logs": str(folder / "logs"),
        "transport.port": transport_port,
    }
    install = install_elasticsearch if edition.family == ELASTICSEARCH else install_opensearch
    command, environment = install(files, folder, jdk, settings)
    hand_over(folder)
    return ServerProcess(command, folder, http_port, environment)


def install_elasticsearch(
    files: Path, folder: Path, jdk: Jdk, settings: dict[str, object]
) -> tuple[list[str], dict[str, str]]:
    """Unpack the distribution; the command that starts it and its environment."""
    (archive,) = files.glob("*.zip")
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(folder)
    (home,) = folder.glob("elasticsearch-*")
    for program in (home / "bin").iterdir():
        program.chmod(0o755)
    open_to_all = {**settings, "xpack.security.enabled": False}
    (home / "config" / "elasticsearch.yml").write_text(settings_text(open_to_all), encoding="utf-8")
    temporary = str(folder / "tmp")
    environment = server_environment(
        folder,
        ES_JAVA_HOME=str(jdk.home),
        ES_JAVA_OPTS=HEAP,
        ES_TMPDIR=temporary,
        # What launches the server makes a folder, too, and leaves it behind.
        CLI_JAVA_OPTS=f"-Djava.io.tmpdir={temporary}",
    )
    return [str(home / "bin" / "elasticsearch")], environment


def install_opensearch(
    files: Path, folder: Path, jdk: Jdk, settings: dict[str, object]
) -> tuple[list[str], dict[str, str]]:
    """Copy the libraries; the command that runs one node of OpenSearch and its environment."""
    shutil.copytree(files, folder / "lib")
    shutil.copy(NODE, folder)
    config = folder / "node_1" / "config"
    config.mkdir(parents=True)
    (config / "opensearch.yml").write_text(settings_text(settings), encoding="utf-8")
    port = settings["http.port"]
    assert isinstance(port, int)
    command = [
        str(jdk.java),
        HEAP,
        f"-Djava.io.tmpdir={folder / 'tmp'}",
        "-cp",
        f"{folder / 'lib'}/*",
        str(folder / NODE.name),
        *("-basePath", str(folder)),
        *("-clusterName", str(settings["cluster.name"])),
        *("-numOfNode", "1"),
        # The runner numbers its nodes from 1 and adds the number to this port.
        *("-baseHttpPort", str(port - 1)),
        "-printOnFailure",
    ]
    return command, server_environment(folder)


def settings_text(settings: dict[str, object]) -> str:
    """The text of a settings file; every line of JSON values is YAML."""
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in settings.items())
