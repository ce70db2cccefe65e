"""What became of it. Each row answers an earlier one; none is edited, but for the agenda's and the post office's."""

from __future__ import annotations

from ledger.models.agenda import Appointment, AppointmentQuerySet, Lead
from ledger.models.ballots import Ballot, BallotQuerySet
from ledger.models.channels import Channel
from ledger.models.corrections import Answer, Correction, Sender
from ledger.models.events import Event, EventQuerySet
from ledger.models.heartbeats import Heartbeat
from ledger.models.log import Checkpoint, Leaf, LeafQuerySet, Unsealed
from ledger.models.pictures import Drawn, Picture, Preview
from ledger.models.post import (
    SUBJECTS,
    Delivery,
    DeliveryQuerySet,
    Mail,
    MailQuerySet,
    Stop,
    Subscriber,
    Subscription,
    SubscriptionQuerySet,
)
from ledger.models.reviewers import Lease, Reviewer, Stake
from ledger.models.scores import Reckoned, Reckoning, Score
from ledger.models.snapshots import Snapshot
from ledger.models.tallies import Redrafted, Tally, TallyQuerySet
from ledger.models.verdicts import HAPPENED, OF_EVIDENCE, OF_JUDGEMENT, Evidence, Judgement, Resolution
from ledger.models.words import Words, WordsQuerySet

__all__ = [
    "HAPPENED",
    "OF_EVIDENCE",
    "OF_JUDGEMENT",
    "SUBJECTS",
    "Answer",
    "Appointment",
    "AppointmentQuerySet",
    "Ballot",
    "BallotQuerySet",
    "Channel",
    "Checkpoint",
    "Correction",
    "Delivery",
    "DeliveryQuerySet",
    "Drawn",
    "Event",
    "EventQuerySet",
    "Evidence",
    "Heartbeat",
    "Judgement",
    "Lead",
    "Leaf",
    "LeafQuerySet",
    "Lease",
    "Mail",
    "MailQuerySet",
    "Picture",
    "Preview",
    "Reckoned",
    "Reckoning",
    "Redrafted",
    "Resolution",
    "Reviewer",
    "Score",
    "Sender",
    "Snapshot",
    "Stake",
    "Stop",
    "Subscriber",
    "Subscription",
    "SubscriptionQuerySet",
    "Tally",
    "TallyQuerySet",
    "Unsealed",
    "Words",
    "WordsQuerySet",
]
