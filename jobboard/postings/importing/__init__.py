"""Takes openings in from files: schema.org JobPosting objects and federal questionnaires."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jobboard.postings.importing.running import Counts, Import
from jobboard.postings.importing.schema_org import SchemaOrg
from jobboard.postings.importing.usajobs import UsaJobs

if TYPE_CHECKING:
    from jobboard.postings.importing.opening import Reader
    from jobboard.vocabulary import Vocabularies

__all__ = ["FORMATS", "Counts", "Import", "reader_of"]

FORMATS: Final = (SchemaOrg.name, UsaJobs.name)


def reader_of(name: str, words: Vocabularies) -> Reader:
    """The reader of a format; KeyError for an unknown one."""
    readers: dict[str, Reader] = {SchemaOrg.name: SchemaOrg(words), UsaJobs.name: UsaJobs()}
    return readers[name]
