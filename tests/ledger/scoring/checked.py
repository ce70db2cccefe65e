"""Values that other programs computed, where they lie beside the repository: a test of these is there if they are. The most telling stand in the tests themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[4] / "shared"
STATS = SHARED / "stats"


def values(name: str) -> Any:
    """The content of ``stats/name.json``."""
    return json.loads((STATS / f"{name}.json").read_text())
