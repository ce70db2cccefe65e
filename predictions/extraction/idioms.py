"""Signs that are phrases with open places in them: "should … come down", "said that … would", 還得跌.

An idiom is a line of ``IDIOMS``: the sign, words of which one must be there (so that most sentences
need not be searched), and the pattern, written as ``lexicon.fold`` writes a text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from predictions.extraction.signs import Sign

MOVES = (
    "tick|come|go|get|rise|fall|grow|shrink|peak|reach|hit|start|begin|end|see|improve|ease|land|open|close|double|halve|continue|remain|stay|recover|"
    "normali[sz]e|exceed|expand|contract|decline|increase|decrease|stabili[sz]e|slow|accelerate|arrive|ship|launch|last|take|drop|climb|return|pick|"
    "level|turn|finish|pass|do better|do worse|do well|outperform|underperform|beat|gain|benefit|follow"
)
STATES = "up|down|done|ready|over|able|back|out|higher|lower|available|complete|completed|finished|running|live|flat"
PEOPLE = "".join(
    rf"(?<!\b{one} )" for one in ["you", "we", "i", "one", "they", "everyone", "everybody", "people"]
)
ANOTHER = "".join(rf"(?<!\b{one} )" for one in ["you", "we", "i", "they", "people"])
SAID = "said|says|warned|warns|announced|predicted|promised|estimated|confirmed|pledged|vowed|insisted|told \\w+|forecast"
NUMBER = r"(?:an?|\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|a hundred|a few|a couple of)"
GIVES_TIME = (
    r"\b(?:(?:i|i'd|we|most|many|some|few|experts|analysts|would|\w+s) gives? (?:it|them|him|her|this|that|the [\w ]{2,30}?|\w+)|give (?:it|them|him|her)) "
    rf"(?:about |maybe |another |at most |less than )?{NUMBER}(?: more| or \w+)? "
    r"(?:years?|months?|weeks?|days?|decades?|winters?|summers?|seasons?)\b"
)


# what goes up or down or ends, and what shows that it is a trend or yet to come
MOVING = "(?:[漲跌升降增減縮擴貶賠虧裁崩垮倒]|成長|衰退|修正|回檔|反彈|改善|進步|發揮|發展|取代|淘汰)"
COMING = f"(?:{MOVING}|這[波股]|[潮浪會將]|趨勢|大勢|未來|以後|今後|往後|明年|後年|年[底內前後]|[0-9]{{4}})"

NOT_ME = "^(?!\\W*我(?![們國看想覺猜認賭敢相說]))"  # 我的手機快沒電了

WOULD_HAVE = (
    r"\b(?:would|could|might|should)(?:n't)?(?:'ve| have) (?:(?:never|not|also|already|even|probably|just) )?"
    r"(?:been|had|done|gone|made|taken|seen|known|won|lost|got|gotten|come|become|\w+ed|\w+en)\b"
)


class Idiom(NamedTuple):
    sign: Sign
    needs: frozenset[str]
    pattern: re.Pattern[str]


IDIOMS = tuple(
    Idiom(sign, frozenset(needs.split()), re.compile(pattern))
    for sign, needs, pattern in (
        (  # how useful will it be: a question in the middle of a sentence
            Sign.UNKNOWN,
            "how what where when who which",
            r"\b(?:how|what|where|when|who|which)(?: \w+){0,2} (?:will|won't|are|is) (?:it|they|we|he|she|you|humanity|people)\b",
        ),
        (  # what would have been
            Sign.UNREAL,
            "would could might should",
            WOULD_HAVE,
        ),
        (  # the ministry said that it would close
            Sign.PROMISED,
            "would wouldn going",
            rf"{ANOTHER}\b(?:{SAID}) [^.?!;]{{0,120}}?\b(?:would(?:n't)?|was going to|were going to)\b(?! have| like| love| rather)",
        ),
        (  # margins should improve: no advice
            Sign.BOUND,
            "should",
            rf"{PEOPLE}\bshould (?:\w+ly |also |then |still |soon |all )?(?:(?:{MOVES})\b|be (?:{STATES})\b)",
        ),
        (  # he's never selling
            Sign.BOUND,
            "never not",
            r"(?:\b(?:is|are|am)|'(?:s|re|m)) (?:never|not ever) (?:ever )?\w{2,}ing\b",
        ),
        (  # 價格還得跌; 就得 only follows from what stands before it
            Sign.BOUND,
            "得 要",
            "(?:(?<!就)得|(?<!將)要)(?:繼續|接著|再|大|先)?(?:跌|漲|降|升|倒閉|關門|破產|完蛋|消失|減少|貶值|萎縮|合併|修正|回檔|腰斬|虧|賠|裁|崩|垮|變天|過時|失業|下崗|洗牌)(?!的)",
        ),
        (  # 將來最缺的是木匠
            Sign.FORESEE,
            "來 後",
            "(?:將來|未來|今後|以後|接下來)[^，。]{0,8}最[^，。]{1,8}，?(?:是|不在)|是(?:將來|未來)的",
        ),
        (  # most give it ten years
            Sign.FORESEE,
            "give gives",
            GIVES_TIME,
        ),
        (  # the days of the search box are numbered
            Sign.BOUND,
            "numbered",
            r"\bdays\b[^.?!;]{0,60}\bare numbered\b",
        ),
        (  # it is toast, on borrowed time, on its way out
            Sign.BOUND,
            "toast goner water borrowed legs way cooked",
            (
                r"(?:\b(?:is|are|am)|'(?:s|re|m)) (?:already |pretty much |basically )?(?:toast|cooked|a goner|dead in the water|"
                r"(?:living )?on borrowed time|on (?:its|his|her|their) last legs|on (?:its|their|the) way (?:out|up|down))\b"
            ),
        ),
        (
            Sign.BOUND,
            "writing nowhere anywhere goodbye light roost chance hope shot over",
            (
                r"\b(?:has|have|stands?) (?:no|little|zero|not a|next to no) (?:chance|hope|shot)\b|"
                r"\b(?:honeymoon|party|game|boom|era|age|free ride|gold rush) (?:is|are) over\b|"
                r"\bwriting(?:'s| is) on the wall\b|\bnowhere (?:left )?to go but\b|n(?:o|')t going anywhere\b|"
                r"\b(?:kiss [\w' ]{2,40}|(?:say|wave|kiss)) goodbye\b|\bnever sees? the light of day\b|\bcomes? home to roost\b"
            ),
        ),
        (  # the odds of a soft landing are slim
            Sign.BOUND,
            "odds chance chances prospect prospects hope hopes",
            (
                r"\b(?:odds|chances?|prospects?|hopes?) (?:of|that|for) [^.?!;]{1,60}?\b(?:is|are|look|looks) "
                r"(?:\w+ )?(?:slim|nil|zero|remote|long|tiny|minimal|negligible|fading|growing|rising|shrinking|vanishing)\b"
            ),
        ),
        (  # we haven't seen the bottom yet
            Sign.BOUND,
            "seen hit reached heard",
            r"\b(?:haven't|have not|hasn't|has not|not|yet to) (?:even |yet )?(?:seen|hit|reached|heard)(?: the| its| their)? (?:bottom|worst|peak|last|top|end)\b",
        ),
        (  # the next domino to fall
            Sign.BOUND,
            "next",
            (
                r"\bnext (?:[\w-]+ ){1,3}to (?:drop|fall|go|fail|break|crack|fold|collapse)\b|"
                r"\bthe next (?:\w+ )?(?:move|step|leg|wave|phase|chapter|frontier|crisis|crash|war|shock|thing|boom|revolution|battle|bottleneck|fight|decade|president|champion)"
                r"(?: \w+)?(?:'s| is| are| comes?| belongs?)\b"
            ),
        ),
        (  # you're looking at mass layoffs
            Sign.BOUND,
            "looking",
            r"\b(?:you|we|they)(?:'re| are) looking at (?!(?:it|this|that|these|those|the|him|her|them|me|us|you|your|my|our|his|their|an?)\b)\w+",
        ),
        (  # it slips again, guaranteed
            Sign.BOUND,
            "guaranteed question it watch",
            r"[,—-] ?(?:guaranteed|no question|bank on it|count on it|bet on it|(?:just )?(?:you )?watch|like it or not)[.!]?[\s\"”’]*$",
        ),
        (  # expect the price to double; don't be surprised if it does
            Sign.FORESEE,
            "expect brace look watch surprised shocked breath",
            (
                r"^[^\w]*(?:(?:so|and|but|then)[, ]+)*(?:expect|brace (?:yourself |yourselves )?for)\b|"
                r"^[^\w]*(?:so |and |but )?(?:look|watch) for [^.?!;]{3,60} (?:after|before|by|this|next|over|within|soon)\b|"
                r"\bdon't be (?:\w+ )?(?:surprised|shocked) (?:if|when|to)\b|\b(?:don't|wouldn't) hold (?:my|your) breath\b"
            ),
        ),
        (  # I can't see them lasting
            Sign.FORESEE,
            "see imagine picture",
            r"\b(?:can't|cannot|don't|do not) (?:really )?(?:see|imagine|picture) (?:\w+|(?:the|a|an|any|this|that) [\w ]{2,30}?) (?:\w{2,}ing|ever)\b",
        ),
        (  # I see a bailout coming
            Sign.FORESEE,
            "coming calling",
            r"\bi (?:can )?(?:see|smell|feel|sense) (?:an? |another |more |the )?[\w' -]{2,30}? coming\b|\bcalling it (?:now|here|right|early)\b",
        ),
        (  # I'd put it at two in three; ten to one they settle
            Sign.FORESEE,
            "put one",
            (
                r"\bi(?:'d| would) put (?:it|that|this|them|the [\w ]{2,30}?) at (?!the\b)|\bput (?:the|my) (?:odds|chances?|probability|likelihood) (?:of [\w ]{2,40} )?at\b|"
                r"^[^\w]*(?:it's )?(?:two|three|four|five|ten|twenty|a hundred|\d+) to one (?:that|says|they|it|he|she|we|the)\b"
            ),
        ),
        (  # a year away; five years out
            Sign.SOMEDAY,
            "away out off hence here next come",
            (
                r"\bby (?:the )?next (?!to\b)\w+|\bcome (?:spring|summer|autumn|fall|winter|january|december|(?:the )?next \w+|\d{4})\b|"
                rf"\b{NUMBER}(?: or \w+)? (?:more )?(?:years?|months?|weeks?|decades?|generations?) (?:away|out|hence|from here)\b(?! of\b)|"
                rf"(?:\b(?:is|are|be|still|least|about|maybe|perhaps|probably|another)|'(?:s|re)) {NUMBER}(?: or \w+)? (?:more )?(?:years?|months?|decades?|generations?) off\b"
            ),
        ),
        (  # long before they do; before this is over
            Sign.SOMEDAY,
            "before",
            (
                r"\blong before [a-z]+\b|"
                r"\bbefore (?:it|all this|this|that|the \w+)(?:'s| is) (?:all )?(?:over|out|done|through)\b"
            ),
        ),
        (  # it falls apart the minute rates go up
            Sign.CONSEQUENCE,
            "minute moment second day",
            r"\bthe (?:minute|moment|second|day) (?:the|these|those|that|they|it|he|she|\w+s)\b",
        ),
        (  # 好日子快到頭了: no 快樂了
            Sign.NEAR,
            "快",
            rf"{NOT_ME}.*?(?<![趕儘盡飛愉涼爽痛勤更最很太加越不較挺夠真多])快(?![樂速點感活閃捷門照遞車慢餐感步])[^，。！？,.]{{1,6}}了(?:[，。！,.!]|$)",
        ),
        (  # 位子坐不久了, 撐不了多久
            Sign.BOUND,
            "不",
            "[\u4e00-\u9fff]不(?:久了|長久|長了(?![^，。！])|了多久|了幾[年天個季])|非[^，。！？]{1,5}不可|看不到[^，。！？]{0,8}(?:可能|希望|跡象|機會)",
        ),
        (  # 下一個倒下的就是它
            Sign.FORESEE,
            "下 再",
            "再給[^，。！？]{1,8}[一二兩三四五六七八九十半幾0-9]+(?:年|個月|季)|下一(?:個|波|輪|家|批|位|塊|步)[^，。！？]{0,10}(?:是|輪到|就要|就會)",
        ),
        (  # 離商用還差十年
            Sign.SOMEDAY,
            "離",
            "離[^，。！？]{1,14}(?:還(?:差|有|要|得|需)|只差|不遠|至少|起碼)",
        ),
        (  # 誰掌握電力，誰就掌握話語權
            Sign.CONSEQUENCE,
            "誰",
            "誰[^。！？]{1,14}，?誰就",
        ),
        (  # 只會更難, 少說還要打三年, 頂多再撐兩季
            Sign.BOUND,
            "只 少 起 多",
            (
                "只會(?:更|越|再|繼續|漲|跌|升|降|多|少(?!數)|增|減|變|惡化|擴大|縮小)|(?:少說|起碼|至少)(?:還|也)(?:要|得|有)|"
                rf"{NOT_ME}.*?[最頂至]多(?:只能|還能|再)"
            ),
        ),
        (  # we'll see: but not "we will see mass lay-offs"
            Sign.UNKNOWN,
            "see",
            r"\bwe(?:'ll| will| shall)(?: just| have to| only)? see(?: (?:what|how|if|whether|when|where|who|about|then)\b|[\s\"”’]*(?:[.,!?;—-]|$))",
        ),
        (  # you're going to see a wave of mergers, 你會看到: an expectation and no habit
            Sign.WILL,
            "see seeing hear witness have 看",
            (
                r"\byou(?:'ll| will| won't| will not|(?:'re| are) (?:not )?(?:going to|gonna)) (?:\w+ly |still |also |never |start |be )?(?:see|seeing|hear|witness|have (?=(?:no|nobody|fewer|more|less|somebody|\d+|two|three|four|five|six|ten|twenty) )) ?"
                r"(?!(?:the|it|this|that|these|those|your|my|our|his|me|him|us|them|what|how|why|on|in|if|from|about)\b)|"
                "你們?(?:就|將|也|還)?(?:會|將)(?:開始)?看到"
            ),
        ),
        (  # it is widely expected to, looks ripe for
            Sign.BOUND,
            "set due slated scheduled tipped poised primed bound destined fated expected projected forecast predicted likely unlikely sure certain guaranteed pencilled penciled lined line ripe headed heading track course pace",
            (
                r"(?:\b(?:is|are|am|be|remains?|stays?|looks?|seems?|appears?)|'(?:s|re|m)) (?:not |now |still |also |all |already |back |almost |well |\w+ly |very |most |more )*"
                r"(?:(?:set|slated|scheduled|tipped|poised|primed|ripe|in line|lined up|pencill?ed in|on (?:track|course|pace)) (?:to|for)|"
                r"(?:bound|destined|fated|expected|projected|forecast|predicted|likely|unlikely|sure|certain|guaranteed) to|"
                r"due (?:for|out|in|by|next|this|later|on)|(?:headed|heading) (?:\w+ )?(?:to|for|towards?|into|up|down|south|north|higher|lower))\b"
            ),
        ),
        (  # a matter of quarters; a question of when; not if but when
            Sign.BOUND,
            "matter question when",
            (
                r"\ba (?:matter|question) of (?:years|quarters|months|weeks|days|time|when|decades|how (?:soon|fast|long))\b|"
                r"\bnot (?:a (?:question|matter) of )?(?:if|whether)\b[^.?!;]{0,30}\bwhen\b|\bwhen,? (?:and )?not if\b"
            ),
        ),
        (  # I'd happily wager; we are still expecting
            Sign.FORESEE,
            "predict bet expect wager guess forecast anticipate foresee reckon guarantee venture expecting anticipating predicting forecasting projecting bracing banking betting",
            (
                r"\b(?:i|we|they)(?:'d| would| will|'ll| do| can)? (?:\w+ly |still |also |now |all |be (?:willing|happy|prepared|ready) to )+(?:predict|bet|expect|wager|guess|forecast|anticipate|foresee|reckon|guarantee|venture)\b|"
                r"\bif i had to (?:guess|bet|predict|wager)\b|"
                r"(?:\b(?:are|am)|'(?:re|m)) (?:\w+ly |still |also |now |all )*(?:expecting|anticipating|predicting|forecasting|projecting|bracing for|banking on|betting (?:on|that))\b"
            ),
        ),
        (  # we see rates settling, back at target
            Sign.FORESEE,
            "see",
            (
                r"\b(?:i|we) (?:can |do |still |now |also )?see (?:it|this|that|them|(?:the |a |an |our |their )?[\w-]+(?: [\w-]+){0,3}?) "
                r"(?:falling|rising|going|growing|slowing|easing|peaking|hitting|reaching|returning|recovering|settling|staying|remaining|becoming|moving|doubling|ending|closing|opening|replacing|taking|back (?:at|to|in|below|above|under|over)) "
            ),
        ),
        (  # it cannot last
            Sign.BOUND,
            "last go continue hold survive stopped unsustainable nothing anything",
            (
                r"\b(?:can't|cannot|can not|couldn't|doesn't|don't) (?:possibly |really )?(?:last\b(?! (?:year|time|week|month))|go on (?:like|for|forever)|continue (?:like|forever)|hold (?:for|much|forever)|survive|be stopped)|"
                r"\bunsustainable\b|\b(?:ain't|haven't|have not) seen (?:nothing|anything) yet\b"
            ),
        ),
        (  # it has further to fall, two winters left
            Sign.BOUND,
            "further farther room way left more",
            (
                r"\b(?:has|have|'ve|there(?:'s| is)) (?:\w+ )?(?:further|farther|(?:\w+ )?room|a (?:long )?way(?:s)?)(?: left)? to (?:go|run|fall|rise|grow|climb|drop|come)\b|"
                rf"\b(?:has|have|'ve)(?: got)? (?:about |maybe |perhaps |at most |only |just |another |less than )*{NUMBER}(?: or \w+)? (?:more |good )*"
                r"(?:years?|months?|weeks?|decades?|winters?|summers?|seasons?) (?:left|to go|in (?:it|him|her|them|front))\b"
            ),
        ),
        (  # this time it sticks; that is another five years' work
            Sign.BOUND,
            "time another further good",
            (
                r"^\W*(?:but |and |only )?this time(?: around)?,? (?:it|they|he|she|we|the \w+)(?:(?:'s| is| are|'re) (?!\w+ed\b)| \w+s\b(?<! was))|"
                rf"\b(?:is|are|'s|takes?|needs?|wants?) (?:easily |still |at least |probably )*(?:another|a further|a good) {NUMBER}(?: or \w+)? (?:more )?(?:years?|months?|decades?|quarters?)\b"
            ),
        ),
        (  # life expectancy creeps up by a year: by how much, and not that it does
            Sign.BOUND,
            "by to at below above under past beyond",
            (
                r"(?<!\bto )(?<!\byou )(?<!\bi )(?<!\bcan )(?<!\bcould )(?<!\bmay )\b(?:drops?|falls?|rises?|climbs?|grows|shrinks?|comes|creeps?|slips?|sinks?|goes|gets|jumps?|settles?|peaks?|bottoms?|drifts?|slides?)"
                r"(?: back| up| down| out| in)? (?:by|to|at|below|above|under|past|beyond) (?:about |around |roughly |nearly |almost |some |only |at least |maybe |just |\$|€|£)*"
                rf"(?:{NUMBER}|\d[\d.,]*%?|half|a half|a third|a quarter|zero|parity|nothing)(?!\w)(?! (?:o'clock|am|pm|times a))"
            ),
        ),
        (  # sooner than anybody thinks
            Sign.FORESEE,
            "than",
            r"\b(?:sooner|faster|earlier|later|quicker|bigger|worse|harder|slower|quickly) than (?:\w+ ){1,5}?(?:thinks?|expects?|expected|reali[sz]es?|believes?|imagines?|admits?|assumes?|hopes?|fears?|likes?|wants?)\b",
        ),
        (  # nobody in this room will
            Sign.BOUND,
            "will won",
            r"^\W*(?:but |and |so |well |no,? )?(?:nobody|no one|none|most|some|all|half|everybody|everyone|somebody|the \w+)(?: [\w' ]{1,40})? (?:will|won't)[.!]*[\s\"”’]*$",
        ),
        (  # it doesn't come back
            Sign.BOUND,
            "doesn don not",
            r"(?<!\byou )(?<!\bi )\b(?:(?:does|do)n't|(?:does|do) not|never) (?:come back|comes back|recover|recovers|survive|survives|make it|makes it|get past|gets past|see another|live to|go away|goes away|see (?:its|his|her|their) (?:\w+ )?(?:birthday|anniversary|year|season))\b",
        ),
        (  # once every village has one, nobody sneers at it
            Sign.CONSEQUENCE,
            "once",
            r"^\W*(?:and |but |so )?once (?!upon\b|again\b|more\b|in\b|a\b|\w+ (?:was|were|had)\b)[^,.]{4,60}, (?:the|nobody|no one|it|they|there|all|every|most|and then)\b",
        ),
        (  # my reading is that they punt; what I don't see is a deal
            Sign.FORESEE,
            "my our what",
            (
                r"\b(?:my|our) (?:own |best |gut |honest |personal |current )?(?:reading|read|instinct|call|projection|assumption|expectation|gut feeling|bet|money) (?:is|here is)\b(?! (?:to|not)\b)|"
                r"\bwhat (?:i|we) (?:do |don't |do not |can't )?(?:see|expect|foresee|anticipate)(?: happening| coming| next)? is\b"
            ),
        ),
        (  # 等散戶全部進場，主力就下車了
            Sign.BOUND,
            "等",
            NOT_ME
            + "[^我]*?(?<![中上下初高一二三同平])等[^，。我]{2,14}，[^，。我]{0,8}就[^，。]{1,8}了?[，。！]",
        ),
        (  # it has a hard decade in front of it
            Sign.BOUND,
            "front ahead",
            r"\b(?:has|have|'ve|there(?:'s| is| are)) (?:\w+ ){1,6}(?:in front of|ahead of) (?:it|us|them|him|her|you|me)\b",
        ),
        (  # when that happens, the halls empty out
            Sign.CONSEQUENCE,
            "happens comes goes stops ends does finally eventually",
            (
                r"\b(?:when|once) (?:that|this|it|he|she|they|we)(?: does| do| finally| eventually)\b(?! not)|"
                r"\b(?:when|if|once|until) (?:that|this|it)(?: day| moment)? (?:happens|comes|goes|stops|ends)\b"
            ),
        ),
        (  # the day comes when nobody asks
            Sign.SOMEDAY,
            "day time point moment",
            r"\b(?:there (?:comes|is coming)|the|a) (?:day|time|point|moment) (?:comes|is coming|will come|arrives)?\s?when\b(?=.* (?:no|nobody|every|everyone|will|can|won't)\b)",
        ),
        (  # 擋不住, 追得上: what is going to succeed, and what is not
            Sign.BOUND,
            "不 得",
            NOT_ME
            + ".*?(?:[提談簽做辦蓋選推破打贏]不(?:成|了|動|下去)|[守撐保留追趕出打贏]得(?:去|住|過去|上|回來|下去)|[守撐保留壓救躲逃]不(?:住|了|掉|過)|[補撐漲升爬賣追]不(?:起來|上來|上去|回來|回去|下去)|[追跌漲站攻突回]不(?:上|破|到)(?!了?我)|[過回]不(?:了|去|來)[^，。！？]{0,8}[關年月]?)",
        ),
        (  # 這波寒流擋不住, but a door holds off no wind
            Sign.BOUND,
            "擋 攔",
            NOT_ME + f"(?=.*{COMING}).*?[擋攔]不(?:住|了|掉|過)",
        ),
        (  # 明年倒閉也不意外, but not 他也不意外
            Sign.FORESEE,
            "意",
            f"{COMING}.{{0,40}}[也都]不意外",
        ),
        (  # 我保證他不來, but not what was
            Sign.FORESEE,
            "保",
            "我保[證证](?!.{0,60}?(?:沒(?!有?(?:人|問題|事|戲|救))|昨|去年|剛|曾))",
        ),
        (  # 要三年才追得上, 上看六成
            Sign.SOMEDAY,
            "要 得 需 看",
            (
                "[要得需](?:再|花|等)*(?:[一二兩三四五六七八九十半幾數百0-9]+)(?:到[一二兩三四五六七八九十0-9]+)?(?:年|個月|季|個世代)(?:以上|左右|的時間)?(?:，)?(?:才|後才)|"
                "(?<![馬路晚早樓車街身網線])[上下]看[約至到]?[0-9一二兩三四五六七八九十百千萬]"
            ),
        ),
        (  # 還有得跌, 還有上漲空間
            Sign.BOUND,
            "還 半 八 題 最 沒",
            (
                f"還有得(?:{MOVING}|[打等拖吵鬧熬磨瞧拚拼忙])|還有[^，。！？]{{0,8}}{MOVING}[^，。！？]{{0,4}}空間|{MOVING}[^，。！？]{{0,6}}還有[^，。！？]{{0,4}}空間|還有[^，。！？]{{0,4}}空間[^，。！？]{{0,4}}{MOVING}|"
                "(?:多半|八成)(?:還)?(?:要|得|是)|(?:年|期|倍|成|億|席|關|標|[到滿完])(?:應該|絕對|肯定)?是?沒有?(?:什麼|多大|大)?問題|(?:最後|最終)[^，。了過]{0,8}(?:大概|應該|多半|一定|恐怕)|就(?:再也)?沒(?:人|有人|戲|救|得)[^，。！？]{0,6}了|還沒(?:跌|漲|降|升|玩|打|鬧|走|結束)(?:夠|完|到)"
            ),
        ),
        (
            Sign.ADVICE,
            "do don",
            r"^[^\w]*(?:(?:so|and|but|please|okay|well|just)[, ]+)*(?:do not|don't)\b",
        ),
    )
)


def idioms(folded: str, said: frozenset[str], shown: dict[Sign, str]) -> None:
    """Add to ``shown`` every sign that an idiom in a sentence is; ``said`` are the words of the sentence."""
    for sign, needs, pattern in IDIOMS:
        match = None if needs.isdisjoint(said) else pattern.search(folded)
        if match:
            shown.setdefault(sign, match.group())
