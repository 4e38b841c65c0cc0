"""CMS-HCC: the categories of each model, which of them replace others, and the diagnoses that lead to them.

Categories of V28, the model that pays for most, are known by their number; those of other models have its name before
it: V24-18, E24-18 (dialysis), R08-30 (drugs).
"""

from __future__ import annotations

import re
from typing import Final

from jobboard.codes.datasets import Dataset, Part
from jobboard.codes.edition_datasets import codes_of
from jobboard.codes.icd10cm_order import dotted
from jobboard.codes.importers.code_lists import read_list
from jobboard.codes.importers.links import Link, relation
from jobboard.codes.importers.request import ImportRequest, WrongRequest
from jobboard.codes.models import CodeRelation
from jobboard.codes.readers.opening import Source, SourceError, only_source
from jobboard.codes.readers.tables import header_of, rows_of
from jobboard.codes.records import CodeRecord, EditionFile

SYSTEM: Final = "hcc"
USUAL: Final = "V28"
_MODEL = re.compile(r"(?P<domain>CMS-HCC|CMS-HCC ESRD|RxHCC) Model V(?P<number>[0-9]{2})")
_DOMAINS: Final = {"CMS-HCC": "V", "ESRD": "E", "CMS-HCC ESRD": "E", "RxHCC": "R"}
_TITLES: Final = {"V": "CMS-HCC V{}", "E": "CMS-HCC for dialysis, V{}", "R": "RxHCC V{}"}
_DIAGNOSIS = re.compile(r"[A-Z][0-9A-Z]{2,6}")


def read(request: ImportRequest) -> list[Dataset]:
    """Labels, hierarchies and mappings, one file or more, told by their headers; or a plain CSV of categories."""
    datasets = []
    for path in request.files:
        source = only_source(path)
        header = set(header_of(source))
        if {"cc", "label", "model_domain"} <= header:
            datasets.append(_labels(source, request))
        elif {"cc_parent", "cc_child"} <= header:
            datasets.append(_hierarchies(source, request))
        elif {"diagnosis_code", "cc", "model_name"} <= header:
            datasets.append(_mapping(source, request))
        elif len(request.files) == 1:
            return read_list(SYSTEM, request)
        else:
            raise SourceError(source.name, 1, "is neither labels, hierarchies nor a mapping of CMS-HCC")
    kinds = [dataset.kind for dataset in datasets]
    if len(set(kinds)) < len(kinds):
        raise WrongRequest("two files of the same kind are given; import each edition by itself")
    return datasets


def category(model: str, number: str) -> str:
    """The code of a category: "18" of V28, "V24-18" of others."""
    return number if model == USUAL else f"{model}-{number}"


def _labels(source: Source, request: ImportRequest) -> Dataset:
    named = request.edition_of(SYSTEM, source.name)
    by_model: dict[str, dict[str, str]] = {}
    for row in rows_of(source, ("cc", "label", "model_domain", "model_version")):
        model = _model(row["model_domain"], row["model_version"][1:], source, row.line)
        number = re.fullmatch(r"[A-Za-z]*HCC0*([0-9]{1,3})", row["cc"])
        if number is None or not row["label"]:
            raise SourceError(source.name, row.line, "is not a category and its label")
        if by_model.setdefault(model, {}).setdefault(number[1], row["label"]) != row["label"]:
            raise SourceError(source.name, row.line, f"the category {row['cc']} of {model} has two labels")
    records: list[CodeRecord] = []
    for model, labels in sorted(by_model.items(), key=lambda each: (each[0] != USUAL, each[0])):
        title = _TITLES[model[0]].format(model[1:])
        records.append(CodeRecord(SYSTEM, model, None, "chapter", "", title, False, len(records) + 1))
        for cc, label in sorted(labels.items(), key=lambda each: int(each[0])):
            code = category(model, cc)
            records.append(CodeRecord(SYSTEM, code, model, "code", "", label, False, len(records) + 1))
    if not records:
        raise SourceError(source.name, 1, "holds no category")
    return codes_of(EditionFile(SYSTEM, named.label, source.name, tuple(records)), named.begins)


def _hierarchies(source: Source, request: ImportRequest) -> Dataset:
    links = []
    for row in rows_of(source, ("cc_parent", "cc_child", "model_domain", "model_version")):
        model = _model(row["model_domain"], row["model_version"][1:], source, row.line)
        above, below = (_number(row[name], source, row.line) for name in ("cc_parent", "cc_child"))
        links.append(Link(SYSTEM, category(model, above), "drops", SYSTEM, category(model, below), ""))
    return _set("hcc-hierarchy", SYSTEM, links, source, request)


def _mapping(source: Source, request: ImportRequest) -> Dataset:
    links = []
    for row in rows_of(source, ("diagnosis_code", "cc", "model_name")):
        told = _MODEL.fullmatch(row["model_name"])
        if told is None:
            raise SourceError(source.name, row.line, f"{row['model_name'][:40]!r} is no model of CMS-HCC")
        model = _model(told["domain"], told["number"], source, row.line)
        if not _DIAGNOSIS.fullmatch(row["diagnosis_code"]):
            raise SourceError(source.name, row.line, "is not a diagnosis of ICD-10-CM")
        code, number = dotted(row["diagnosis_code"]), _number(row["cc"], source, row.line)
        links.append(Link("icd10cm", code, "hcc", SYSTEM, category(model, number), row["model_name"]))
    return _set("hcc", "icd10cm", links, source, request)


def _set(kind: str, system: str, links: list[Link], source: Source, request: ImportRequest) -> Dataset:
    if not links:
        raise SourceError(source.name, 1, "holds no row")
    named = request.edition_of(SYSTEM, source.name)
    links = list(dict.fromkeys(links))
    part = Part(CodeRelation, links, relation)
    return Dataset(system, kind, named.label, named.begins, source.name, (part,), {"relations": len(links)})


def _model(domain: str, number: str, source: Source, line: int) -> str:
    if domain not in _DOMAINS or not re.fullmatch(r"[0-9]{2}", number):
        raise SourceError(source.name, line, f"{domain[:20]!r} {number[:10]!r} is no model of CMS-HCC")
    return f"{_DOMAINS[domain]}{number}"


def _number(text: str, source: Source, line: int) -> str:
    if not re.fullmatch(r"0*[0-9]{1,3}", text):
        raise SourceError(source.name, line, f"{text[:20]!r} is no category of CMS-HCC")
    return text.lstrip("0") or "0"
