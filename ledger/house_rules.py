"""How verdicts are reached: by how many, and how long announced. Each verdict carries the rules it was reached under."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from ledger.wording import counted, number, sentence


@dataclass(frozen=True, slots=True)
class HouseRules:
    """``reviewers`` is 1, or 2 who judge blind; ``notice_hours`` is how long a verdict is announced before it counts."""

    reviewers: int = 1
    notice_hours: int = 0

    @classmethod
    def here(cls) -> HouseRules:
        """Those of this installation, from its settings. For edges; below them they are an argument."""
        return cls(settings.REVIEWERS, settings.NOTICE_HOURS)

    @property
    def blind(self) -> bool:
        return self.reviewers > 1

    def __str__(self) -> str:
        """As a sentence without its full stop."""
        who = (
            _("%(n)s reviewers who must agree") % {"n": sentence(number(self.reviewers))}
            if self.blind
            else _("One reviewer")
        )
        if not self.notice_hours:
            return _("%(who)s, no notice period before a verdict counts") % {"who": who}
        return _("%(who)s, %(hours)s of notice before a verdict counts") % {
            "who": who,
            "hours": counted(self.notice_hours, "hour"),
        }
