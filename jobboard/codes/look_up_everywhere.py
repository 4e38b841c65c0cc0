"""The look-up that people and the interface use: codes of the editions in force together with our own articles."""

from __future__ import annotations

from jobboard.codes.articles import Article
from jobboard.codes.code_forms import canonical_forms
from jobboard.codes.library import articles
from jobboard.codes.lookup import Found, look_up
from jobboard.vocabulary.terms import folded


def look_up_everywhere(query: str, system: str | None = None, size: int = 20) -> list[Found]:
    """At most `size` results, best first: articles on the very code, codes, then articles that hold the words.

    An article stands for a code whose official text may not be shown; its title is the description.
    """
    chosen = [article for article in articles().values() if system in (None, article.system)]
    forms = canonical_forms(query)
    exact = [article for article in chosen if forms.get(article.system) == article.code]
    words = folded(query).split()
    telling = [each for each in chosen if each not in exact and words and _holds(each, words)]
    results = {(each.system, each.code): each for each in map(_found, exact)}
    for found in (*look_up(query, system, size), *map(_found, telling)):
        results.setdefault((found.system, found.code), found)
    return list(results.values())[:size]


def _holds(article: Article, words: list[str]) -> bool:
    text = f" {folded(f'{article.title} {article.summary} {article.code}')}"
    return all(f" {word}" in text for word in words)


def _found(article: Article) -> Found:
    return Found(article.system, article.code, article.title, None)
