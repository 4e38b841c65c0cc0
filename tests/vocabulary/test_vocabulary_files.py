"""Files of the data folder extend and override the shipped words, and every mistake in them is named."""

import pytest
from flask import Flask

from jobboard.vocabulary import VocabularyError, load, shipped, vocabularies


@pytest.fixture
def write(tmp_path):
    """Writes one vocabulary file into a data folder and returns the folder."""

    def write_file(name, text):
        folder = tmp_path / "vocabulary"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write_file


def test_a_folder_without_vocabulary_files_gives_the_shipped_words(tmp_path):
    assert load(tmp_path).by_facet == shipped().by_facet


def test_a_new_specialty_is_one_line_of_data(write):
    folder = write(
        "specialty.toml", '[terms]\nsleep = { name = "Sleep medicine", aliases = ["sleep lab"] }\n'
    )
    specialties = load(folder)["specialty"]
    assert specialties.find("Sleep Lab").slug == "sleep"
    assert specialties.slugs == (*shipped()["specialty"].slugs, "sleep")


def test_an_override_replaces_texts_and_adds_to_lists(write):
    folder = write("credential.toml", '[terms]\ncpc = { label = "CPC®", aliases = ["pro coder cert"] }\n')
    term = load(folder)["credential"]["cpc"]
    assert term.label == "CPC®"
    assert term.issuer == "AAPC"
    assert set(term.aliases) == {*shipped()["credential"]["cpc"].aliases, "pro coder cert"}


def test_an_operator_can_retire_a_term(write):
    folder = write("tool.toml", '[terms]\nveradigm = { status = "retired" }\n')
    assert not load(folder)["tool"]["veradigm"].active


def test_synonyms_can_be_added(write):
    folder = write("words.toml", '[groups]\nsleep = { words = ["sleep lab", "polysomnography"] }\n')
    assert load(folder).synonyms("polysomnography") == ("sleep lab",)


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("specialty.toml", "[terms\n", "specialty.toml"),
        ("specialty.toml", '[terms]\na = { name = "A" }\na = { name = "B" }\n', "a: duplicate entry"),
        ("speciality.toml", "", "no vocabulary of this name"),
        ("specialty.toml", '[term]\na = { name = "A" }\n', "unknown table or key 'term'"),
        ("specialty.toml", '[terms]\nsleep = { nam = "Sleep" }\n', "sleep: unknown key 'nam'"),
        ("specialty.toml", '[terms]\nsleep = { label = "Sleep" }\n', "sleep: 'name' is missing"),
        ("specialty.toml", '[terms]\nsleep = { name = "Sleep", issuer = "X" }\n', "unknown key 'issuer'"),
        ("specialty.toml", '[terms]\nsleep = { name = "" }\n', "sleep: 'name' must be a text"),
        ("specialty.toml", '[terms]\nsleep = { name = "S", aliases = "x" }\n', "'aliases' must be a list"),
        ("specialty.toml", '[terms]\nSleep_Lab = { name = "S" }\n', "Sleep_Lab: a slug is small letters"),
        ("specialty.toml", '[terms]\nsleep = "Sleep"\n', "sleep: an entry is a table"),
        ("specialty.toml", "terms = 3\n", "'terms' must be a table"),
        (
            "specialty.toml",
            '[terms]\nsleep = { name = "Sleep", aliases = ["ortho"] }\n',
            "sleep: 'ortho' is already claimed by 'orthopaedics'",
        ),
        (
            "specialty.toml",
            '[terms]\nsleep = { name = "Sleep", cautious = ["ZZ"] }\n',
            "sleep: 'ZZ' is marked but is no word",
        ),
        (
            "specialty.toml",
            '[terms]\nsleep = { name = "Sleep", aliases = ["SL"], ambiguous = ["SL"] }\n',
            "sleep: 'SL' can never be recognised without 'near'",
        ),
        ("specialty.toml", '[terms]\nent = { status = "gone" }\n', "ent: 'status' must be one of"),
        (
            "credential.toml",
            '[terms]\nzz-a = { name = "Z", issuer = "Y", apprentice_of = "zz" }\n',
            "zz-a: apprentice_of names the unknown 'zz'",
        ),
        ("words.toml", '[groups]\nx = { words = ["a"], cautious = ["b"] }\n', "x: 'b' is marked"),
    ],
)
def test_a_mistake_is_an_error_that_names_file_and_entry(write, name, text, complaint):
    with pytest.raises(VocabularyError) as refused:
        load(write(name, text))
    assert complaint in str(refused.value)
    assert name in str(refused.value)


def test_all_mistakes_are_told_at_once(write):
    write("tool.toml", '[terms]\na = { name = "A" }\n')
    folder = write("role.toml", '[terms]\nb = { label = "B" }\n')
    with pytest.raises(VocabularyError) as refused:
        load(folder)
    assert len(refused.value.problems) == 2


def test_a_file_that_is_not_text_is_an_error(write, tmp_path):
    folder = write("role.toml", "")
    (tmp_path / "vocabulary" / "role.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(VocabularyError, match=r"role\.toml: cannot be read"):
        load(folder)


def test_the_running_application_keeps_its_own_vocabularies(write):
    app = Flask("board")
    app.extensions["vocabularies"] = load(write("tool.toml", '[terms]\nx = { name = "X", kind = "other" }\n'))
    with app.app_context():
        assert "x" in vocabularies()["tool"]
    assert "x" not in shipped()["tool"]
