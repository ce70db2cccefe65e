"""``verify.py`` finds whatever was changed, dropped, moved or put in, and names the entry."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.log.exported import (
    Rows,
    a_quote,
    about,
    as_it_is,
    faults,
    leaf_of,
    log,
    table,
    with_a_ballot,
    without_tail,
    write_log,
    write_table,
)

pytestmark = pytest.mark.django_db


def test_an_export_as_it_was_written_holds(record: Path) -> None:
    assert as_it_is(record) == ""


# -- one thing changed, in the table alone, in the log too, and signed anew ----------------------------------


def a_verdict(rows: Rows) -> str:
    rows[4]["happened"] = "cannot_tell"
    return "verdict"


def a_date(rows: Rows) -> str:
    rows[6]["last_day"] = rows[6]["latest"] = "2026-12-31"
    return "deadline"


CHANGES = [
    pytest.param("statement", a_quote, 7, r"prediction {prediction}: the quote is not the one", id="quote"),
    pytest.param(
        "resolution", a_verdict, 4, r"verdict \d+ \(prediction {prediction}\): the verdict", id="verdict"
    ),
    pytest.param("deadline", a_date, 6, r"prediction {prediction}: the deadline is not the one", id="date"),
]


@pytest.mark.parametrize(("section", "change", "number", "says"), CHANGES)
def test_a_rewritten_row_is_named_with_its_leaf(
    copy: Path, section: str, change: Callable[[Rows], str], number: int, says: str
) -> None:
    leaf, prediction = about(copy, section, number)
    rows = table(copy, section)
    change(rows)
    write_table(copy, section, rows)
    found = faults(copy)
    assert re.search(rf"{says.format(prediction=prediction)}.*sealed as leaf {leaf}", found)
    assert len(found.splitlines()) <= 2


@pytest.mark.parametrize(("section", "change", "number", "says"), CHANGES)
def test_rewritten_in_the_log_too_it_is_named_by_its_leaf(
    copy: Path, section: str, change: Callable[[Rows], str], number: int, says: str
) -> None:
    at, prediction = about(copy, section, number)
    rows, leaves = table(copy, section), log(copy)
    change(rows)
    leaves[at][section] = rows[number]
    write_table(copy, section, rows)
    write_log(copy, leaves, hashes=False)
    assert re.search(
        rf"leaf {at} \(.*prediction {prediction}\)? ?.*not the entry that was sealed", faults(copy)
    )


@pytest.mark.parametrize(("section", "change", "number", "says"), CHANGES)
def test_rewritten_with_its_hash_it_is_found_between_two_checkpoints(
    copy: Path, section: str, change: Callable[[Rows], str], number: int, says: str
) -> None:
    at, _ = about(copy, section, number)
    rows, leaves = table(copy, section), log(copy)
    change(rows)
    leaves[at][section] = rows[number]
    write_table(copy, section, rows)
    write_log(copy, leaves)
    assert re.search(rf"does not sign for the first \d+ entries of this log: .*leaf {at} \(", faults(copy))


# -- entries dropped, moved, put in ---------------------------------------------------------------------------


def test_an_event_dropped_from_the_table_is_missed(copy: Path) -> None:
    rows = table(copy, "event")
    gone = rows.pop(6)
    write_table(copy, "event", rows)
    assert f"event {gone['id']} (fell_due, prediction {gone['prediction']}): sealed as leaf" in faults(copy)


def test_an_event_dropped_from_table_and_log_is_missed(copy: Path) -> None:
    at, leaves, rows = leaf_of(copy, "event", 6), log(copy), table(copy, "event")
    gone = leaves.pop(at)["event"]
    write_table(copy, "event", [row for row in rows if row["id"] != gone["id"]])
    write_log(copy, leaves, hashes=False)
    assert f"sealed as leaf {at} was dropped" in faults(copy)
    write_log(copy, leaves)
    found = faults(copy)
    assert re.search(rf"does not sign for the first \d+ entries of this log: .*leaf {at} ", found)
    assert f"signs for {len(leaves) + 1} entries" in found or "does not sign" in found


def test_two_events_that_changed_places_are_named(copy: Path) -> None:
    first, second, leaves = leaf_of(copy, "event", 5), leaf_of(copy, "event", 6), log(copy)
    name = f"event {leaves[second]['event']['id']} "
    leaves[first], leaves[second] = leaves[second], leaves[first]
    write_log(copy, leaves, hashes=False)
    assert re.search(rf"leaf {first}: here stands {name}.*sealed as leaf {second}: the order", faults(copy))
    write_log(copy, leaves)
    assert re.search(rf"does not sign .*leaf {first} \({name}", faults(copy))


def test_rows_of_a_table_in_another_order_are_named(copy: Path) -> None:
    rows = table(copy, "event")
    rows[0], rows[1] = rows[1], rows[0]
    write_table(copy, "event", rows)
    assert f"event {rows[1]['id']} is there twice or out of order" in faults(copy)


def test_an_entry_put_in_is_named(copy: Path) -> None:
    rows, leaves = table(copy, "event"), log(copy)
    new = {**rows[-1], "id": rows[-1]["id"] + 1}
    write_table(copy, "event", [*rows, new])
    assert f"event {new['id']} (withdrawn, prediction {new['prediction']}): it is in the table" in faults(
        copy
    )
    write_log(copy, [*leaves, {"kind": "event", "event": new, "v": 1}], hashes=False)
    assert f"leaf {len(leaves)} (event {new['id']}" in faults(copy)
    write_log(copy, [*leaves, {"kind": "event", "event": new, "v": 1}])
    assert "its checkpoint signs for" in faults(copy)


def test_a_tail_cut_off_is_missed(copy: Path) -> None:
    size = len(log(copy))
    without_tail(copy, 2)
    assert (
        f"checkpoint signs for {size} entries and the log has {size - 2}: 2 entries at its end, "
        f"from leaf {size - 2} on, were taken out" in faults(copy)
    )


@pytest.mark.parametrize(
    ("opened", "sealed", "says"),
    [
        ({"salt": "ab" * 32, "content": {"happened": "yes"}}, True, ""),
        ({"salt": "ab" * 32, "content": {"happened": "no"}}, True, "is not what its hash was sealed of"),
        ({"salt": "cd" * 32, "content": {"happened": "yes"}}, True, "is not what its hash was sealed of"),
        ({"salt": "no salt", "content": {"happened": "yes"}}, True, "is not what its hash was sealed of"),
        ({"salt": "ab" * 32, "content": {"happened": "yes"}}, False, "no earlier leaf had sealed it"),
    ],
)
def test_an_opened_verdict_is_the_one_that_was_sealed(
    copy: Path, opened: dict[str, Any], *, sealed: bool, says: str
) -> None:
    with_a_ballot(copy, opened, sealed=sealed)
    found = faults(copy)
    assert says in found if says else found == ""
    assert not found or found.startswith("ballot 1 (prediction 1): ")
