"""Numbers: digits as they are typed, Chinese numerals, and English number words put together."""

from __future__ import annotations

import re
from datetime import date

from predictions.horizons.cascade import Token

ZERO = "\u3007"  # the round Chinese zero
CHINESE_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {ZERO: 0, "两": 2}
CHINESE_POWERS = {"十": 10, "百": 100, "千": 1000}
CHINESE_TENS = {"廿": 20, "卅": 30}
CHINESE_SCALES = {"万": 10_000, "亿": 100_000_000}
CHINESE_PAIR = re.compile(
    "((?:[一二三四五六七八九]?十|[一二三四五六七八九]百)?)([一二三四五六七八九两])([一二三四五六七八九两])([十百千]?)"
)
CHINESE_DIGIT_RUN = re.compile("[一二三四五六七八九两]{2}")
LONGEST_NUMBER = 15  # digits; longer ones count no years that anybody says
BEYOND_COUNTING = 10**LONGEST_NUMBER
# calendars that count other years of the same length: what to add to their number (names as folded)
ERAS = {
    "公元": 0,
    "西元": 0,
    "民国": 1911,
    "中华民国": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
    "佛历": -543,
}
MINGUO = "民国"
FIRST_YEAR, LAST_YEAR = 1900, 2199  # a bare four-figure number is taken for a year between these


def digits_token(word: str) -> tuple[str, object]:
    """The kind and value of a number in digits: "2030", "1,000", "2.5", "20200701"."""
    if len(word) > LONGEST_NUMBER:
        return "NUM", BEYOND_COUNTING
    if word.isdigit():
        value = int(word)
        if len(word) == 4 and value >= 1000:
            return "YEAR", value
        if len(word) == 8 and 1900 <= value // 10_000 <= 2999:
            return "DATE8", value
        return "NUM", value
    whole, _, fraction = word.replace(",", "").partition(".")
    if "," in word and "." not in word:
        return "NUM", int(whole)
    if "." in fraction or not whole.isdigit() or not fraction.isdigit():
        return "WORD", None
    return "DECIMAL", float(f"{whole}.{fraction}")


def chinese_token(word: str) -> tuple[str, object]:
    """The kind and value of a Chinese numeral: 十二, 二〇三〇 (a year), 三五 ("three to five")."""
    if len(word) > LONGEST_NUMBER:
        return "WORD", None
    if len(word) == 4 and all(c in CHINESE_DIGITS for c in word):
        return "YEAR", int("".join(str(CHINESE_DIGITS[c]) for c in word))
    pair = CHINESE_PAIR.fullmatch(word)
    if pair:  # two digits in a row: 五六, 二三十, 十五六
        tens, low, high, power = pair.groups()
        base, times = chinese_number(tens), CHINESE_POWERS.get(power, 1)
        return "PAIR", (base + CHINESE_DIGITS[low] * times, base + CHINESE_DIGITS[high] * times)
    if CHINESE_DIGIT_RUN.search(word):
        return "WORD", None
    value = chinese_number(word)
    return ("YEAR" if FIRST_YEAR <= value <= LAST_YEAR and value % 100 else "NUM"), value


def era_token(word: str) -> tuple[str, object]:
    """民國116年, 令和九年, 佛曆2570年 as years of ours, 民國116.3.5 as a day; 一一六, figure by figure, is a Minguo year too."""
    era = next((name for name in ERAS if word.startswith(name)), "")
    number, *month_and_day = word.removeprefix(era).strip().split(".")
    if number.isdigit():
        year = int(number)
    elif all(c in CHINESE_DIGITS for c in number):
        year = int("".join(str(CHINESE_DIGITS[c]) for c in number))
    else:
        year = 1 if number == "元" else chinese_number(number)
    year = max(year + ERAS[era or MINGUO], 1)  # before our own era all is past alike
    if month_and_day:
        month, day = map(int, month_and_day)
        return "DATE8", year * 10_000 + month * 100 + day
    return "YEAR", year


def chinese_number(word: str) -> int:
    """三百五十 as 350; "" as 0."""
    total = section = digit = 0
    for c in word:
        if c in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[c]
        elif c in CHINESE_TENS:
            section += CHINESE_TENS[c]
        elif c in CHINESE_POWERS:
            section += (digit or 1) * CHINESE_POWERS[c]
            digit = 0
        else:
            total = (total + section + digit or 1) * CHINESE_SCALES[c]
            section = digit = 0
    return total + section + digit


def spell(said_on: date, *words: float) -> float | None:
    """The number that English number words add up to: two thousand and eighteen, half a billion."""
    total = current = 0.0
    for word in words:
        if word == 100 or (word == 12 and current):
            current = (current or 1) * word
        elif word >= 1000:
            total += (current or 1) * word
            current = 0
        elif current % 100 > 0 and (current % 100 < 20 or word >= 10):
            return None  # "five six" is two numbers
        else:
            current += word
    value = total + current
    return int(value) if value == int(value) else value


def spell_thousands(said_on: date, *words: float) -> Token | None:
    """Two thousand and thirty: a year when it can be one."""
    value = spell(said_on, *words)
    if value is None:
        return None
    return Token("YEAR" if FIRST_YEAR <= value <= LAST_YEAR else "NUM", value)


def spoken_year(said_on: date, century: int, *rest: int) -> int | None:
    """Twenty thirty, twenty twenty-eight, nineteen ninety-nine."""
    return century * 100 + sum(rest) if century in (19, 20, 21) else None


def ordinal(said_on: date, tens: int, rest: int) -> int | None:
    """Twenty-first, thirty-first."""
    return tens + rest if rest < 10 else None
