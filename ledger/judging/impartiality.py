"""Who is not asked where two judge: whoever logged the prediction, or gains or loses by its outcome.

Nor do they decide what could stop the verdict of two: a correction of the entry, or its withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User

from ledger.house_rules import HouseRules
from ledger.models import Delivery
from ledger.post.accounts import MAY
from predictions.models import Prediction


def conflicts(prediction: Prediction, reviewer: User) -> Iterable[str]:
    """Why it is for others to decide on ``prediction`` and not for ``reviewer``, each reason a sentence."""
    if prediction.inked_by_id == reviewer.pk:
        yield "You logged this prediction; two others judge it."
    if stake := reviewer.stakes.live().touching(prediction).first():
        yield f"You declared a stake in this ({stake}); others judge it."


def why_another_editor(prediction: Prediction, editor: User, rules: HouseRules) -> list[str]:
    """Why another editor than ``editor`` decides what could stop a verdict on ``prediction``, each reason a sentence.

    None where one reviewer judges; nor where every other editor is as partial: what nobody may answer stays unanswered.
    """
    reasons = list(conflicts(prediction, editor)) if rules.blind else []
    if not reasons:
        return []
    others = User.objects.with_perm(MAY[Delivery.Kind.TO_ANSWER]).exclude(pk=editor.pk)
    if not any(not any(conflicts(prediction, other)) for other in others):
        return []
    return ["Another editor decides this.", *reasons]
