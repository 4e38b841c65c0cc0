"""What the environment may say, and what it is told when it says something else."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest

from jobboard import create_app
from jobboard.service.web import worker_environment
from jobboard.settings import Settings, SettingsError, default_settings, read_settings
from jobboard.site import read_site

ROOT = Path(__file__).resolve().parents[2]


def test_everything_has_a_default_in_the_data_folder(tmp_path: Path) -> None:
    found = read_settings({"JOBBOARD_DATA_DIR": str(tmp_path)})
    assert found.database_url == f"sqlite:///{tmp_path}/board.db"
    assert found.search_url == f"embedded:{tmp_path}/search"
    assert found.mail_url == f"mailbox:{tmp_path}/mailbox"
    assert found.rate_limits is True


def test_the_data_folder_is_instance_in_the_working_folder() -> None:
    assert read_settings({}).data_dir == Path.cwd() / "instance"


@pytest.mark.parametrize(
    ("key", "value", "name", "read"),
    [
        ("JOBBOARD_DATABASE_URL", "postgres://u@h/d", "database_url", "postgresql+psycopg://u@h/d"),
        ("JOBBOARD_DATABASE_URL", "postgresql://u@h/d", "database_url", "postgresql+psycopg://u@h/d"),
        ("JOBBOARD_DATABASE_URL", "postgresql+psycopg://u@h/d", "database_url", "postgresql+psycopg://u@h/d"),
        ("JOBBOARD_MAIL_URL", "smtp://mail.example.org:25", "mail_url", "smtp://mail.example.org:25"),
        ("JOBBOARD_BASE_URL", "https://jobs.example.org/", "base_url", "https://jobs.example.org"),
        ("JOBBOARD_TRUSTED_PROXIES", "2", "trusted_proxies", 2),
        ("JOBBOARD_RATE_LIMITS", "off", "rate_limits", False),
        ("JOBBOARD_RELEVANCE_HALF_LIFE_DAYS", "14.5", "relevance_half_life_days", 14.5),
        ("JOBBOARD_HOURS_PER_YEAR", "1950", "hours_per_year", 1950.0),
        ("JOBBOARD_SEARCH_URL", "https://u:p@a:9200,b:9200", "search_url", "https://u:p@a:9200,b:9200"),
        ("JOBBOARD_SEARCH_TIMEOUT_SECONDS", "1.5", "search_timeout_seconds", 1.5),
        ("JOBBOARD_CODE_VIEWS", "unlimited", "code_views", Settings.code_views),
        ("JOBBOARD_CODE_VIEWS", "metered", "code_views", "guest=1,account=6,member=unlimited"),
        ("JOBBOARD_CODE_VIEWS", "member=9, guest=0,account=03", "code_views", "guest=0,account=3,member=9"),
        ("JOBBOARD_CODE_VIEWS_PER_NETWORK", "40", "code_views_per_network", 40),
    ],
)
def test_a_setting_is_read(key: str, value: str, name: str, read: object) -> None:
    assert getattr(read_settings({key: value}), name) == read


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("JOBBOARD_DATABASE_URL", "mysql://h/d"),
        ("JOBBOARD_DATABASE_URL", "sqlite:"),
        ("JOBBOARD_DATABASE_URL", "postgresql://u@h:port/d"),
        ("JOBBOARD_DATABASE_URL", "postgresql://u@h"),
        ("JOBBOARD_DATABASE_URL", "postgresql://u@h/d?options=-c"),
        ("JOBBOARD_SEARCH_URL", "ftp://x"),
        ("JOBBOARD_SEARCH_URL", "embedded:"),
        ("JOBBOARD_MAIL_URL", "pop3://x"),
        ("JOBBOARD_MAIL_URL", "smtp://"),
        ("JOBBOARD_MAIL_URL", "smtp://h:notaport"),
        ("JOBBOARD_MAIL_FROM", "nobody"),
        ("JOBBOARD_BASE_URL", "jobs.example.org"),
        ("JOBBOARD_TRUSTED_PROXIES", "-1"),
        ("JOBBOARD_RATE_LIMITS", "maybe"),
        ("JOBBOARD_RELEVANCE_HALF_LIFE_DAYS", "0"),
        ("JOBBOARD_RELEVANCE_HALF_LIFE_DAYS", "soon"),
        ("JOBBOARD_HOURS_PER_YEAR", "40"),
        ("JOBBOARD_SEARCH_TIMEOUT_SECONDS", "0"),
        ("JOBBOARD_METRICS_TOKEN", "short"),
        ("JOBBOARD_CODE_VIEWS", "guest=1"),
        ("JOBBOARD_CODE_VIEWS", "guest=1,account=6,member=many"),
        ("JOBBOARD_CODE_VIEWS", "guest=1,account=6,account=7,member=9"),
        ("JOBBOARD_CODE_VIEWS", "guest=-1,account=6,member=9"),
        ("JOBBOARD_METRICS_TOKEN", "a token with blanks in it"),
        ("JOBBOARD_COLOUR", "red"),
    ],
)
def test_what_cannot_be_used_is_named(key: str, value: str) -> None:
    with pytest.raises(SettingsError, match=key):
        read_settings({key: value})


def test_a_relative_database_lies_in_the_working_folder() -> None:
    found = read_settings({"JOBBOARD_DATABASE_URL": "sqlite:///boards/mine.db?timeout=5"})
    assert found.database_url == f"sqlite:///{Path.cwd()}/boards/mine.db?timeout=5"


def test_what_platforms_inject_is_ignored() -> None:
    read_settings(
        {"JOBBOARD_PORT": "tcp://10.0.0.1", "JOBBOARD_PORT_80_TCP": "x", "JOBBOARD_SERVICE_HOST": "x"}
    )
    read_settings({"JOBBOARD_TEST_DATABASE_URL": "x"})


@pytest.mark.parametrize(
    ("key", "fits"),
    [("", False), ("short", False), ("a" * 64, False), ("q7Xw2mN9vB4kR8tY1zP6sD3fG5hJ0lC-", True)],
)
def test_serving_refuses_a_weak_key(key: str, fits: bool, tmp_path: Path) -> None:
    settings = default_settings(tmp_path, secret_key=key)
    if fits:
        settings.require_secret_key()
    else:
        with pytest.raises(SettingsError, match="JOBBOARD_SECRET_KEY"):
            settings.require_secret_key()


def test_secrets_are_not_printed() -> None:
    given = Settings(
        Path("/x"),
        "postgresql+psycopg://u:hush@h/d",
        "https://u:hush@search:9200",
        "smtp://u:hush@h",
        secret_key="hush",
        metrics_token="hush",
        search_api_key="hush",
    )
    assert "hush" not in repr(given)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:hush@more@h/d",
        "postgresql://u:hush@h:hush/d",
        "postgresql://u:hush@h",
        "postgresql:u:hush@h/d",
        "mysql://u:hush@h/d",
    ],
)
def test_a_password_is_not_repeated_in_a_complaint(url: str) -> None:
    with pytest.raises(SettingsError, match="JOBBOARD_DATABASE_URL") as told:
        read_settings({"JOBBOARD_DATABASE_URL": url})
    assert "hush" not in str(told.value)


def test_a_process_that_is_started_finds_every_setting_as_it_is_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the environment says: what the board was made with counts, an empty value as well."""
    plain = default_settings(tmp_path)
    authority = tmp_path / "ca.pem"
    authority.touch()
    other = replace(
        plain,
        database_url=f"sqlite:///{tmp_path / 'other.db'}",
        search_url=f"embedded:{tmp_path / 'other'}",
        mail_url="smtps://mail.example.org",
        mail_from="Coders <jobs@example.org>",
        secret_key="q7Xw2mN9vB4kR8tY1zP6sD3fG5hJ0lC-",
        base_url="https://jobs.example.org",
        trusted_proxies=2,
        rate_limits=False,
        relevance_half_life_days=14.5,
        hours_per_year=1950.0,
        metrics_token="w9Zt4kL1mQ8xR5vB2nC7",
        search_api_key="c29tZTprZXk=",
        search_ca=str(authority),
        search_fingerprint="ab" * 32,
        search_prefix="other-",
        search_timeout_seconds=1.5,
        code_views="guest=2,account=5,member=unlimited",
        code_views_per_network=40,
    )
    same = [name for name, value in asdict(other).items() if value == getattr(plain, name)]
    assert same == ["data_dir", "demo"], "a setting that this test leaves as it is proves nothing"
    monkeypatch.setenv("JOBBOARD_BASE_URL", "https://elsewhere.example.org")
    monkeypatch.setenv("JOBBOARD_RATE_LIMITS", "off")
    for settings in (plain, other):
        app = create_app(settings)
        assert read_settings(worker_environment(app)) == settings
    assert len(other.environment()) == len(fields(Settings)) - 1


def test_every_setting_stands_in_the_table() -> None:
    table = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        read_settings({"JOBBOARD_UNKNOWN": "x"})
    names = str(told.value).partition("the settings are ")[2].split(", ")
    assert len(names) > 8
    assert [name for name in names if f"`{name}`" not in table] == []


def test_the_site_is_what_its_file_says(tmp_path: Path) -> None:
    assert [part.name for part in read_site(tmp_path).present_parts] == ["CareerCenter", "Case2Code"]
    (tmp_path / "site.toml").write_text(
        'name = "Coders"\n[[parts]]\nname = "Jobs"\nline = "All"\nurl = "/jobs"\n', encoding="utf-8"
    )
    site = read_site(tmp_path)
    assert (site.name, [part.line for part in site.parts]) == ("Coders", ["All"])


@pytest.mark.parametrize(
    "text",
    [
        "name = 3",
        "colour = 'red'",
        "name = ",
        "time_zone = 'Mars/Olympus'",
        "logo = '../x'",
        "[[parts]]\nline = 'x'",
    ],
)
def test_what_is_wrong_in_the_site_file_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"site\.toml"):
        read_site(tmp_path)
