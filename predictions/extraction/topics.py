"""What claims are about, without language: English words by their stems, Chinese words by what they mean."""

from __future__ import annotations

STOP = """
    the and for that this with from have has had are was were will would can could may might should shall not but you your they their them
    there here what which who whom when where why how than then also just very more most much many some any all one its it's our we's she him her his
    into onto over under about like think believe really actually going get gets got way thing things lot kind sort mean know maybe probably
    likely year years month months next last now well yeah okay say says said sure least been being does did doing because even still only
    uh um don isn won doesn didn aren ll re ve basically perhaps quite such per these those said
"""
ENGLISH_STOP = frozenset(STOP.split())

ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ies", "ers", "er", "ed", "ly", "es", "s", "al")


def stem(word: str) -> str:
    """A word without its commonest endings: enough to see "robots" and "robot" as one, and never a word of under four letters."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


# Chinese as written in either script -> the stem of the English word
TERMS: tuple[tuple[str, str], ...] = tuple(
    (written, stem(meaning))
    for meaning, many in (
        ("intelligence", "智慧 智能 智力"),
        ("superintelligence", "超智慧 超智能 超级智能 超級智慧"),
        ("digital", "數位 数字 數字"),
        ("human", "人類 人类"),
        ("artificial", "人工智慧 人工智能"),
        ("percentage", "比例 百分比"),
        ("small", "非常小 很小 極小"),
        ("collective", "總和 总和 集體 整個人類"),
        ("economy", "經濟 经济"),
        ("alien", "外星人"),
        ("universe", "宇宙"),
        ("understand", "理解 了解"),
        ("nature", "本質 本质"),
        ("robot", "機器人 机器人"),
        ("humanoid", "人形"),
        ("mars", "火星"),
        ("land", "登陸 登陆"),
        ("moon", "月球"),
        ("space", "太空"),
        ("rocket", "火箭"),
        ("car", "汽車 汽车"),
        ("drive", "駕駛 驾驶"),
        ("electric", "電動 电动 電力 电力"),
        ("energy", "能源 能量"),
        ("war", "戰爭 战争"),
        ("market", "市場 市场"),
        ("price", "價格 价格"),
        ("inflation", "通膨 通脹 通胀"),
        ("recession", "衰退"),
        ("election", "選舉 选举"),
        ("president", "總統 总统"),
        ("climate", "氣候 气候"),
        ("chip", "晶片 芯片"),
        ("phone", "手機 手机"),
        ("vaccine", "疫苗"),
        ("cancer", "癌症"),
        ("population", "人口"),
        ("job", "工作 就業 就业"),
        ("company", "公司 企業 企业"),
        ("bank", "銀行 银行"),
        ("rate", "利率"),
        ("stock", "股票 股市"),
        ("technology", "技術 技术 科技"),
        ("civilization", "文明"),
        ("consciousness", "意識 意识"),
        ("find", "搞清楚 發現 发现"),
        ("happen", "實現 实现 發生 发生"),
        ("destroy", "摧毀 摧毁"),
        ("outcome", "結果 结果"),
        ("government", "政府"),
        ("china", "中國 中国"),
        ("america", "美國 美国"),
        ("tsunami", "海嘯 海啸"),
        ("room", "房間 房间"),
        ("value", "價值 价值"),
        ("billion", "十億 十亿"),
        ("thousand", "千倍 數千 数千"),
        ("less", "少於 少于"),
        ("close", "接近"),
        ("tell", "告訴 告诉"),
    )
    for written in many.split()
)
