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
NUMBER = (
    r"(?:an?|\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|a hundred)"
)
GIVES_TIME = (
    r"\b(?:(?:i|i'd|we|most|many|some|few|experts|analysts|would|\w+s) gives? (?:it|them|him|her|this|that|the [\w ]{2,30}?|\w+)|give (?:it|them|him|her)) "
    rf"(?:about |maybe |another |at most |less than )?{NUMBER}(?: more| or \w+)? "
    r"(?:years?|months?|weeks?|days?|decades?|winters?|summers?|seasons?)\b"
)


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
            "(?:(?<!就)得|(?<!將)要)(?:繼續|接著|再|大|先)?(?:跌|漲|降|升|倒閉|關門|破產|完蛋|消失|減少|貶值|萎縮|合併|崩|垮|變天|過時|失業|下崗|洗牌)(?!的)",
        ),
        (  # 將來最缺的是木匠
            Sign.FORESEE,
            "來 後",
            "(?:將來|未來|今後|以後|接下來)[^，。]{0,8}最[^，。]{1,8}(?:是|不在)|是(?:將來|未來)的",
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
            r"\bnext (?:[\w-]+ ){1,3}to (?:drop|fall|go|fail|break|crack|fold|collapse)\b",
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
                r"\bi(?:'d| would) put (?:it|that|this|them) at\b|\bput (?:the|my) (?:odds|chances?|probability|likelihood) (?:of [\w ]{2,40} )?at\b|"
                r"^[^\w]*(?:it's )?(?:two|three|four|five|ten|twenty|a hundred|\d+) to one (?:that|says|they|it|he|she|we|the)\b"
            ),
        ),
        (  # a year away; five years out
            Sign.SOMEDAY,
            "away out hence here next come",
            (
                r"\bby (?:the )?next (?!to\b)\w+|\bcome (?:spring|summer|autumn|fall|winter|january|december|(?:the )?next \w+|\d{4})\b|"
                rf"\b{NUMBER}(?: or \w+)? (?:more )?(?:years?|months?|weeks?|decades?|generations?) (?:away|out|hence|from here)\b(?! of\b)"
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
                "只會(?:更|越)|(?:少說|起碼|至少)(?:還|也)(?:要|得|有)|"
                rf"{NOT_ME}.*?[最頂至]多(?:只能|還能|再)"
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
