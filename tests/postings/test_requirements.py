"""Credential requirements are logic, not lists."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jobboard.postings.requirement_words import in_words, sentences
from jobboard.postings.requirements import (
    DEEPEST,
    AllOf,
    AnyOf,
    Leaf,
    Requirement,
    RequirementError,
    SomeOf,
    as_lists,
    flat,
    from_json,
    from_lists,
    met,
    satisfied,
    simplified,
    to_json,
)

RHIT, CCS, CIC, CPC, CRC = (Leaf(slug) for slug in ("rhit", "ccs", "cic", "cpc", "crc"))
RHIT_AND_ONE = AllOf((RHIT, AnyOf((CCS, CIC))))


@pytest.mark.parametrize(
    ("held", "answer"),
    [({"rhit", "cic"}, True), ({"rhit", "ccs", "cpc"}, True), ({"rhit"}, False), ({"ccs", "cic"}, False)],
)
def test_rhit_and_either_of_two_needs_both_parts(held, answer):
    assert satisfied(RHIT_AND_ONE, held) is answer


def test_two_of_three_needs_two():
    node = SomeOf(2, (CPC, CCS, CRC))
    assert not satisfied(node, {"cpc"})
    assert satisfied(node, {"cpc", "crc"})


def test_an_apprentice_counts_only_where_apprentices_are_accepted():
    assert not satisfied(CPC, {"cpc-a"})
    assert satisfied(Leaf("cpc", apprentice_accepted=True), {"cpc-a"})


def test_a_full_credential_stands_for_its_apprentice_form():
    assert satisfied(Leaf("cpc-a"), {"cpc"})
    assert not satisfied(Leaf("cpc-a"), {"coc"})


def test_what_may_be_obtained_later_need_not_be_held_now():
    assert satisfied(Leaf("cpc", within_months=6), set())
    assert not satisfied(AllOf((Leaf("cpc", within_months=6), RHIT)), set())


def test_nothing_asked_is_satisfied_by_anyone():
    assert satisfied(None, set())


def test_a_refused_credential_does_not_help():
    requirement = Requirement(AnyOf((Leaf("cpc", apprentice_accepted=True), CCS)), refused=("cpc-a",))
    assert not met(requirement, {"cpc-a"})
    assert met(requirement, {"cpc-a", "ccs"})


def test_the_flat_list_has_every_accepted_credential_and_no_refused_one():
    requirement = Requirement(
        AllOf((RHIT, AnyOf((Leaf("cpc", apprentice_accepted=True), Leaf("cca"))))), CRC, ("cca",)
    )
    assert flat(requirement) == {"rhit", "cpc", "cpc-a", "crc"}


def test_the_flat_list_of_a_refused_apprentice_keeps_the_full_credential():
    assert flat(Requirement(Leaf("cpc", apprentice_accepted=True), refused=("cpc-a",))) == {"cpc"}


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (None, ""),
        (CPC, "CPC"),
        (RHIT_AND_ONE, "RHIT and either CCS or CIC"),
        (AnyOf((CPC, CCS, CRC)), "CPC, CCS or CRC"),
        (AllOf((CPC, AnyOf((CCS, CIC, CRC)))), "CPC and one of CCS, CIC or CRC"),
        (AnyOf((AllOf((RHIT, CCS)), CPC)), "CPC or both RHIT and CCS"),
        (SomeOf(2, (CPC, CCS, CRC)), "at least two of CPC, CCS and CRC"),
        (Leaf("cpc", within_months=6), "CPC within 6 months of hire"),
        (Leaf("cpc", within_months=1), "CPC within 1 month of hire"),
        (Leaf("ccs-p", apprentice_accepted=True), "CCS-P (apprentices accepted)"),
        (AllOf((AnyOf((AllOf((CPC, CCS)), CRC)), RHIT)), "RHIT and either CRC or (both CPC and CCS)"),
        (AllOf((AnyOf((CPC, CCS)), AnyOf((CIC, CRC)))), "either CPC or CCS, and either CIC or CRC"),
        (Leaf("gone"), "gone"),
    ],
)
def test_a_tree_reads_as_plain_english(node, words):
    assert in_words(node) == words


def test_a_requirement_reads_as_up_to_three_sentences():
    requirement = Requirement(CPC, CRC, ("cpc-a",))
    assert sentences(requirement) == ("Required: CPC", "Preferred: CRC", "Not accepted: CPC-A")
    assert sentences(Requirement()) == ()


@pytest.mark.parametrize(
    ("node", "plain"),
    [
        (AllOf(()), None),
        (AllOf((CPC,)), CPC),
        (AnyOf((CPC, CPC)), CPC),
        (AllOf((CPC, AllOf((CCS, RHIT)))), AllOf((CPC, CCS, RHIT))),
        (AnyOf((AnyOf((CPC, CCS)), CRC)), AnyOf((CPC, CCS, CRC))),
        (SomeOf(1, (CPC, CCS)), AnyOf((CPC, CCS))),
        (SomeOf(2, (CPC, CCS)), AllOf((CPC, CCS))),
        (SomeOf(2, (CPC, CCS, CRC)), SomeOf(2, (CPC, CCS, CRC))),
    ],
)
def test_a_tree_is_simplified(node, plain):
    assert simplified(node) == plain


@pytest.mark.parametrize(
    ("all_of", "any_of", "node"),
    [
        ([], [], None),
        (["cpc"], [], CPC),
        ([], ["cpc", "ccs"], AnyOf((CPC, CCS))),
        (["rhit"], ["ccs", "cic"], RHIT_AND_ONE),
        (["rhit", "cpc"], [], AllOf((RHIT, CPC))),
    ],
)
def test_the_two_lists_of_a_form_become_a_tree_and_come_back(all_of, any_of, node):
    assert from_lists(all_of, any_of) == node
    assert as_lists(node) == (tuple(all_of), tuple(any_of))


@pytest.mark.parametrize(
    "node",
    [
        SomeOf(2, (CPC, CCS, CRC)),
        Leaf("cpc", within_months=3),
        AllOf((AnyOf((CPC, CCS)), AnyOf((CIC, CRC)))),
        AnyOf((AllOf((CPC, CCS)), CRC)),
    ],
)
def test_a_richer_tree_does_not_pretend_to_be_two_lists(node):
    assert as_lists(node) is None


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ([], "is an object"),
        ({"needed": {}}, "unknown key 'needed'"),
        ({"required": 3}, "required: expected an object"),
        ({"required": {}}, "required: expected one of"),
        ({"required": {"all": [], "any": []}}, "required: expected one of"),
        ({"required": {"all": []}}, "required.all: expected a list"),
        (
            {"required": {"all": [{"credential": "cpc"}, {"credential": 7}]}},
            "required.all[1]: expected a credential",
        ),
        ({"preferred": {"credential": "xyz"}}, "preferred: unknown credential 'xyz'"),
        (
            {"required": {"credential": "cpc", "within_months": 0}},
            "required.within_months: expected a whole number",
        ),
        ({"required": {"credential": "cpc", "within_months": True}}, "required.within_months"),
        (
            {"required": {"credential": "cpc", "apprentice_accepted": "no"}},
            "apprentice_accepted: expected true",
        ),
        ({"required": {"of": [{"credential": "cpc"}]}}, "required.least"),
        (
            {"required": {"least": 2, "of": [{"credential": "cpc"}]}},
            "required.least: expected a whole number from 1 to 1",
        ),
        ({"required": {"any": [{"credential": "cpc"}], "note": 1}}, "required: unknown key 'note'"),
        ({"refused": "cpc"}, "refused: expected a list"),
        ({"refused": ["zzz"]}, "refused[0]: unknown credential"),
        ({"required": {"any": [{"credential": "cpc"}] * 61}}, "required.any: expected a list of 1 to 60"),
        (
            {
                "required": {"any": [{"credential": "cpc"}] * 40},
                "preferred": {"any": [{"credential": "ccs"}] * 40},
            },
            "more than 60 credentials",
        ),
    ],
)
def test_an_unusable_requirement_is_refused_with_the_place_of_the_mistake(data, complaint):
    with pytest.raises(RequirementError) as refused:
        from_json(data, known={"cpc", "ccs"})
    assert complaint in str(refused.value)


def test_a_tree_may_not_be_nested_without_end():
    node = {"credential": "cpc"}
    for _ in range(100_000):
        node = {"all": [node]}
    with pytest.raises(RequirementError, match="levels deep"):
        from_json({"required": node})


def test_a_silent_requirement_is_an_empty_object():
    assert to_json(Requirement()) == {}
    assert from_json({}) == Requirement()
    assert not Requirement()


LEAVES = st.builds(
    Leaf, st.sampled_from(["cpc", "ccs", "rhit", "coc"]), st.booleans(), st.none() | st.integers(1, 24)
)


def _nodes(children):
    lists = st.lists(children, min_size=1, max_size=3).map(tuple)
    some = lists.flatmap(lambda nodes: st.builds(SomeOf, st.integers(1, len(nodes)), st.just(nodes)))
    return st.builds(AllOf, lists) | st.builds(AnyOf, lists) | some


NODES = st.recursive(LEAVES, _nodes, max_leaves=6)
HELD = st.sets(st.sampled_from(["cpc", "cpc-a", "ccs", "rhit", "coc"]))


@given(NODES, HELD)
def test_simplifying_changes_no_answer(node, held):
    assert satisfied(simplified(node), held) == satisfied(node, held)


@given(NODES)
def test_a_tree_survives_being_written_and_read(node):
    plain = simplified(node)
    assume(_levels(plain) <= DEEPEST)
    requirement = Requirement(plain, None, ("cca",))
    assert from_json(json.loads(json.dumps(to_json(requirement)))) == requirement


def _levels(node):
    return 1 if isinstance(node, Leaf) else 1 + max(_levels(child) for child in node.nodes)
