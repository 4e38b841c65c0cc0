"""A wheel of the project, installed in an empty environment and run from another folder, serves styled pages."""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.serving import answers, clean_environment, eventually, free_port

ROOT = Path(__file__).resolve().parents[2]


def test_a_wheel_serves_styled_pages_from_anywhere(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    packages = next((home / "lib").glob("python*/site-packages"))
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(packages), str(wheel)],
        check=True,
    )
    # The dependencies are those of this environment, without the project's own editable install.
    theirs = next(Path(entry) for entry in sys.path if entry.endswith("site-packages"))
    for entry in theirs.iterdir():
        if "jobboard" not in entry.name and not (packages / entry.name).exists():
            (packages / entry.name).symlink_to(entry)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    port = free_port()
    environment = {
        **clean_environment(),
        "JOBBOARD_SECRET_KEY": "a-key-for-the-wheel-test-0123456789",
        "HOME": str(home),
    }
    environment.pop("PYTHONPATH", None)

    def jobboard(*words: str) -> list[str]:
        return [str(python), "-m", "jobboard", *words]

    version = subprocess.run(
        jobboard("--version"), cwd=elsewhere, env=environment, capture_output=True, text=True, check=True
    )
    assert version.stdout.strip() in wheel.name.replace("-", " ") or version.stdout.split()[-1] in wheel.name
    where = subprocess.run(
        [str(python), "-c", "import jobboard; print(jobboard.__file__)"],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(packages) in where.stdout
    for words in (("db", "upgrade"), ("index", "drain")):
        subprocess.run(jobboard(*words), cwd=elsewhere, env=environment, check=True, capture_output=True)
    server = subprocess.Popen(
        jobboard("serve", "--bind", f"127.0.0.1:{port}", "--processes", "1"), cwd=elsewhere, env=environment
    )
    try:
        eventually(lambda: answers(f"http://127.0.0.1:{port}/"), "the first answer", 30)
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/jobs").read().decode()
        styles = [part.partition('"')[0] for part in page.split('rel="stylesheet" href="')[1:]]
        assert styles
        for style in styles:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{style}") as sheet:
                assert sheet.headers.get_content_type() == "text/css"
    finally:
        server.terminate()
        assert server.wait(timeout=30) == 0
    assert (elsewhere / "instance" / "board.db").exists()
