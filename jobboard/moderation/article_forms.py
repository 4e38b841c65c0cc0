"""What an editor types about a code: a field for each section of an article, and who may read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from jobboard import clock
from jobboard.access.typed_text import at_most, cleaned
from jobboard.codes.article_actions import Written
from jobboard.codes.article_codes import LONGEST_TYPED, group_words, read_group
from jobboard.codes.article_sections import FURTHER, HEADINGS, SUMMARY
from jobboard.codes.rules import AUDIENCES, EVERYONE
from jobboard.codes.systems import code_systems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from jobboard.codes.articles import Article

LONGEST_SECTION: Final = 20_000
LONGEST_SUMMARY: Final = 600
AUDIENCE_WORDS: Final = {"everyone": "Everyone", "account": "Whoever has an account", "members": "Members"}


class NumberForm(FlaskForm):  # type: ignore[misc]
    """A button that is about one version."""

    number = IntegerField("Version", widget=HiddenInput(), validators=[InputRequired("Open the page again.")])


class CodesOfSystemField(StringField):  # type: ignore[misc]
    """Codes and ranges of the form's `code_system`; `codes` are what was read, in order."""

    codes: tuple[str, ...] = ()

    def pre_validate(self, form: Any) -> None:
        """Read the list; the complaint names what is none of the system."""
        try:
            self.codes = read_group(form.code_system, self.data or "")
        except ValueError as problem:
            raise ValidationError(str(problem)) from None


class ArticleForm(FlaskForm):  # type: ignore[misc]
    """An article; `seen` is the number of the newest version that the editor knows, 0 for none.

    `codes` is there for an article on several codes of `code_system` only.
    Each kind of section has a field `text_<kind>` and, save the summary, `audience_<kind>`.
    """

    codes = CodesOfSystemField(
        "Codes",
        description="Codes and ranges with commas between: 99202-99205, 99211. A range is every number in it.",
        filters=[cleaned],
        validators=[at_most(LONGEST_TYPED)],
    )
    name = StringField(
        "Name",
        description="In our own words: no wording of CPT or CDT.",
        filters=[cleaned],
        validators=[DataRequired("Give the name."), at_most(200)],
    )
    summary = TextAreaField(
        "Summary",
        description="A sentence or two without marks, for lists and search engines.",
        filters=[cleaned],
        validators=[DataRequired("Write the summary."), at_most(LONGEST_SUMMARY)],
    )
    reviewed_on = DateField(
        "Reviewed on",
        description="The day on which what it says was last checked.",
        validators=[InputRequired("Give the date as a day.")],
    )
    seen = IntegerField("Version", widget=HiddenInput(), validators=[InputRequired("Open the page again.")])

    def __init__(self, formdata: Any = _Auto, *, group_of: str = "", **given: Any) -> None:
        super().__init__(formdata, **given)
        self.code_system = group_of
        if not group_of:
            del self.codes

    def validate_codes(self, field: CodesOfSystemField) -> None:
        """Several: an article on one code has an address of its own."""
        if len(field.codes) < 2:
            raise ValidationError("Name several codes. An article on one is written on its own.")

    def validate_reviewed_on(self, field: DateField) -> None:
        """No day to come: nobody can have checked it then."""
        if field.data is not None and field.data > clock.today():
            raise ValidationError("The date is in the future.")

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The field of each section with that of its audience, None for the summary, which is for everyone."""
        return [
            (self[f"text_{kind}"], self[f"audience_{kind}"] if kind != SUMMARY else None) for kind in HEADINGS
        ]

    @property
    def written(self) -> Written:
        """What was typed; sections without text are left out."""
        sections = [
            {
                "kind": kind,
                "audience": EVERYONE if kind == SUMMARY else self[f"audience_{kind}"].data,
                "text": self[f"text_{kind}"].data,
            }
            for kind in HEADINGS
            if self[f"text_{kind}"].data
        ]
        codes = self.codes.codes if "codes" in self else ()
        return Written(self.name.data, self.summary.data, sections, self.reviewed_on.data, codes)


for _kind, _heading in HEADINGS.items():
    setattr(
        ArticleForm,
        f"text_{_kind}",
        TextAreaField(_heading, filters=[cleaned], validators=[at_most(LONGEST_SECTION)]),
    )
    if _kind != SUMMARY:
        setattr(
            ArticleForm,
            f"audience_{_kind}",
            SelectField(
                f"Who may read “{_heading}”",
                choices={each: AUDIENCE_WORDS[each] for each in AUDIENCES},
                default=EVERYONE,
            ),
        )


def typed_from(article: Article) -> dict[str, Any]:
    """The form's values for an article that there is; headings of its writer's own go into the last section."""
    texts: dict[str, list[str]] = {}
    audiences: dict[str, str] = {}
    for each in article.sections:
        own = each.kind == FURTHER and each.heading != HEADINGS[FURTHER]
        texts.setdefault(each.kind, []).append(f"### {each.heading}\n\n{each.text}" if own else each.text)
        # Of parts for different readers the whole is for the fewest.
        audiences[each.kind] = _fewest((audiences.get(each.kind, EVERYONE), each.audience))
    return {
        "name": article.title,
        "summary": article.summary,
        "reviewed_on": article.reviewed,
        "codes": group_words(article.codes),
        **{f"text_{kind}": "\n\n".join(parts) for kind, parts in texts.items()},
        **{f"audience_{kind}": audience for kind, audience in audiences.items() if kind != SUMMARY},
    }


def _fewest(audiences: Iterable[str]) -> str:
    return max(audiences, key=AUDIENCES.index)


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The codes that an article is to be about; they are only asked for, so it needs no token."""

    class Meta:
        """A form of an address."""

        csrf = False

    system = SelectField("Code system", validators=[DataRequired("Choose the code system.")])
    code = CodesOfSystemField(
        "Codes",
        description="One code, or codes and ranges with commas between: 99202-99205, 99211.",
        filters=[cleaned],
        validators=[DataRequired("Give the code."), at_most(LONGEST_TYPED)],
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.system.choices = {each.slug: each.label for each in code_systems().active}

    @property
    def code_system(self) -> str:
        """The chosen system, '' where it is none."""
        return self.system.data if self.system.data in self.system.choices else ""


def due_on(reviewed: date, today: date) -> bool:
    """Whether an article is due for review: it was last checked a year ago or before."""
    return (today - reviewed).days >= 365
