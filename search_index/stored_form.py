"""Conditions, intervals and synonyms as plain JSON values, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from search_index.conditions import AnyOf, Between, Both, Condition, Either, Overlapping, Stated, Without
from search_index.intervals import Interval
from search_index.synonyms import Alternative, Expression

DEEPEST = 32


def intervals_told(intervals: Iterable[Interval]) -> list[list[Any]]:
    """Return system, start, end and family of each."""
    return [[one.system, one.start, one.end, one.family] for one in intervals]


def condition_told(condition: Condition) -> dict[str, Any]:
    """Return `condition` as an object of one member: its kind, and what it asks."""
    match condition:
        case AnyOf(name, values):
            return {"any_of": [name, list(values)]}
        case Between(name, least, most):
            return {"between": [name, least, most]}
        case Overlapping(name, intervals):
            return {"overlapping": [name, intervals_told(intervals)]}
        case Stated(name):
            return {"stated": name}
        case Without(unwanted):
            return {"without": condition_told(unwanted)}
        case Either(conditions):
            return {"either": [condition_told(one) for one in conditions]}
        case Both(conditions):
            return {"both": [condition_told(one) for one in conditions]}


def synonyms_told(synonyms: Mapping[Expression, Iterable[Alternative]]) -> list[list[Any]]:
    """Return pairs of a run of tokens and its alternatives: tokens as a list, others as an object."""
    return [[list(run), [_alternative_told(one) for one in others]] for run, others in synonyms.items()]


def _alternative_told(one: Alternative) -> Any:
    if isinstance(one, tuple):
        return list(one)
    if isinstance(one, Interval):
        return {"interval": intervals_told([one])[0]}
    return condition_told(one)


def conditions_read(told: Any) -> dict[str, Condition]:
    """Read named conditions. Raises `ValueError`."""
    if not isinstance(told, dict):
        raise ValueError("filters: an object is needed")
    return {name: _condition(one, f"filters.{name}") for name, one in told.items()}


def intervals_read(told: Any, where: str) -> tuple[Interval, ...]:
    """Read intervals. Raises `ValueError` naming `where`."""
    return tuple(_interval(one, where) for one in _list(told, where))


def synonyms_read(told: Any) -> dict[Expression, tuple[Alternative, ...]]:
    """Read what runs of tokens may be replaced by. Raises `ValueError`."""
    found = {}
    for pair in _list(told, "synonyms"):
        if len(_list(pair, "synonyms")) != 2:
            raise ValueError("synonyms: pairs are needed")
        found[_expression(pair[0])] = tuple(map(_alternative, _list(pair[1], "synonyms")))
    return found


def _alternative(told: Any) -> Alternative:
    if isinstance(told, list):
        return _expression(told)
    if isinstance(told, dict) and told.keys() == {"interval"}:
        return _interval(told["interval"], "synonyms")
    return _condition(told, "synonyms")


def _expression(told: Any) -> Expression:
    words = _strings(told, "synonyms")
    if not words or any(len(word.split()) != 1 for word in words):
        raise ValueError("synonyms: one token or more are needed, without white space")
    return words


def _condition(told: Any, where: str, depth: int = 0) -> Condition:
    if not isinstance(told, dict) or len(told) != 1:
        raise ValueError(f"{where}: a condition is an object of one member")
    if depth >= DEEPEST:
        raise ValueError(f"{where}: conditions lie more than {DEEPEST} deep")
    ((kind, asked),) = told.items()
    match kind, asked:
        case "any_of", [str(name), values]:
            return AnyOf(name, _strings(values, where))
        case "between", [str(name), least, most]:
            return Between(name, _whole(least, where), _whole(most, where))
        case "overlapping", [str(name), intervals]:
            return Overlapping(name, intervals_read(intervals, where))
        case "stated", str(name):
            return Stated(name)
        case "without", unwanted:
            return Without(_condition(unwanted, where, depth + 1))
        case "either", [*several]:
            return Either(tuple(_condition(one, where, depth + 1) for one in several))
        case "both", [*several]:
            return Both(tuple(_condition(one, where, depth + 1) for one in several))
    raise ValueError(f"{where}: {kind} is not known, or asks in another shape")


def _interval(told: Any, where: str) -> Interval:
    match told:
        case [str(system), str(start), str() | None as end, bool(family)]:
            try:
                return Interval(system, start, end, family)
            except ValueError as problem:
                raise ValueError(f"{where}: {problem}") from None
    raise ValueError(f"{where}: system, start, end and family are needed for an interval")


def _list(told: Any, where: str) -> list[Any]:
    if not isinstance(told, list):
        raise ValueError(f"{where}: a list is needed")
    return told


def _strings(told: Any, where: str) -> tuple[str, ...]:
    if not all(isinstance(one, str) for one in _list(told, where)):
        raise ValueError(f"{where}: strings are needed")
    return tuple(told)


def _whole(told: Any, where: str) -> int | None:
    if told is not None and type(told) is not int:
        raise ValueError(f"{where}: a whole number is needed")
    return told
