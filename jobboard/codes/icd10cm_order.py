"""Reads the official ICD-10-CM order file, the fixed-width list that CMS publishes with every edition.

Layout (CMS, "ICD-10-CM Order Files", icd10OrderFiles.pdf), columns counted from 1: 1–5 order number, 7–13 the
code without its dot, 15 "1" where the code is valid for submission, else "0", 17–76 short description, 78 to the
end of the line long description. A code's parent is the longest other code of the file that begins it, which also
holds across the placeholder X (T14.8XXA stands under T14.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from jobboard.codes.records import CodeFileError, CodeRecord, EditionFile

SYSTEM: Final = "icd10cm"

_LINE = re.compile(
    r"(?P<order>[0-9]{5}) (?P<code>[A-Z][0-9A-Z]{2}[0-9A-Z ]{4}) (?P<billable>[01]) "
    r"(?P<short>.{60}) (?P<long>.*)"
)


def read_order(lines: Iterable[bytes], file: str, edition: str) -> EditionFile:
    """Read the order file whose raw `lines` are given; `file` names it in messages, `edition` is its release.

    Raises CodeFileError with the number of the line that is no record, repeats a code or breaks the order.
    """
    records: list[CodeRecord] = []
    seen: set[str] = set()
    last_order = 0
    for number, raw in enumerate(lines, 1):
        place = f"line {number}"
        try:
            line = raw.decode("utf-8").rstrip("\r\n\x1a")
        except UnicodeDecodeError as error:
            raise CodeFileError(file, place, "is not text in UTF-8") from error
        if "\0" in line:
            raise CodeFileError(file, place, "is not text: it holds NUL")
        if not line.strip():
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise CodeFileError(
                file,
                place,
                "is not a record of the order file (number, code, 0 or 1, short and long description)",
            )
        code, order = found["code"].strip(), int(found["order"])
        short, long = found["short"].strip(), found["long"].strip()
        if " " in code:
            raise CodeFileError(file, place, f"{code!r} is not a code of this system")
        if code in seen:
            raise CodeFileError(file, place, f"the code {dotted(code)} stands in the file twice")
        if order <= last_order:
            raise CodeFileError(file, place, f"order number {order} does not follow {last_order}")
        if not short or not long:
            raise CodeFileError(file, place, f"the code {dotted(code)} has no description")
        parent = next((code[:end] for end in range(len(code) - 1, 2, -1) if code[:end] in seen), None)
        if parent is None and len(code) > 3:
            raise CodeFileError(
                file, place, f"the category {code[:3]} of {dotted(code)} does not stand above it"
            )
        seen.add(code)
        last_order = order
        records.append(
            CodeRecord(
                SYSTEM,
                dotted(code),
                dotted(parent) if parent else None,
                "code" if parent else "category",
                short,
                long,
                found["billable"] == "1",
                order,
            )
        )
    if not records:
        raise CodeFileError(file, "", "holds no record")
    return EditionFile(SYSTEM, edition, file, tuple(records))


def dotted(code: str) -> str:
    """Write an undotted code as people do: "E119" is "E11.9", a category stays as it is."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code
