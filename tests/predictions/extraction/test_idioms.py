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
    "The ferry is widely expected to lose its licence.",
    "The old mill is ripe for a fire.",
    "You're going to see weeds on every roof.",
    "The cable car is at least three years off.",
    "For the bakery it is a matter of months.",
    "A second flood is not a question of if but of when.",
    "Shoppers are bracing for a poor harvest.",
    "I'd happily wager that the pier is sold.",
    "We see the queue growing again after the holidays.",
    "The price of eggs has further to fall.",
    "The roof has two winters left in it.",
    "The street is loud, and it can't go on like this.",
    "This time the bridge holds.",
    "The repair is another five years' work.",
    "Rents creep up by a tenth.",
    "The lake dries out faster than anybody cares to admit.",
    "Nobody in this village will.",
    "The brewers have a hard decade ahead of them.",
    "That orchard doesn't come back.",
    "My reading is that they sell.",
    "What I don't see is a new school.",
    "A new treaty is in sight.",
    "這波寒流擋不住。",
    "稻田我們守得住。",
    "這家店撐不到夏天。",
    "要兩年才修得好這條路。",
    "門票上看五千。",
    "梨子還有得跌。",
    "房租只會漲。",
    "等溪水乾了，魚就沒了。",
    "這條街八成要拆。",
    "我敢保證他不來。",
    "郵局關門已成定局。",
    "信用卡終究走入歷史。",
    "明年就不用排隊了。",
    "他不會再回來了。",
    "Support collapses this time.",
    "The day comes when nobody owns a car.",
    "When it does open, the other ferries vanish.",
    "Once the valley has a tunnel, the buses disappear.",
    "How far rates come down is open, but they will be lower by spring.",
    "I don't think they will.",
    "選舉也快了。",
    "我保證他不來。",
    "漲價擋不住。",
    "油價還有上漲空間。",
    "降息還有空間。",
    "這場官司還有得打。",
    "銀行明年倒閉也不意外。",
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
    "We'll see what the vote brings.",
    "How far it goes depends on the wind.",
    "You will see the museum on the left.",
    "I took two weeks off.",
    "There was nobody left in the hall.",
    "The train is due to bad weather late.",
    "Power can drop by half in a second.",
    "The cat can't hold its food.",
    "Each year they say the river will rise.",
    "如果當初沒有下雨，我們大概也不會來。",
    "大家都說票價一定會大漲，結果跌掉九成。",
    "他在樓上看書。",
    "車開得太快了。",
    "時間過得真快了。",
    "他跑得快了。",
    "我保證我沒有拿。",
    "我保證我沒拿。",
    "他也不意外。",
    "我一點也不意外。",
    "門擋不住風。",
    "房間還有空間。",
    "他還有得吃。",
    "我受不了。",
)


@pytest.mark.parametrize("sentence", FORECASTS)
def test_an_idiom_of_what_is_to_come_is_proposed(sentence: str) -> None:
    assert find(read(sentence.encode()), SAID_ON)


@pytest.mark.parametrize("sentence", NO_FORECASTS)
def test_what_only_looks_like_one_is_not(sentence: str) -> None:
    assert find(read(sentence.encode()), SAID_ON) == []


def quotes(text: str) -> list[str]:
    return [candidate.quote for candidate in find(read(text.encode()), SAID_ON)]


def test_the_plain_present_near_a_forecast_goes_on_with_it() -> None:
    assert quotes("The club empties.") == []
    forecast = "The stadium will be sold by 2030."
    assert set(quotes(f"{forecast} They are sad. The club empties.")) == {forecast, "The club empties."}
    assert quotes(f"{forecast} It is seen from ships.") == [forecast]


STORY = "他去年搬走了。我問過他。{}後來我們吃過飯。他已經老了。"


def test_what_stands_beside_a_forecast_or_names_its_date_belongs_to_no_story() -> None:
    assert quotes(STORY.format("他會回來。")) == []
    assert quotes(STORY.format("明年橋會通車。船會消失。")) == ["明年橋會通車。", "船會消失。"]
    assert quotes(STORY.format("明年橋通車。")) == ["明年橋通車。"]
    assert quotes(STORY.format("他在12月22日來。")) == []
