"""The tables of an export: their names, their columns, how a row is written."""

from __future__ import annotations

import json
from typing import Any

Row = dict[str, Any]

TABLES = {
    "speaker": "speakers",
    "source": "sources",
    "topic": "topics",
    "statement": "statements",
    "prediction": "predictions",
    "deadline": "deadlines",
    "forecast": "forecasts",
    "evidence": "evidence",
    "resolution": "resolutions",
    "ballot": "ballots",
    "correction": "corrections",
    "event": "events",
}
"""What a section of a leaf is called, and the table that its rows stand in."""

CARDS = ("speaker", "source", "topic")
"""Tables that may be corrected: the latest leaf of a row is the one that holds."""

COLUMNS = {
    "speaker": "id slug name kind organisation note",
    "source": "id slug title kind url archive_url published_on published_precision language note "
    "chosen_by_hand transcripts",
    "topic": "id slug name",
    "statement": "id speaker source quote place language attribution speaker_certainty said_on said_precision",
    "prediction": "id statement claim criteria polarity modality horizon_text undated_because condition "
    "knowable_from target_number target_unit says_again replaces topics inked_at inked_on",
    "deadline": "id prediction ordinal counted_from earliest nominal last_day latest kind approximate rule "
    "explanation reading reason made_at made_on",
    "forecast": "id prediction by low high words stated_on source same_question note",
    "evidence": "id prediction url kind bearing dated quotation archive_url sha256 note added_at",
    "resolution": "id prediction happened happened_on happened_precision looked_until which_part note round "
    "notice_hours made_at",
    "ballot": "id prediction round ordinal commitment",
    "correction": "id prediction says url filed_at",
    "event": "id kind prediction resolution ballot correction lead until happened_at recorded_at reason",
}
"""The columns of each table, in order."""


ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical(value: Any) -> bytes:
    """``value`` as the one sequence of bytes that is hashed and exported: JSON in UTF-8, keys sorted, no spaces."""
    return ENCODER.encode(value).encode()


def heading(section: str) -> bytes:
    """The first line of a table as CSV."""
    return COLUMNS[section].replace(" ", ",").encode()


def comma_separated(section: str, row: Row) -> bytes:
    """``row`` as a line of CSV (RFC 4180, lines ending in a newline alone); several numbers in one cell are set apart by spaces."""
    return ",".join(_cell(row.get(name)) for name in COLUMNS[section].split()).encode()


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case True:
            return "true"
        case list():
            return " ".join(map(str, value))
    text = str(value)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text
