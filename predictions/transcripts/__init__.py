"""From a file as it came to the words in it: who said them, when in the recording, in which language.

``read(data, name)`` gives a ``Transcript`` or raises ``Unreadable`` with what to do about it.
"""

from __future__ import annotations

from predictions.transcripts.decoding import LARGEST, Unreadable, too_large
from predictions.transcripts.reading import read
from predictions.transcripts.transcript import Certainty, Segment, Transcript

__all__ = ["LARGEST", "Certainty", "Segment", "Transcript", "Unreadable", "read", "too_large"]
