"""Recognises in a posting's title and text what markup cannot say; what is not said stays unsaid."""

from jobboard.postings.recognition.arrangement import read_arrangement
from jobboard.postings.recognition.credentials import read_credentials
from jobboard.postings.recognition.eligibility import read_eligibility
from jobboard.postings.recognition.experience import read_education, read_experience
from jobboard.postings.recognition.lexicon import lexicon
from jobboard.postings.recognition.offers import (
    read_ceu,
    read_dues,
    read_equipment,
    read_openings,
    read_requisition_number,
    read_work_authorization,
)
from jobboard.postings.recognition.pay import read_pay
from jobboard.postings.recognition.reading import sentences
from jobboard.postings.recognition.result import Recognised, Workload
from jobboard.postings.recognition.terms import (
    read_benefits,
    read_employment,
    read_plain,
    read_roles,
    read_schedule,
    read_settings,
    read_sides,
    read_specialties,
)
from jobboard.postings.recognition.work import (
    read_accuracy,
    read_hours,
    read_qa_appeal,
    read_ramp_up,
    read_workloads,
)
from jobboard.vocabulary import Vocabularies

__all__ = ["Recognised", "Workload", "recognise"]


def recognise(title: str, text: str, vocabularies: Vocabularies) -> Recognised:
    """Everything that `title` and `text` (plain or Markdown) say in the words of `vocabularies`.

    The time is proportional to the length of the text, of which the first 60,000 characters are read.
    """
    words = lexicon(vocabularies)
    plain = sentences(title, text)
    read = [(sentence, words.mentions(sentence)) for sentence in plain]
    credentials = read_credentials(read, vocabularies["credential"])
    experience = read_experience(read)
    arrangement = read_arrangement(plain)
    eligibility = read_eligibility(plain)
    pay = read_pay(plain)
    hours = read_hours(plain)
    welcome = credentials.apprentice_welcome
    return Recognised(
        title=" ".join(title.split()),
        specialties=read_specialties(read),
        roles=read_roles(read),
        sides=read_sides(read),
        settings=read_settings(read),
        systems=read_plain(read, "system"),
        tools=read_plain(read, "tool"),
        requirement=credentials.requirement,
        arrangement=arrangement.slug,
        hybrid_days=arrangement.hybrid_days,
        training_weeks=arrangement.training_weeks,
        eligible_mode=eligibility.mode,
        eligible_states=eligibility.states,
        employment=read_employment(read),
        schedule=read_schedule(read),
        hours_per_week_least=hours[0],
        hours_per_week_most=hours[1],
        pay_basis=pay.basis,
        pay_least_cents=pay.least_cents,
        pay_most_cents=pay.most_cents,
        experience_months=experience.months,
        specialty_experience_months=experience.specialty_months,
        apprentice_welcome=True if welcome is None and experience.beginners_welcome else welcome,
        education=read_education(read, vocabularies["education"].slugs),
        work_authorization=read_work_authorization(plain),
        workloads=read_workloads(read),
        accuracy_percent=read_accuracy(plain),
        ramp_up_weeks=read_ramp_up(plain),
        qa_appeal=read_qa_appeal(plain),
        equipment_provided=read_equipment(plain),
        ceu_paid=read_ceu(plain),
        dues_paid=read_dues(plain),
        openings=read_openings(plain),
        requisition_number=read_requisition_number(plain),
        benefits=read_benefits(read),
    )
