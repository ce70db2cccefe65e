"""Sentences that are predictions and sentences that only sound like them. A new cue is a row here."""

from __future__ import annotations

from datetime import date

import pytest

from predictions.extraction import find
from predictions.transcripts import read

SAID_ON = date(2026, 11, 1)

PREDICTIONS = (
    "Inflation will be back at two percent by the end of next year.",
    "We expect revenue to grow by at least twelve percent in fiscal 2027.",
    "My guess is that the incumbent loses the runoff.",
    "There is a seventy percent chance of rain on Saturday.",
    "The bridge is set to open in the autumn of 2028.",
    "I'd bet that nobody walks on the moon before 2030.",
    "Half of all new cars sold in Norway are going to be used within a decade.",
    "Solar is on track to become the largest source of power in the country.",
    "Sea levels could rise by up to a metre by 2100.",
    "The central bank is likely to cut rates twice this year.",
    "In ten years' time nobody is going to carry a wallet.",
    "Analysts forecast a shortage of nurses by the early 2030s.",
    "We're about to see the biggest migration in the history of the web.",
    "The new line should be running by March.",
    "Sooner or later the bubble bursts.",
    "Germany won't make it past the group stage.",
    "The glaciers in this valley will be gone before my grandchildren are grown.",
    "We plan to ship the first units in the second quarter.",
    "Electric planes are still at least fifteen years away.",
    "The mayor promised that the tunnel would be finished by 2031.",
    "If the drought goes on, the harvest will fail.",
    "Within five years most translation is going to be done by machines.",
    "I'm sure we'll find life on Europa one day.",
    "She'll be prime minister by the end of the decade.",
    "The vaccine is expected to be approved next spring.",
    "Somebody will have cured this disease by 2040.",
    "Odds are they sell the company.",
    "There's no way this merger goes through.",
    "The population of the town is projected to double by 2050.",
    "By 2035 we will have phased out coal entirely.",
    "I predict a hung parliament.",
    "It may well turn out that the reactor never produces a watt.",
    "The euro is headed for parity with the dollar.",
    "We will land a probe on Titan in 2034.",
    "Oil is never going back above a hundred dollars.",
    "Eventually, every city in the region runs out of groundwater.",
    "I would not be surprised if the record falls this summer.",
    "Next year we'll open forty new shops.",
    "This technology is going to replace about a third of clerks.",
    "Over the next decade, wheat yields are going to decline.",
    "Chances are good that the comet will be visible to the naked eye.",
    "The team is unlikely to qualify.",
    "In the long run, wages catch up.",
    "Our best estimate is that the mine closes around 2029.",
    "A recession is inevitable.",
    "The war ends this winter.",
    "The trial is going to collapse, mark my words.",
    "You're going to see fusion on the grid by 2040, I have no doubt.",
    "By this time next year the strait will be open to shipping again.",
    "I give it a forty percent chance of passing the Senate.",
    "We should have the results within six weeks.",
    "Nobody's going to remember his name in twenty years.",
    "Our children will live to a hundred and ten.",
    "The company says it will hire two thousand people in Leeds by spring 2028.",
    "I reckon they settle out of court.",
    "Bees are going to disappear from these islands unless something changes.",
    "The next pandemic is coming, and it will be worse.",
    "The pound will hit one fifty against the dollar before Easter.",
    "Most of these startups won't exist in three years.",
    "Ten years from now we'll laugh about this.",
    "It's probably going to snow in the mountains tonight and tomorrow.",
    "The tower is due to be completed in 2029.",
    "There'll be a second referendum, mark my words.",
    "Teachers are not going to be replaced by tablets.",
    "In the next century the delta will be under water.",
    "My hunch is that quantum computers stay useless for another fifteen years.",
    "The strike may last until the end of February.",
    "The satellite is scheduled to launch on 12 March 2027.",
)

NO_PREDICTIONS = (
    "Will you come to the meeting on Thursday?",
    "We were going to leave, but the car broke down.",
    "When I was young I thought I would become a doctor.",
    "You should always back up your files before you begin.",
    "He said last year that prices would fall, and he was wrong.",
    "Water boils at a hundred degrees at sea level.",
    "What will the government do about it?",
    "The committee met in March and approved the budget.",
    "I wish it would stop raining.",
    "If I had known, I would have stayed at home.",
    "Let's talk about the weather in the second half of this episode.",
    "Thank you so much for joining us today.",
    "She had predicted the crash in 2006.",
    "Sign up today and you will receive a free mug.",
    "People will often tell you that it cannot be done.",
    "I'm going to ask you three questions.",
    "The will of the people is sacred.",
    "He was about to sign when the phone rang.",
    "I don't know what will happen next.",
    "How long will it take to rebuild the bridge?",
    "In 1990 the town had forty thousand inhabitants.",
    "The plan was to finish in two years, but it took seven.",
    "My brother used to say that trains would never be on time.",
    "You'll see the museum on your left.",
    "It would be nice to have a bigger kitchen.",
    "This chapter will explain how to prune an apple tree.",
    "They should lower the taxes, in my opinion.",
    "Nobody knows when the volcano will erupt.",
    "Cats sleep for up to sixteen hours a day.",
    "I have been working here for five years.",
    "Would you like some tea?",
    "Bake for forty minutes or until the crust is golden.",
    "A triangle with two equal sides is called isosceles.",
    "I hope you enjoyed that story as much as I did.",
    "The play was written by Will Carter, who died in 1611.",
    "Two years ago nobody had heard of them.",
    "Please make sure that your phone is switched off.",
    "Imagine that you could fly.",
    "The weather in April is changeable.",
    "I'd rather walk than drive.",
    "It took them three years to find the leak.",
    "Every morning he will sit on that bench and feed the pigeons.",
    "We need to think about what our children are taught.",
    "What is the definition of a recession?",
    "Last month the bank raised its rate by half a point.",
    "Your order will be shipped to the address below.",
    "I remember the day we launched as if it were yesterday.",
    "You have to understand that these people had no choice.",
    "The doctor told her to rest for two weeks.",
    "Where will you be staying?",
    "The treaty was signed in 1648 and ended thirty years of war.",
    "Do not open the valve until the pressure has dropped.",
    "He told me he'd be back by noon, and he wasn't.",
    "My favourite part of the book is the ending.",
    "Back then we believed the river would never flood.",
    "Stir until the sugar has dissolved.",
    "Could you repeat the question?",
    "This week on the show we talk to a beekeeper.",
    "Somebody should write a song about it.",
    "It would have been cheaper to buy a new one.",
    "The museum is closed on Mondays.",
    "If you multiply both sides by two, you get the answer.",
    "Her will left everything to the dog.",
    "She was going to study law, then changed her mind.",
    "Right now I am reading a novel about the sea.",
    "The lease runs for twelve months.",
    "I can't believe how warm it is.",
    "We asked twenty people what they had for breakfast.",
    "Use code SPRING at checkout for ten percent off.",
    "When the bell rings, the children go home.",
    "What would you do in her place?",
    "People in this village usually marry young.",
    "They have been arguing about the fence since 2011.",
)

CHINESE_PREDICTIONS = (
    "明年通膨會回到百分之二。",
    "我們預計今年營收增長一成以上。",
    "到2035年，所有新車都將是電動車。",
    "我認為他會在下一輪選舉中落敗。",
    "這座橋預計2028年秋天通車。",
    "未來十年，一半的翻譯工作會由機器完成。",
    "央行很可能在年底前降息兩次。",
    "海平面到本世紀末可能上升一公尺。",
    "遲早有人會打破這項紀錄。",
    "三年內我們會登陸火星。",
    "我敢打賭，這家公司兩年內就會破產。",
    "房價恐怕還會再跌一成。",
    "最終，人類將與機器融合。",
    "这种疫苗有望在明年春天获批。",
    "人工智能将取代三分之一的文员。",
    "我预测油价不会再超过一百美元。",
    "他们不太可能晋级。",
    "经济衰退不可避免。",
    "下个季度我们将开设四十家新店。",
    "再过五年，没有人会再用现金。",
    "如果幹旱持續，收成將會大減。",
    "總有一天我們會找到外星生命。",
    "到明年這個時候，海峽會重新開放。",
    "我給它四成的機會通過。",
    "這家工廠預計在2027年底完工。",
    "二十年後沒有人會記得他的名字。",
    "這項法案很難在年底前通過。",
    "下一次大流行一定會來。",
    "十年之内，燃油车将退出市场。",
    "公司计划明年在上海招聘两千人。",
    "罢工可能持续到二月底。",
    "卫星将于2027年3月12日发射。",
    "我猜冠軍這季之後就會退役。",
)

NO_CHINESE_PREDICTIONS = (
    "你明天會來嗎？",
    "我小時候以為自己會當醫生。",
    "他去年說房價會跌，結果錯了。",
    "你應該每天備份檔案。",
    "董事會昨天開會討論了預算。",
    "如果當時知道，我就不會去了。",
    "沒有人知道火山什麼時候會爆發。",
    "他把錢都投入了將要倒閉的公司，賠光了。",
    "社會上有很多不同的意見。",
    "謝謝大家收聽本集節目。",
    "政府會怎麼做？",
    "這座城市1990年有四萬人口。",
    "我们当时正要离开，车就坏了。",
    "请确认手机已经关机。",
    "他小时候常常会坐在那张长椅上。",
    "我希望你喜欢这个故事。",
    "这本书将介绍如何修剪苹果树。",
    "水在一百度时沸腾。",
    "我在這裡工作了五年。",
    "她两年前预测过这次崩盘。",
    "你會住在哪裡？",
    "條約在1648年簽訂。",
    "壓力下降之前不要打開閥門。",
    "博物館星期一休館。",
    "他说中午会回来，结果没有。",
    "这星期我们和一位养蜂人聊天。",
    "她本来打算读法律，后来改变了主意。",
    "社會福利制度很複雜。",
    "我正在读一本关于大海的小说。",
    "他們為了圍牆爭論了十年。",
    "如果两边同乘以二，就得到答案。",
)


@pytest.mark.parametrize("sentence", PREDICTIONS + CHINESE_PREDICTIONS)
def test_a_state_of_the_world_to_come_is_proposed(sentence: str) -> None:
    assert find(read(sentence.encode()), SAID_ON)


@pytest.mark.parametrize("sentence", NO_PREDICTIONS + NO_CHINESE_PREDICTIONS)
def test_questions_habits_advice_wishes_and_the_past_are_not(sentence: str) -> None:
    assert find(read(sentence.encode()), SAID_ON) == []


def test_what_names_a_date_and_is_sure_comes_before_what_is_neither() -> None:
    text = (
        "The lake is quite close to the road. We are going to walk there.\n\n"
        "I predict that the dam will definitely break by 2030."
    )
    found = find(read(text.encode()), SAID_ON)
    assert found[0].quote == "I predict that the dam will definitely break by 2030."
    assert [candidate.score for candidate in found] == sorted((c.score for c in found), reverse=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ferry will be electric by 2030.", ("what will be", "“by 2030”")),
        ("I predict a bad harvest.", ("announces a forecast",)),
        ("There is a 70% chance of a strike.", ("puts a number on the chance", "“70%”")),
        ("I had hoped otherwise, but the old mill will close next year.", ("tells the past",)),
    ],
)
def test_the_reason_tells_a_reader_why(text: str, words: tuple[str, ...]) -> None:
    (candidate,) = find(read(text.encode()), SAID_ON)
    assert all(part in candidate.reason for part in words)
