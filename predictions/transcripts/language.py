"""The language of a stretch of text, told by its characters: enough to choose between word lists."""

from __future__ import annotations

import re

HAN = re.compile(r"[\u3400-\u9fff]")
KANA = re.compile(r"[\u3040-\u30ff]")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
# common characters that only one of the two scripts writes
TRADITIONAL = frozenset(
    "個們來這對會時說為過學國後還與應實將動種開發現點進產業電體機數關於從見億萬無當並經樣東車長門問題"
)
SIMPLIFIED = (
    frozenset(
        "个们来这对会时说为过学国后还与应实将动种开发现点进产业电体机数关于从见亿万无当并经样东车长门问题"
    )
    - TRADITIONAL
)


def language_of(text: str) -> str:
    """``zh-Hant``, ``zh-Hans``, ``en``, or ``und`` for text with too few letters or in another script."""
    sample = text[:2_000]
    if not HAN.search(sample):
        return "en" if LATIN.search(sample) else "und"
    han, latin = len(HAN.findall(sample)), len(LATIN.findall(sample))
    if han * 3 > latin and not KANA.search(sample):
        simplified = sum(c in SIMPLIFIED for c in sample)
        return "zh-Hans" if simplified > sum(c in TRADITIONAL for c in sample) else "zh-Hant"
    return "en" if latin else "und"
