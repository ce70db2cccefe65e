"""What the documentation shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).parents[3] / "docs" / "finding.md"


def test_the_example_gives_what_its_comments_say() -> None:
    (block,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    shown = 0
    for line in block.splitlines():
        expression, _, said = (part.strip() for part in line.partition("  # "))
        if said:
            assert str(eval(expression, names)) == said  # noqa: S307
            shown += 1
        else:
            exec(line, names)  # noqa: S102
    assert shown == 3


def test_every_module_it_names_is_there() -> None:
    root = DOCUMENT.parents[1] / "predictions"
    named = set(re.findall(r"`((?:transcripts/)?[a-z]+\.py)`", DOCUMENT.read_text(encoding="utf-8")))
    assert named
    assert all((root / name).exists() or (root / "extraction" / name).exists() for name in named)
