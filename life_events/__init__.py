"""The study: which steps a person's life asks for, and why. Pure; it reads nothing but its own data files."""

from life_events.after_filing import Appeal, appeal_of, expected_by
from life_events.amounts import Amount, amount_of, both_hands
from life_events.application import (
    FieldError,
    check_answer,
    echo,
    find_question,
    holds_individual_number,
    is_empty,
    shown_answers,
)
from life_events.asking import question_of
from life_events.benefits import Benefit, Benefits
from life_events.catalogue import Automatic, BundleSpec, Catalogue, DeskRule, Part, Procedure, Sentence, Source, Ward
from life_events.changes import Change, ChangeKind, Mark, changes, marks
from life_events.checking import WrongData
from life_events.difference import difference
from life_events.entered import Entered, EnteredValue
from life_events.entitlements import BOTH_HANDS, Monthly
from life_events.events_open import EVENTS, open_events
from life_events.facts import (
    SOURCES,
    Allowance,
    Answers,
    CareEquipment,
    CareRecord,
    CareRecords,
    ChildcareRecords,
    Contract,
    Contracts,
    Facts,
    Given,
    HomeAdaptation,
    Household,
    MedicalCertificate,
    Member,
    NationalProfile,
    NextEvent,
    NurseryPlace,
    Pupil,
    Pupils,
    answer_id,
    unknown_parts,
)
from life_events.filed import Filed, filed, grace_hours
from life_events.form import Choice, Field, FieldKind, Form, Prefill, Refuse, Section, ShowIf
from life_events.forms import ENTERED, RECORDS, NoForm, blank_form, entered_in, filling_in, form_for
from life_events.individual_number import contains_individual_number
from life_events.law import Law
from life_events.loading import load_catalogue
from life_events.move_changes import Destination, Difference, MoveChange, Paper, Spared
from life_events.papers import papers_to_photograph
from life_events.plan import plan
from life_events.questions import Question, QuestionKind, QuestionSpec
from life_events.ripple import Move, MoveKind, MovePhase, MovePlace
from life_events.schema import schema_of, static_schema
from life_events.standing import standing
from life_events.steps import Asking, Bundle, Failure, KnownFact, Plan, Step
from life_events.terms import UNKNOWN, Channel, Operator, Person, StepState, Text, Unknown
from life_events.verdict import Ask, Because, Done, Due, NotYet, NotYours, Open, Unheard, Verdict
from life_events.wording import day, say

__all__ = [
    "BOTH_HANDS",
    "ENTERED",
    "EVENTS",
    "RECORDS",
    "SOURCES",
    "UNKNOWN",
    "Allowance",
    "Amount",
    "Answers",
    "Appeal",
    "Ask",
    "Asking",
    "Automatic",
    "Because",
    "Benefit",
    "Benefits",
    "Bundle",
    "BundleSpec",
    "CareEquipment",
    "CareRecord",
    "CareRecords",
    "Catalogue",
    "Change",
    "ChangeKind",
    "Channel",
    "ChildcareRecords",
    "Choice",
    "Contract",
    "Contracts",
    "DeskRule",
    "Destination",
    "Difference",
    "Done",
    "Due",
    "Entered",
    "EnteredValue",
    "Facts",
    "Failure",
    "Field",
    "FieldError",
    "FieldKind",
    "Filed",
    "Form",
    "Given",
    "HomeAdaptation",
    "Household",
    "KnownFact",
    "Law",
    "Mark",
    "MedicalCertificate",
    "Member",
    "Monthly",
    "Move",
    "MoveChange",
    "MoveKind",
    "MovePhase",
    "MovePlace",
    "NationalProfile",
    "NextEvent",
    "NoForm",
    "NotYet",
    "NotYours",
    "NurseryPlace",
    "Open",
    "Operator",
    "Paper",
    "Part",
    "Person",
    "Plan",
    "Prefill",
    "Procedure",
    "Pupil",
    "Pupils",
    "Question",
    "QuestionKind",
    "QuestionSpec",
    "Refuse",
    "Section",
    "Sentence",
    "ShowIf",
    "Source",
    "Spared",
    "Step",
    "StepState",
    "Text",
    "Unheard",
    "Unknown",
    "Verdict",
    "Ward",
    "WrongData",
    "amount_of",
    "answer_id",
    "appeal_of",
    "blank_form",
    "both_hands",
    "changes",
    "check_answer",
    "contains_individual_number",
    "day",
    "difference",
    "echo",
    "entered_in",
    "expected_by",
    "filed",
    "filling_in",
    "find_question",
    "form_for",
    "grace_hours",
    "holds_individual_number",
    "is_empty",
    "load_catalogue",
    "marks",
    "open_events",
    "papers_to_photograph",
    "plan",
    "question_of",
    "say",
    "schema_of",
    "shown_answers",
    "standing",
    "static_schema",
    "unknown_parts",
]
