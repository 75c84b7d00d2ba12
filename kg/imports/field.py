"""The fields of reference formats, each with its meaning here; a table to be read.

Layer imports. A field that stands in none of these tables has no place and is counted as lost.

Source: RIS tags as Reference Manager and EndNote use them; NBIB tags as PubMed's help lists them;
BibTeX fields of btxdoc and biblatex; column names of the CSV exports of Scopus, Web of Science,
PubMed, Rayyan, Covidence and Zotero.
"""

from __future__ import annotations

from types import MappingProxyType

__all__ = ["KINDS", "LANGUAGES", "ROLES"]


def _turn(meanings: dict[str, str]) -> MappingProxyType[str, str]:
    """Return name → meaning, from meaning → names with "|" between them."""
    return MappingProxyType({n: role for role, names in meanings.items() for n in names.split("|")})


ROLES = {
    "ris": _turn({
        "kind": "ty", "title": "ti|t1|ct", "authors": "au|a1", "year": "py|y1|da",
        "venue": "t2|jf|jo|bt", "venue, short": "ja|j2|j1",
        "volume": "vl", "issue": "is", "first page": "sp", "last page": "ep",
        "publisher": "pb", "doi": "do", "link": "ur|l1|l2|l3|lk",
        "accession": "an", "database": "db|dp", "identifier": "c2", "language": "la",
    }),
    "nbib": _turn({
        "kind": "pt", "title": "ti|bti", "authors": "fau|cn", "authors, short": "au", "year": "dp",
        "venue": "jt", "venue, short": "ta", "volume": "vi", "issue": "ip", "pages": "pg",
        "identifier": "lid|aid", "pmid": "pmid", "pmcid": "pmc", "language": "la",
    }),
    "bibtex": _turn({
        "kind": "type", "title": "title", "authors": "author", "year": "year|date",
        "venue": "journal|journaltitle|booktitle|howpublished", "volume": "volume",
        "issue": "number|issue", "pages": "pages", "publisher": "publisher|school|institution",
        "doi": "doi", "pmid": "pmid", "pmcid": "pmcid", "link": "url",
        "language": "langid|language",
    }),
    "csv": _turn({
        "kind": "kind|type|document type|item type|publication type|reference type",
        "title": "title|article title|document title|primary title",
        "authors": "authors|author|author(s)|author names|authors (primary)",
        "year": "year|publication year|pub year|date|published|year published",
        "venue": "venue|publication title|booktitle",
        "journal": "journal|source title|journal/book|journal title|journal name|secondary title",
        "volume": "volume|vol", "issue": "issue|number|no",
        "first page": "page start|start page|first page|beginning page",
        "last page": "page end|end page|last page|ending page", "pages": "pages",
        "publisher": "publisher", "doi": "doi|digital object identifier|doi link",
        "pmid": "pmid|pubmed id|pubmed_id|pubmedid", "pmcid": "pmcid|pmc id|pmc",
        "link": "url|link|urls", "language": "language|language of original document",
    }),
}  # fmt: skip
"""Format → name of a field in small letters → its meaning."""

_ARTICLE, _REVIEW, _THESIS = "journal article", "review article", "thesis"
_PAPER, _REPORT, _MAGAZINE = "conference paper", "research report", "magazine article"
_PAGE, _BOOK = "web page", "book"

KINDS = {
    "ris": _turn({
        _ARTICLE: "jour|jfull|ejour|inpr", _THESIS: "thes", _PAPER: "conf|cpaper",
        _REPORT: "rprt|govdoc", _MAGAZINE: "mgzn|news", _PAGE: "elec|web|blog",
        _BOOK: "book|chap|echap|ebook|edbook",
    }),
    "nbib": _turn({
        _ARTICLE: "journal article", _REVIEW: "review|systematic review|scoping review",
        _THESIS: "academic dissertation", _REPORT: "technical report", _BOOK: "book|book chapter",
        _MAGAZINE: "newspaper article|news", _PAGE: "webcast",
    }),
    "bibtex": _turn({
        _ARTICLE: "article", _THESIS: "phdthesis|mastersthesis|thesis",
        _PAPER: "inproceedings|conference|proceedings", _REPORT: "techreport|report",
        _PAGE: "online|electronic|www", _BOOK: "book|inbook|incollection|booklet|collection|mvbook",
    }),
    "csv": _turn({
        _ARTICLE: "journal article|article|journalarticle|journal",
        _REVIEW: "review article|review",
        _THESIS: "thesis|dissertation|phd thesis",
        _PAPER: "conference paper|conferencepaper|proceedings paper",
        _REPORT: "research report|report", _MAGAZINE: "magazine article|magazinearticle",
        _PAGE: "web page|webpage|website", _BOOK: "book|booksection|book chapter|book section",
    }),
}  # fmt: skip
"""Format → what it calls a kind, in small letters → what the list of kinds calls it."""

LANGUAGES = _turn({
    "en": "english|eng", "de": "german|ger|deu|deutsch", "fr": "french|fre|fra|français",
    "es": "spanish|spa|español", "it": "italian|ita", "pt": "portuguese|por",
    "nl": "dutch|dut|nld", "sv": "swedish|swe", "no": "norwegian|nor", "da": "danish|dan",
    "fi": "finnish|fin", "pl": "polish|pol", "zh": "chinese|chi|zho", "ja": "japanese|jpn",
    "ko": "korean|kor", "ru": "russian|rus", "tr": "turkish|tur", "fa": "persian|per|fas",
    "ar": "arabic|ara", "he": "hebrew|heb",
})  # fmt: skip
"""What a language is called → its code in ISO 639-1."""
