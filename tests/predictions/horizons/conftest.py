from __future__ import annotations

from pathlib import Path

from hypothesis.configuration import set_hypothesis_home_dir

# what Hypothesis remembers between runs lies with the rest of what may be deleted
set_hypothesis_home_dir(Path(__file__).parents[3] / "var" / "hypothesis")
