"""Chinese: what its words are to the grammar.

Written in simplified characters; ``VARIANTS`` turns the traditional ones into them before reading,
character by character, so either script may be used in the table and in the text.
"""

from __future__ import annotations

from typing import Any

from predictions.horizons import calendar

# a meaning a line, however long
# fmt: off

# simplified and traditional forms of the characters that occur below, in pairs
VARIANTS = (
    "两兩个個内內后後过過现現从從来來这這时時数數几幾亿億万萬点點号號间間将將会會选選举舉终終约約于於纪紀礼禮周週岁歲当當还還说說达達许許头頭觉覺"
    "应應该該总總边邊长長远遠迟遲庆慶国國圣聖诞誕节節阳陽历曆农農财財务務则則实實确確预預计計为為没沒无無并並与與级級关關开開结結东東对對讲講让讓"
    "话話样樣发發进進动動单單区區着著够夠尽盡钟鐘刚剛变變难難换換谁誰里裡里裏么麼吗嗎别別乐樂观觀历歷较較续續顶頂满滿仅僅们們体體况況创創参參双雙"
    "叶葉围圍坏壞学學层層属屬布佈干幹报報据據断斷码碼种種称稱经經绝絕统統见見认認议議设設赶趕轻輕载載辈輩遥遙随隨马馬龄齡〇○线線楼樓机機馆館门門厂廠桥橋旧舊阴陰犹猶兰蘭华華连連导導场場价價决決业業办辦"
)

FILLERS = (
    "嗯,呃,啊,那个,就是说,就是,吧,呢,的话,了,大约是,我觉得,我认为,我想,的时间,时间,的时候,的时光,整,顶多就"
)

CARRIERS = "我,也,我猜,我估计,我预计,它,他,那,会,要,将会,大概会,是,看,估计,预计,可以,能,应该,肯定,一定,实现,发生,完成,到来,就"

LEXICON: tuple[tuple[str, Any, str], ...] = (
    ("FILLER", None, FILLERS),
    ("SAY", None, CARRIERS),
    ("OF", None, "的,之"),
    ("IF", None, "如果,假如,若,若是,要是,假设,倘若"),
    ("FROM", None, "从,自,由"),
    ("THE", None, "这"),
    ("AND", None, "零,加,和,与"),
    ("AGAIN", None, "又"),
    ("OR", None, "或,或者,或是,还是,甚至"),
    ("TO", None, "到,至,直到,到了"),
    ("HALF", 0.5, "半"),
    ("GE_BAN", calendar.MONTH, "个半月"),
    ("GE_BAN", calendar.CENTURY, "个半世纪"),
    ("GE_BAN", calendar.WEEK, "个半星期"),
    ("SOME", 3, "几,数,好几,若干"),
    ("UNIT", calendar.HOUR, "小时,个小时,钟头,个钟头"),
    ("UNIT", calendar.DAY, "天"),
    ("UNIT", calendar.WORKDAY, "个工作日,工作日,个交易日"),
    ("UNIT", calendar.WEEK, "周,星期,礼拜,个星期,个礼拜,个周"),
    ("UNIT", calendar.MONTH, "个月,个月份"),
    ("UNIT", calendar.QUARTER, "季,季度,个季度,个季"),
    ("NIAN", calendar.YEAR, "年,年度,个年头,载"),
    ("UNIT", calendar.DECADE, "个十年,个年代"),
    ("UNIT", calendar.CENTURY, "世纪,个世纪"),
    ("YUE", None, "月,月份"),
    ("RI", calendar.DAY, "日,号"),
    ("ORDINAL_PREFIX", None, "第"),
    ("FINAL", -1, "最后,最后一"),
    ("RELATIVE", (calendar.YEAR, 0), "今年,本年,本年度,今年度,今年内,今年之内,今年以内"),
    ("RELATIVE", (calendar.YEAR, 1), "明年,下一年,下年,明年度,明年内,明年之内"),
    ("RELATIVE", (calendar.YEAR, 2), "后年"),
    ("RELATIVE", (calendar.YEAR, 3), "大后年"),
    ("YEARS", (0, 1), "今明两年,今明年"),
    ("YEARS", (1, 2), "明后两年,明后年"),
    *(
        ("QTR", number, f"{name}季度,第{name}季度,第{name}季")
        for number, name in enumerate("一二三四", start=1)
    ),
    ("RELATIVE", (calendar.YEAR, -1), "去年,前年,上一年"),
    ("RELATIVE", (calendar.MONTH, 0), "本月,这个月,当月,本月内,这个月内"),
    ("RELATIVE", (calendar.MONTH, 1), "下月,下个月,下一个月,次月"),
    ("RELATIVE", (calendar.MONTH, 2), "下下月,下下个月"),
    ("RELATIVE", (calendar.MONTH, -1), "上月,上个月,上一个月"),
    ("RELATIVE", (calendar.QUARTER, 0), "本季,本季度,这个季度,这一季,这季度,当季"),
    ("RELATIVE", (calendar.QUARTER, 1), "下季,下季度,下个季度,下一季,下一季度,下一个季度"),
    ("RELATIVE", (calendar.QUARTER, 2), "下下季,下下季度,下下个季度"),
    ("RELATIVE", (calendar.QUARTER, -1), "上季度,上个季度,上一季"),
    ("RELATIVE", (calendar.WEEK, 0), "本周,这周,这个星期,这星期,本星期,这个礼拜,这礼拜,这一周,本周内,这周内"),
    ("RELATIVE", (calendar.WEEK, 1), "下周,下个星期,下星期,下个礼拜,下礼拜,下一周,下个周"),
    ("RELATIVE", (calendar.WEEK, 2), "下下周,下下个星期,下下星期,下下个礼拜,下下礼拜"),
    ("RELATIVE", (calendar.WEEK, -1), "上周,上个星期,上星期,上个礼拜"),
    ("RELATIVE", (calendar.WEEKEND, 0), "周末,本周末,这周末,这个周末"),
    ("RELATIVE", (calendar.WEEKEND, 1), "下周末,下个周末"),
    ("RELATIVE", (calendar.WEEKEND, 2), "下下周末,下下个周末"),
    ("RELATIVE", (calendar.DECADE, 0), "这个十年,本十年,这个年代,本年代,这十年"),
    ("RELATIVE", (calendar.DECADE, 1), "下个十年,下一个十年,下个年代"),
    ("RELATIVE", (calendar.CENTURY, 0), "本世纪,这个世纪,这世纪"),
    ("RELATIVE", (calendar.CENTURY, 1), "下世纪,下个世纪,下一世纪,下一个世纪"),
    ("TODAY", 0, "今天,今日,今晚,今早"),
    ("DAYWORD", 1, "明天,明日,明晚,明早"),
    ("DAYWORD", 2, "后天,后日"),
    ("DAYWORD", 3, "大后天"),
    ("DAYWORD", -1, "昨天,前天,昨日"),
    ("EDGE_POST", calendar.YEAR, "年底,年末,年终,岁末,年尾,年关"),
    ("EDGE_POST", calendar.MONTH, "月底,月末,本月底,本月末,这个月底"),
    ("EDGE_POST", calendar.QUARTER, "季末,季底,本季末,本季度末"),
    ("EDGE_POST", calendar.CENTURY, "世纪末"),
    ("NEXT_EDGE", calendar.YEAR, "来年底,来年末,来年年底,来年年末"),
    ("PART_POST", 3, "年底,年末,年终,年尾,底,末,末期,月底,月末,尾声,结束,结束时,季末,过完,完结"),
    ("PART_POST", 2, "后期,晚期,下旬,稍后,晚些时候,晚些,后段,稍晚,晚一点,下半段,后半段,较晚时候"),
    ("PART_POST", 1, "中期,中叶,中旬,中段,中,中间"),
    ("PART_POST", 0, "初,初期,早期,上旬,开始,开头,前期,伊始,早些时候"),
    ("PART_THIS", (0, calendar.YEAR), "年初,开年,岁初"),
    ("PART_THIS", (1, calendar.YEAR), "年中"),
    ("MONTH_PART", 0, "月初,月上旬,月份初"),
    ("MONTH_PART", 1, "月中,月中旬"),
    ("MONTH_PART", 2, "月下旬"),
    ("HALF_POST", 1, "上半年,前半年,上半叶,前半叶,前半,上半,前半段,前半期"),
    ("HALF_POST", 2, "下半年,后半年,下半叶,后半叶,后半,下半,后半期"),
    ("HALF_THIS", (1, calendar.MONTH), "上半月,前半月"),
    ("HALF_THIS", (2, calendar.MONTH), "下半月,后半月"),
    ("HALF_THIS", (1, calendar.WEEK), "上半周,前半周"),
    ("HALF_THIS", (2, calendar.WEEK), "下半周,后半周"),
    ("DECADE_POST", None, "年代"),
    ("SEASON", 3, "春天,春季,春"),
    ("SEASON", 6, "夏天,夏季,夏,暑假"),
    ("SEASON", 9, "秋天,秋季,秋"),
    ("SEASON", 12, "冬天,冬季,冬"),
    ("HOLIDAY", (1, 1), "元旦,新年"),
    ("HOLIDAY", (2, 14), "情人节"),
    ("HOLIDAY", (5, 1), "劳动节,五一"),
    ("HOLIDAY", (11, 11), "双十一,双11"),
    ("FEAST", None, "春节,农历新年,农历年,过年,除夕,元宵节,清明,清明节,端午,端午节,中秋,中秋节"),
    ("HOLIDAY", (10, 1), "国庆,国庆节,十一国庆"),
    ("HOLIDAY", (12, 24), "平安夜,圣诞夜"),
    ("HOLIDAY", (12, 25), "圣诞,圣诞节"),
    *(
        (
            "WEEKDAY",
            number,
            ",".join(week + name for week in ("星期", "礼拜", "周", "个星期", "个礼拜") for name in names),
        )
        for number, names in enumerate(("一", "二", "三", "四", "五", "六", "日天"))
    ),
    ("IN", None, "在,于,在大约"),
    ("NEXT_PRE", None, "未来,未来的,接下来,接下来的,今后,今后的,往后,往后的,此后,之后的,将来的,下一个,下个,下,往后的这,在未来,未来这,后续,后面的"),
    ("AHEAD_PRE", None, "再过,再,过,再等,再有,再过个,过个,距今,还有,还要,还需要,再需要,从现在起,从今天起,从现在开始,从今天开始,从今以后,从今起,从今天算起,从现在算起,自今天起,从此刻起,等,再花"),
    ("FROM_NOW", None, "后,以后,之后,过后,之后的今天,以后的今天,之遥,从现在起,后的今天,后的时候"),
    ("WITHIN_POST", None, "内,之内,以内,里,期间,间,之间,当中,内的时间"),
    ("BEFORE_POST", None, "前,之前,以前"),
    ("OR_BEFORE", None, "或之前,或以前,或更早,及之前,及以前,以内或之前"),
    ("AFTER_POST", None, "起,开始,以来"),
    ("BY", None, "到,截至,截止,截止到,截至到,不晚于,不迟于,赶在,等到,到了"),
    ("AT_LATEST", None, "为止,止,最晚,最迟,至迟,至晚,最慢,最晚在,最迟在,最晚到,最迟到,最慢到,最晚不超过,最迟不超过"),
    ("EARLIEST", None, "最早,最快,最快也要,最早也要,最早要,最快要,不早于,最快在,最早在,最快到,最早到,最早要到"),
    ("UPPER", None, "最多,不超过,不到,少于,至多,顶多,不足,最长,最多不超过,低于,最晚不过,用不了,不用,不出"),
    ("UPPER_POST", None, "以下,或更短,或更少,或更快,或以下,不到,或者更短,或者更少,或者更快,之内吧"),
    ("LOWER", None, "至少,最少,超过,不少于,起码,多于,大于,不低于,最起码,少说,少说也要,至少要,至少还要,至少还需要,至少需要,至少得"),
    ("LOWER_POST", None, "以上,多,开外,起跳,或以上,或更久,或更长,或更多,以上的时间"),
    ("APPROX", None, "大约,大概,约,差不多,约莫,将近,接近,大致,大体,约略,粗略估计,大概是,大约是,大概在,大约在,几乎,大概需要,大约需要,约为,大概要"),
    ("APPROX_POST", None, "左右,上下,前后,左右吧,上下吧"),
    ("MAYBE", None, "快则,短则,少则,乐观,乐观估计,乐观来看,乐观地说,可能,也许,或许,说不定,大概率,可能是,也许是,很可能,最可能,有可能,可能只要,可能就"),
    ("FALLBACK", None, "慢则,长则,多则,悲观,悲观估计,悲观来看,保守估计,保守,不然,否则,要不然,不行的话,最坏情况,最坏,如果不行,最差,再不行,要不"),
    ("NOT", None, "不会,不,没有,没,不可能,绝不,并不,无法,别"),
    ("TIME_AGAIN", None, "这个时候,的这个时候,此时,的此时,这时候,这时,的这时候,同一时间,的今天,同期,的现在,这会儿"),
    ("EVERY", None, "每,每隔,每过,每一,每个"),
    ("TIMES", None, "一次,两次,一回"),
    ("AGO", None, "以来"),
    ("LAI", None, "来"),  # 十来年: about ten; 来年: the coming one; 三年来: for three years now
    # 2030年才: not until then; 十年才: that long
    ("ONLY_THEN", None, "才,才能,才会,才可能,才有可能,才可以,方能,方可"),
    ("PAST", None, "花了,用了,等了,干了,做了,住了,学了,熬了,工作了,历时,已经,早已,连续,创立,创办,成立,建校,创校,建国,开业"),
    ("LAST", None, "过去,过去的,近,最近,最近的,上个,上一个,前,之前的"),
    ("TAKE", None, "需要,要花,花,得,得花,用,只要,只需要,只需"),
    ("FISCAL", None, "财年,财政年,财政年度,会计年,会计年度,学年,学年度"),
    ("OTHER_CALENDAR", None, "农历,阴历,旧历,夏历,回历,藏历,犹太历,伊斯兰历"),
    ("VAGUE", "vague", "不久,很快,有一天,总有一天,有朝一日,将来,有生之年,迟早,终将,最终,终究,早晚,不久的将来,在不久的未来,不久的未来,不久之后,不久后,遥远的未来,未来某个时候,某个时候,某一天,某一个时刻,在某一个时刻,某个时刻,长远来看,长期,短期内,中期内,近期,即将,马上,快要,终有一天,总会,这辈子,我们这一生,几代人,几十年,数十年,几百年,数百年,几千年,好几十年,几十,有一日,总有一日,等到那天,一段时间,未来几代,多年以后,多年后,很多年,许多年,多年,若干年后,随时"),
    ("EVENT", "event", "选举,大选,会议,财报,发布会,投票,那一天,那天,那时"),
    ("OTHER_YEAR", "event", "那一年,那年,当年,次年,翌年,隔年,该年,同年,次年度,隔年度"),
    ("WORD", None, "半导体,半数,半场,上半场,下半场,前半场,后半场,上半身,下半身,前半生,后半生,上半生,下半生,上半辈子,下半辈子,后半辈子,人才,天才,刚才,才华,不但,不仅,不断,不只,不止,一些,一起,一样,一切,一直,一般,一旦,一个人,百分之,十分,千万别,一点,不同,一种,第一次,万一,统一,唯一,之一,一方面,一方,后来,前面,以前的,不过,之前说,后果,中国,中心,中间人,其中,内容,国内,里面,面前,前进,目前,末日,最好,底层,月亮,日本,号称,号线,号楼,号机,号院,号馆,号门,号码,号文件,号选手,号公路,号厂,号桥,年轻,年龄,多少,还有人,到达,到底,看到,得到,想到,达到,遇到,做到,感到,找到,来到,不到一半,周围,时候我,近乎,接近于,对于,关于,由于,属于,于是,等于,位于,用来,作用,使用,利用,应用,好像,再次,再见,一再,通过,经过,不过是,超过了,的过程,过程,等等,等人,数据,数字,数学,数量,数百,数千,数十亿,几百,几千,几乎是,初创,初步,当初,起来,发起,一起来,引起,起码是,加入,增加,更加,参加,和平,零件"),
)
