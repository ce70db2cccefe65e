"""Values that other programs computed, where they lie beside the repository; the most telling stand in the tests themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[4] / "shared"


def values(name: str) -> Any:
    """The content of ``stats/name.json``; empty where it is not there."""
    path = SHARED / "stats" / f"{name}.json"
    return json.loads(path.read_text()) if path.exists() else {}
