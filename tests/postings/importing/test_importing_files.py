"""Files as they come: packed or not, marked, broken off, too long; and runs that are stopped."""

from __future__ import annotations

import gzip
import json

import pytest

from jobboard.database import db
from jobboard.postings.importing import Import, reader_of
from jobboard.postings.importing.lines import LONGEST_LINE, lines
from jobboard.postings.models import PostingEvent, PostingTerm
from jobboard.vocabulary import vocabularies
from tests.postings.importing.conftest import posting_object, postings

FAR_OFF = "2099-01-01"
LINE = json.dumps(posting_object()).encode()


def test_a_packed_file_is_known_by_its_content_and_a_mark_and_blank_lines_do_not_matter(imported):
    imported.file.write_bytes(
        gzip.compress(b"\xef\xbb\xbf" + LINE + b"\r\n\n   \n" + LINE.replace(b"R-1001", b"R-2"))
    )
    counts = imported.again(publish=True)
    assert (counts.read, counts.created, counts.refused) == (2, 2, 0)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{", "is not JSON"),
        (b'"text"', "expected an object, not text"),
        (b"[]", "holds 0 things"),
        (b"null", "expected an object"),
        (b'{"title": NaN}', "is not JSON (NaN is no number"),
        (b"\xff\xfe{}", "is not text in UTF-8"),
        (b"[" * 200_000, "is nested too deeply"),
        (LINE.replace(b"Inpatient Coder", b"\\ud800"), "holds half a character"),
        (b"9" * 6000, "is not JSON"),
    ],
)
def test_a_line_that_is_no_posting_is_refused_by_its_number_and_the_others_go_in(imported, bad, reason):
    imported.file.write_bytes(b"\n" + bad + b"\n" + LINE)
    counts = imported.again(publish=True)
    assert (counts.read, counts.created, counts.refused) == (2, 1, 1)
    assert imported.refused[0][0] == 2
    assert imported.refused[0][1].startswith(reason)


def test_a_line_that_is_too_long_is_skipped_without_being_held(tmp_path):
    file = tmp_path / "long.jsonl"
    file.write_bytes(
        b"x" * (LONGEST_LINE + 1) + b"\n" + b"y" * LONGEST_LINE + b"\n" + b"x" * (3 * LONGEST_LINE) + b"\n{}"
    )
    found = [(line.number, len(line.raw), line.problem) for line in lines(file)]
    too_long = "is longer than 4 MB"
    assert found == [(1, 0, too_long), (2, LONGEST_LINE + 1, ""), (3, 0, too_long), (4, 2, "")]


def test_a_file_that_breaks_off_says_where(imported):
    many = b"\n".join(LINE.replace(b"R-1001", f"R-{number}".encode()) for number in range(2000))
    imported.file.write_bytes(gzip.compress(many)[:-2000])
    tail = [line for line in lines(imported.file) if line.problem]
    assert len(tail) == 1
    assert "breaks off" in tail[0].problem


class Stopped(BaseException):
    """Somebody stops the run."""


def test_a_run_that_is_stopped_leaves_whole_postings_and_goes_on(imported):
    objects = [
        json.dumps(posting_object(identifier=f"R-{number}", validThrough=FAR_OFF)) for number in range(70)
    ]
    imported.file.write_text("\n".join(objects), encoding="utf-8")
    reader = reader_of("schema-org", vocabularies())
    read = reader.read

    def stop_at_the_fortieth(value):
        if value["identifier"] == "R-40":
            raise Stopped
        return read(value)

    reader.read = stop_at_the_fortieth
    with pytest.raises(Stopped):
        Import(imported.file, reader, publish=True).run()
    db.session.rollback()
    stored = postings()
    assert len(stored) == 25
    assert {posting.state for posting in stored} == {"open"}
    counts = imported.again(publish=True)
    assert (counts.created, counts.unchanged) == (45, 25)
    assert len({posting.source_key for posting in postings()}) == 70


def test_what_is_refused_while_it_is_stored_leaves_nothing_behind(imported):
    counts = imported(
        posting_object(validThrough="2026-01-01"), posting_object(identifier="good"), publish=True
    )
    assert (counts.created, counts.refused) == (1, 1)
    assert [posting.source_key for posting in postings()] == ["good"]
    ids = {posting.id for posting in postings()}
    assert {event.posting_id for event in db.session.query(PostingEvent)} == ids
    assert {term.posting_id for term in db.session.query(PostingTerm)} <= ids
