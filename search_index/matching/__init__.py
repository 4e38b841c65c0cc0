"""Which stored queries a document matches: the same answers as an engine's, the other way round.

    matcher = Matcher(schema)
    matcher.add(7, 1, StoredQuery.of(Query('"cath lab" -pediatric')))     # id, version, query
    matcher.matching(Document("31", 1, {"title": "Cath lab coder"}))      # [7]

`matches` asks one query about one document. Importing this loads numpy, which searching alone does not need.
"""

from search_index.matching.matcher import Matcher
from search_index.matching.meaning import matches

__all__ = ["Matcher", "matches"]
