"""The files in `deploy/` speak of settings and commands that are there, of pinned images, and of no password."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
import yaml

from jobboard import __version__
from jobboard.settings import Settings, default_settings, read_settings

if TYPE_CHECKING:
    from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
RUN_ONCE = {"migrate", "certificates"}


def known_settings() -> set[str]:
    return set(default_settings(Path("/x")).environment())


def commands_in(text: str) -> set[tuple[str, ...]]:
    """What stands after `jobboard` where it is run, up to the first option."""
    found = set()
    for words in re.findall(r"(?:bin/|^\s*|`)jobboard((?: [a-z]+)+)", text, re.MULTILINE):
        found.add(tuple(words.split()))
    for words in re.findall(r'\["jobboard"((?:, "[^"]*")+)\]', text):
        given = json.loads(f"[{words.lstrip(', ')}]")
        found.add(tuple(word for word in given if re.fullmatch("[a-z]+", word)))
    return found


def variables(text: str) -> set[str]:
    return set(re.findall(r"\$\{([A-Z_]+)", text))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(DEPLOY)))
def test_every_setting_that_is_named_is_one(file: Path) -> None:
    named = set(re.findall(r"JOBBOARD_[A-Z_]+", file.read_text(encoding="utf-8")))
    assert named <= known_settings()


def test_every_command_that_is_named_is_there(app: Flask) -> None:
    named = {words for file in FILES for words in commands_in(file.read_text(encoding="utf-8"))}
    assert {("serve",), ("worker",), ("db", "upgrade"), ("db", "backup")} <= named
    for words in named:
        group: click.Command = click.Group(commands=dict(app.cli.commands))
        for word in words:
            assert isinstance(group, click.Group), words
            assert word in group.commands, words
            group = group.commands[word]


def test_the_options_of_the_commands_are_there(app: Flask) -> None:
    for words in (
        SERVICES["web"]["command"],
        SERVICES["worker"]["command"],
        exec_start("jobboard-web.service"),
    ):
        command = app.cli.commands[words[1]]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known


def exec_start(unit: str) -> list[str]:
    return shlex.split(read_unit(unit)["Service"]["ExecStart"])


def read_unit(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / "systemd" / name, encoding="utf-8")
    return parser


def test_every_image_is_pinned_to_a_version() -> None:
    images = [service["image"] for service in SERVICES.values()]
    images += re.findall(r"^FROM (\S+)", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(images) > 8
    assert [image for image in images if not re.search(r":\d+\.\d+(\.\d+)?(-[a-z0-9]+)*$", image)] == []


def test_the_image_has_the_version_of_the_board() -> None:
    assert SERVICES["web"]["image"] == f"jobboard:{__version__}"


def test_every_secret_comes_from_the_environment_and_none_has_a_default() -> None:
    for name, service in SERVICES.items():
        for key, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|TOKEN", key):
                assert re.fullmatch(r"\$\{[A-Z_]+(:\?set it in \.env|:-)\}", value), (name, key)
            if "@" in str(value):
                assert re.search(r":\$\{[A-Z_]+:\?set it in \.env\}@", value), (name, key)


def test_the_example_names_everything_that_has_to_be_filled_in_and_fills_in_nothing() -> None:
    lines = (DEPLOY / "env.example").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    asked = variables((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert set(given) == asked
    assert set(given.values()) == {""}
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_settings_of_the_composed_board_can_be_used() -> None:
    filled = {"BOARD_HOST": "jobs.example.org", "JOBBOARD_MAIL_URL": "smtp://mail.example.org"}
    filled["JOBBOARD_MAIL_FROM"] = "Coders <jobs@example.org>"

    def fill(text: str) -> str:
        return re.sub(
            r"\$\{([A-Z_]+)[^}]*\}",
            lambda found: filled.get(found[1], "q7Xw2mN9vB4kR8tY1zP6sD3fG5hJ0lCx"),
            text,
        )

    environment = {key: fill(value) for key, value in SERVICES["web"]["environment"].items()}
    read: Settings = read_settings(environment)
    read.require_secret_key()
    assert read.database_url.startswith("postgresql+psycopg://jobboard:")
    assert (read.trusted_proxies, read.base_url) == (1, "https://jobs.example.org")


def test_every_service_has_limits_and_those_that_stay_come_back_and_say_how_they_are() -> None:
    for name, service in SERVICES.items():
        if name in RUN_ONCE:
            assert service["restart"] == "no", name
            continue
        assert service["restart"] == "unless-stopped", name
        assert {"mem_limit", "cpus", "healthcheck" if name != "web" else "stop_grace_period"} <= set(
            service
        ), name
    for name in ("migrate", "web", "worker"):
        assert SERVICES[name]["read_only"] is True
        assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_what_services_speak_of_is_defined() -> None:
    for name, service in SERVICES.items():
        assert set(service.get("depends_on", {})) <= set(SERVICES), name
        assert set(service.get("networks", [])) <= set(COMPOSE["networks"]), name
        for volume in service.get("volumes", []):
            source = volume.split("}")[0] if volume.startswith("${") else volume.split(":")[0]
            assert source in COMPOSE["volumes"] or source.startswith("${") or (DEPLOY / source).is_file(), (
                name
            )


def test_database_and_search_are_inside_and_only_the_proxy_is_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("database", "search"):
        assert SERVICES[name]["networks"] == ["inside"]
    search = SERVICES["search"]["environment"]
    assert search["xpack.security.enabled"] == search["xpack.security.http.ssl.enabled"] == "true"
    assert "https://" in SERVICES["web"]["environment"]["JOBBOARD_SEARCH_URL"]


def test_the_image_runs_as_nobody_in_particular_and_holds_what_the_wheel_is_made_of() -> None:
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert re.findall(r"^USER (\S+)", text, re.MULTILINE) == ["jobboard"]
    stage = text.partition("FROM python")[2].partition("\nFROM ")[0]
    copied = {word for line in re.findall(r"^COPY (.+)", stage, re.MULTILINE) for word in line.split()[:-1]}
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {
        "pyproject.toml",
        "README.md",
        "jobboard",
        "search_index",
        "templates",
        "static",
        "migrations",
    } <= copied
    sent = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied == {line.removeprefix("!") for line in sent if line.startswith("!")}


@pytest.mark.parametrize(
    "name", ["jobboard-web.service", "jobboard-worker.service", "jobboard-backup.service"]
)
def test_units_may_do_little_and_know_where_the_data_is(name: str) -> None:
    service = read_unit(name)["Service"]
    assert service["NoNewPrivileges"] == service["PrivateTmp"] == service["ProtectHome"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["User"] == "jobboard"
    assert service["EnvironmentFile"] == "/etc/jobboard/environment"
    assert service["Environment"] == f"JOBBOARD_DATA_DIR=/var/lib/{service['StateDirectory'].split()[0]}"
    if name != "jobboard-backup.service":
        assert service["Restart"] == "always"


def test_web_and_worker_are_as_hardened_as_each_other() -> None:
    web, worker = (
        read_unit("jobboard-web.service")["Service"],
        read_unit("jobboard-worker.service")["Service"],
    )
    assert {key for key in web if web[key] != worker.get(key)} == {"ExecStart", "TimeoutStopSec"}


def test_the_proxy_sets_every_header_that_the_board_trusts_and_keeps_slow_clients_off() -> None:
    text = (DEPLOY / "nginx" / "jobboard.conf").read_text(encoding="utf-8")
    for header in ("X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme", "X-Forwarded-Host $host"):
        assert f"proxy_set_header {header};" in text
    for switch in ("proxy_request_buffering on;", "proxy_buffering on;"):
        assert switch in text
    assert variables(text) == {"BOARD_HOST", "BOARD_SERVER"}
