"""The linker: finds codes, families and ranges of codes in the text of a posting."""

from jobboard.codes.linker.linking import link
from jobboard.codes.linker.mention import Mention, NothingLoaded, Reference, ResolvedMention, as_json, resolve
from jobboard.codes.linker.positions import interval, position
from jobboard.codes.linker.query_codes import parse_query_code

__all__ = [
    "Mention",
    "NothingLoaded",
    "Reference",
    "ResolvedMention",
    "as_json",
    "interval",
    "link",
    "parse_query_code",
    "position",
    "resolve",
]
