"""`/moderation/articles`: where moderators write articles on codes, publish them and take them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from jobboard import clock, unit_of_work
from jobboard.access.audience import MODERATORS, audience
from jobboard.access.limits import limited
from jobboard.access.page_numbers import asked_page
from jobboard.applications.presentation import when
from jobboard.codes import article_actions
from jobboard.codes import article_store as store
from jobboard.codes.article_codes import LONGEST_TYPED, ends_of, group_words, key_of, read_group
from jobboard.codes.code_forms import shown
from jobboard.codes.library import filed_articles
from jobboard.codes.systems import code_systems
from jobboard.moderation import queries
from jobboard.moderation.article_forms import ArticleForm, CodeForm, NumberForm, typed_from
from jobboard.moderation.article_list import filed_by_key, lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue

    from jobboard.codes.article_models import CodeArticle
    from jobboard.codes.articles import Article
    from jobboard.vocabulary.terms import Term

RATE: Final = "300/hour"
PER_PAGE: Final = 50
_ONE: Final = "/moderation/articles/<system>/<code>"


def add_to(blueprint: Blueprint) -> None:
    """Add the views of articles to the room's blueprint."""
    blueprint.add_url_rule("/moderation/articles", view_func=articles)
    blueprint.add_url_rule("/moderation/articles/new", view_func=new_article)
    blueprint.add_url_rule(_ONE, view_func=article)
    blueprint.add_url_rule(f"{_ONE}/versions", view_func=article_versions)
    blueprint.add_url_rule(_ONE, view_func=save_article, methods=["POST"])
    for do, view in (
        ("publish", publish_article),
        ("unpublish", unpublish_article),
        ("bring-back", bring_back_article),
    ):
        blueprint.add_url_rule(f"{_ONE}/{do}", view_func=view, methods=["POST"])


@audience(MODERATORS)
def articles() -> str:
    """All articles, those of files too; `due` leaves those that were checked a year ago or before."""
    only_due, page = bool(request.args.get("due")), asked_page()
    every = lines(clock.today())
    found = [line for line in every if line.due or not only_due]
    return render_template(
        "moderation/articles.html",
        lines=found[(page - 1) * PER_PAGE : page * PER_PAGE],
        total=len(found),
        due=sum(line.due for line in every),
        only_due=only_due,
        page=page,
        pages=-(-len(found) // PER_PAGE),
        systems=code_systems(),
        counts=queries.counts(current_user.person_id),
    )


@audience(MODERATORS)
def new_article() -> ResponseReturnValue:
    """Ask for the codes, and go on to the editor of their article."""
    asked = "code" in request.args
    form = CodeForm(request.args if asked else None)
    if asked and form.validate():
        codes = form.code.codes
        named = group_words(codes) if len(codes) > 1 else None
        return redirect(
            url_for("moderation.article", system=form.system.data, code=key_of(codes), codes=named)
        )
    return render_template("moderation/article_new.html", form=form), 422 if asked else 200


@audience(MODERATORS)
def article(system: str, code: str) -> str:
    """The newest version in the form; where there is none the text of the file, unless `empty` is asked for."""
    term, row = _term(system, code), store.stored_on(system, code)
    newest = store.newest_of(row) if row is not None else None
    group = _group_of(system, code)
    filed = filed_by_key().get((system, code)) if group else filed_articles().get((system, code))
    if row is not None and newest is not None:
        form = _form(group, store.article_of(row, newest), newest.number)
    elif filed is not None and "empty" not in request.args:
        form = _form(group, filed)
    else:
        codes = _codes_asked(system, code, filed) if group else ""
        form = ArticleForm(None, group_of=group, reviewed_on=clock.today(), seen=0, codes=codes)
    return _editor(term, code, form, from_file=filed is not None and newest is None)


@audience(MODERATORS)
@limited("code articles", RATE, per="account")
def save_article(system: str, code: str) -> ResponseReturnValue:
    """Keep what was typed as a new version, unless another saved one meanwhile."""
    term, form = _term(system, code), ArticleForm(group_of=_group_of(system, code))
    if not form.validate_on_submit():
        return _editor(term, code, form), 422
    if form.written.codes and store.stored_on(system, code) is None:
        # The codes may have changed since they were asked for, and nobody has this address yet.
        code = key_of(form.written.codes)
    try:
        number = article_actions.save(system, code, form.written, current_user.person_id, form.seen.data or 0)
        unit_of_work.commit()
    except unit_of_work.ChangedByAnother:
        unit_of_work.rollback()
        row = store.stored_on(system, code)
        newest = store.newest_of(row) if row is not None else None
        form.seen.data = newest.number if newest is not None else 0
        # The field would show what was sent.
        form.seen.raw_data = None
        return _editor(term, code, form, meanwhile=form.seen.data), 409
    flash(f"Version {number} is kept. Readers see it once it is published.", "success")
    return redirect(url_for("pages.article_preview", system=system, code=code, number=number), 303)


@audience(MODERATORS)
def article_versions(system: str, code: str) -> str:
    """All versions of an article, the newest first."""
    term, row = _term(system, code), _row(system, code)
    return render_template(
        "moderation/article_versions.html",
        term=term,
        code=code,
        shown=shown(code),
        row=row,
        versions=[
            (version, name, when(version.made_at, current_user.person))
            for version, name in store.versions_of(row)
        ],
    )


@audience(MODERATORS)
@limited("code articles", RATE, per="account")
def publish_article(system: str, code: str) -> ResponseReturnValue:
    """Show the newest version to readers."""
    return _done(system, code, article_actions.publish, "Published: readers see version {} now.")


@audience(MODERATORS)
@limited("code articles", RATE, per="account")
def unpublish_article(system: str, code: str) -> ResponseReturnValue:
    """Take the version that readers see back."""
    return _done(system, code, article_actions.unpublish, "Version {} is taken back. All versions are kept.")


@audience(MODERATORS)
@limited("code articles", RATE, per="account")
def bring_back_article(system: str, code: str) -> ResponseReturnValue:
    """Make an older version the newest again, as a version of its own."""

    def again(row: CodeArticle, number: int) -> None:
        article_actions.bring_back(row, number, current_user.person_id)

    return _done(system, code, again, "Version {} is the newest again. Readers see it once it is published.")


def _done(system: str, code: str, do: Callable[[CodeArticle, int], None], words: str) -> ResponseReturnValue:
    _term(system, code)
    row, form = _row(system, code), NumberForm()
    if not form.validate_on_submit():
        abort(400)
    number = form.number.data
    try:
        do(row, number)
        unit_of_work.commit()
    except LookupError:
        abort(404)
    except article_actions.InAnotherGroup as other:
        unit_of_work.rollback()
        flash(
            f"Nothing was done: {other.code} is in the article on {shown(other.key)}, which readers see. "
            "Take it out of one of the two first.",
            "error",
        )
    except unit_of_work.ChangedByAnother:
        unit_of_work.rollback()
        flash(
            "Nothing was done: another moderator changed the article meanwhile. This is how it is now.",
            "error",
        )
    else:
        flash(words.format(number), "success")
    return redirect(url_for("moderation.article_versions", system=system, code=code), 303)


def _editor(term: Term, code: str, form: ArticleForm, *, from_file: bool = False, meanwhile: int = 0) -> str:
    return render_template(
        "moderation/article.html",
        term=term,
        code=code,
        shown=shown(code),
        form=form,
        from_file=from_file,
        meanwhile=meanwhile,
    )


def _term(system: str, code: str) -> Term:
    """The system of an article by its key; 404 for what is none."""
    term = code_systems().get(system)
    if term is None or ends_of(system, code) is None:
        abort(404)
    return term


def _group_of(system: str, code: str) -> str:
    """The system where the key is that of an article on several codes, else ''."""
    ends = ends_of(system, code)
    return system if ends is not None and ends[1] else ""


def _form(group: str, article: Article, seen: int = 0) -> ArticleForm:
    return ArticleForm(None, group_of=group, data=typed_from(article), seen=seen)


def _codes_asked(system: str, key: str, filed: Article | None) -> str:
    """The codes of an article on several that is begun; 404 where none are named, or others than its address says."""
    if filed is not None:
        return group_words(filed.codes)
    try:
        codes = read_group(system, request.args.get("codes", "")[:LONGEST_TYPED])
    except ValueError:
        abort(404)
    if not codes or key_of(codes) != key:
        abort(404)
    return group_words(codes)


def _row(system: str, code: str) -> CodeArticle:
    row = store.stored_on(system, code)
    if row is None:
        abort(404)
    return row
