"""Forecasts whose words name no future: idioms with open places in them. A new idiom is a row here, and what only looks like it another."""

from __future__ import annotations

from datetime import date

import pytest

from predictions.extraction import find
from predictions.transcripts import read

SAID_ON = date(2026, 11, 1)

FORECASTS = (
    "The days of free parking in this town are numbered.",
    "The old stadium is dead in the water.",
    "The coach is on borrowed time.",
    "The writing is on the wall for paper tickets.",
    "Wages have nowhere to go but up.",
    "That bill isn't going anywhere.",
    "You can kiss the summer festival goodbye.",
    "The appeal has no chance.",
    "The party is over for the lenders.",
    "The odds of a second season are slim.",
    "The orchards haven't seen the worst yet.",
    "The next shoe to drop is housing.",
    "You're looking at queues round the block at Easter, or earlier.",
    "The ferry is late again, guaranteed.",
    "It's only a matter of time before somebody copies it.",
    "Expect the mayor to blink.",
    "Look for a second offer after the harvest.",
    "Don't be surprised if the older brother sells.",
    "I wouldn't hold my breath for an apology.",
    "I can't see the owners keeping this up.",
    "I smell a recount coming.",
    "I'd put it at one in four that they meet again.",
    "Something tells me the bakery moves.",
    "Ten to one they blame the weather.",
    "We're a decade away from eating meat without cows.",
    "Two years out, nobody owns a printer.",
    "Come spring, the geese take over the park.",
    "By the next election every shop in the lane is a bar.",
    "Bread doubles long before milk does.",
    "One of the two brothers goes under before this is over.",
    "The roof falls apart the minute the snow comes.",
    "From here on the hill gets steeper.",
    "At this rate the lake dries up.",
    "旅行社的好日子快到頭了。",
    "他的官位坐不久了。",
    "这座桥非塌不可。",
    "看不到任何降溫的跡象。",
    "未來誰有水，誰就有話語權。",
    "下一個關門的就是電影院。",
    "再給他們三年，國產的就追上來了。",
    "我們離登上火星還差一個世代。",
    "以後的日子只會更難過。",
    "這場仗少說還要打兩年。",
    "這家店最多再撐一季。",
    "我賭最後還是她贏。",
    "要不了多久，郵差就沒了。",
    "這一任委員會十之八九要換人。",
)

NO_FORECASTS = (
    "He put it at the back of the shelf.",
    "I put it at the front, where you can reach it.",
    "My brother is on his way up the stairs.",
    "You're looking at pictures of my dog.",
    "We left long before they did.",
    "On the day the shop opened the queue went round the block.",
    "By the time we got there they had sold out.",
    "The party was over when I came.",
    "我的手機快沒電了。",
    "我最多再喝一杯。",
    "孩子們玩得很快樂了。",
    "最後他們搬走了。",
)


@pytest.mark.parametrize("sentence", FORECASTS)
def test_an_idiom_of_what_is_to_come_is_proposed(sentence: str) -> None:
    assert find(read(sentence.encode()), SAID_ON)


@pytest.mark.parametrize("sentence", NO_FORECASTS)
def test_what_only_looks_like_one_is_not(sentence: str) -> None:
    assert find(read(sentence.encode()), SAID_ON) == []
