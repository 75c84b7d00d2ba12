"""Appraisal: agreement between interpreters, adjudication, and bringing their work together."""

from kg.appraisal.agreement import (
    Agreement,
    find_agreement,
    find_alpha,
    find_kappa,
)
from kg.appraisal.difference import CellChange, ClaimChange, Difference, compare
from kg.appraisal.judgement import JUDGEMENTS, Answer, Judgement, read_answers
from kg.appraisal.merge import Apart, Conflict, Merge, merge_tables
from kg.appraisal.picture import Picture, read_picture
from kg.appraisal.ruling import Ruling, find_rulings

__all__ = [
    "JUDGEMENTS",
    "Agreement",
    "Answer",
    "Apart",
    "CellChange",
    "ClaimChange",
    "Conflict",
    "Difference",
    "Judgement",
    "Merge",
    "Picture",
    "Ruling",
    "compare",
    "find_agreement",
    "find_alpha",
    "find_kappa",
    "find_rulings",
    "merge_tables",
    "read_answers",
    "read_picture",
]
