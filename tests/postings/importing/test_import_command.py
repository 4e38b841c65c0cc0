"""The command: its exit codes, its counts, its complaints."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.postings.importing.conftest import posting_object


@pytest.fixture
def command(app, tmp_path):
    """Run `jobboard postings import` on these bytes."""

    def run(content: bytes, *options: str):
        file = tmp_path / "feed"
        file.write_bytes(content)
        return app.test_cli_runner().invoke(args=["postings", "import", str(file), *options])

    return run


def test_the_last_line_counts_and_the_exit_is_zero(command):
    line = json.dumps(posting_object()).encode()
    done = command(gzip.compress(line), "--publish")
    assert done.exit_code == 0
    counts = {"read": 1, "created": 1, "updated": 0, "unchanged": 0, "refused": 0}
    assert json.loads(done.stdout.splitlines()[-1]) == counts
    assert json.loads(command(line, "--publish").stdout.splitlines()[-1])["unchanged"] == 1


def test_a_refused_line_is_named_on_the_error_stream_and_the_exit_is_one(command):
    done = command(json.dumps(posting_object()).encode() + b"\n{}\n")
    assert done.exit_code == 1
    assert "line 2: " in done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["refused"] == 1


def test_wrong_use_exits_with_two(app, command):
    assert command(b"", "--format", "rss").exit_code == 2
    assert app.test_cli_runner().invoke(args=["postings", "import", "/nowhere"]).exit_code == 2


def test_an_empty_file_is_no_error(command):
    done = command(b"")
    assert (done.exit_code, json.loads(done.stdout)["read"]) == (0, 0)
