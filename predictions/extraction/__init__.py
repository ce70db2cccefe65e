"""From a transcript to candidates: passages that may be predictions, the best first, each with its reason.

``find(transcript, said_on)`` reads; a person decides. The words that count are tables in ``english``
and ``chinese``, what they count is in ``signs``; nothing is learnt at run time and nothing is fetched.
"""

from __future__ import annotations

from predictions.extraction.candidate import Attribution, Candidate
from predictions.extraction.finding import find

__all__ = ["Attribution", "Candidate", "find"]
