"""From bytes to text, or a refusal that says what to do."""

from __future__ import annotations

import re

LARGEST = 32_000_000  # bytes; the longest podcasts come to about one megabyte


class Unreadable(ValueError):
    """The file cannot be read as a transcript; the message says why and what to do, for whoever gave it."""


# what a file begins with -> what it is, and what to do instead
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive or an office document; unpack it, or save the document as plain text"),
    (b"PK\x05\x06", "an empty ZIP archive; unpack it and import the files in it"),
    (b"\x1f\x8b", "a gzip archive; unpack it and import the file in it"),
    (b"BZh", "a bzip2 archive; unpack it and import the file in it"),
    (b"\xfd7zXZ\x00", "an xz archive; unpack it and import the file in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it and import the files in it"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it and import the files in it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive; unpack it and import the file in it"),
    (b"%PDF-", "a PDF; copy its text out, or save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as plain text"),
    (b"{\\rtf", "a rich-text document; save it as plain text"),
    (b"ID3", "a sound recording; import a transcript of it"),
    (b"OggS", "a sound recording; import a transcript of it"),
    (b"RIFF", "a recording; import a transcript of it"),
    (b"\x1aE\xdf\xa3", "a film; import a transcript of it"),
    (b"\x89PNG", "a picture; import its words as text"),
    (b"\xff\xd8\xff", "a picture; import its words as text"),
    (b"GIF8", "a picture; import its words as text"),
    (b"SQLite format 3", "a database; export its text"),
)

MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

GUESSES = (  # encodings, the name people know them by, and the letters that are common where it is the right one
    ("gb18030", "GB18030", re.compile("[的是了在有我他她们这不年会人说为国]")),
    ("big5", "Big5", re.compile("[的是了在有我他她們這不年會人說為國]")),
    ("euc_jp", "EUC-JP", re.compile("[のをにはがでとたしてい]")),
    ("shift_jis", "Shift_JIS", re.compile("[のをにはがでとたしてい]")),
    ("euc_kr", "EUC-KR", re.compile("[이에은을는의가고다것]")),
    ("cp1251", "Windows-1251", re.compile("[оеаинтсрвл]")),
    ("koi8_r", "KOI8-R", re.compile("[оеаинтсрвл]")),
    ("utf_16_le", "UTF-16 without its byte order mark", re.compile("[ etaoinshr的是了在有我不年]")),
    ("utf_16_be", "UTF-16 without its byte order mark", re.compile("[ etaoinshr的是了在有我不年]")),
)
FEWEST = 20  # letters that can show an encoding
COMMON = 0.08  # of all letters, at least, are among the common ones

CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# UTF-8 once read as Windows-1252: quotation marks and dashes, accented letters, Chinese; and marks of lost letters
GARBLED = re.compile(
    "\u00e2\u20ac.|\u00c3[\u00a0-\u00bf]|[\u00e5-\u00e9][\u0080-\u00bf\u2018-\u203a]|\u00ef\u00bf\u00bd|\ufffd"
)


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, or UTF-16 or -32 with a byte order mark, without that mark.

    Raises Unreadable for whatever else it is: empty, too large, an archive, a recording, another
    encoding, or text that was already spoilt by having been read in a wrong encoding.
    """
    if not data.strip():
        raise Unreadable("The file is empty. Save the transcript again and check that it has words in it.")
    if len(data) > LARGEST:
        raise Unreadable(too_large(len(data)))
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise Unreadable(f"The file is {what}.")
    if data[4:8] == b"ftyp":
        raise Unreadable("The file is a film or a sound recording; import a transcript of it.")
    text = unicode(data)
    check(text)
    return text


def too_large(size: int) -> str:
    """What to say of a file of so many bytes, more than ``LARGEST``."""
    return (
        f"The file has {size / 1e6:.0f} MB; at most {LARGEST / 1e6:.0f} MB can be read. Import it in parts."
    )


def unicode(data: bytes) -> str:
    mark, encoding = next(((m, e) for m, e in MARKS if data.startswith(m)), (b"", "utf-8"))
    body = data[len(mark) :]
    if not mark and b"\x00" in data:
        likely = guess(data)
        what = f"looks like {likely}" if likely else "is binary, not text"
        raise Unreadable(f"The file {what}. Open it in an editor and save it as UTF-8.")
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        likely = guess(data) if encoding == "utf-8" else None
        hint = f"It may be {likely}. " if likely else ""
        raise Unreadable(
            f"The file is not valid {encoding.upper()}: byte {error.start:,} cannot be read. "
            f"{hint}Open it in an editor and save it as UTF-8."
        ) from error


def guess(data: bytes) -> str | None:
    """The encoding that a file which is not UTF-8 is most likely in, by its first words; None when it looks like no text."""
    sample = data[:20_000]
    share, likely = max((_share(sample, encoding, common), name) for encoding, name, common in GUESSES)
    if share >= COMMON:
        return likely
    controls = len(CONTROL.findall(sample.decode("latin-1")))
    return "Windows-1252" if controls * 100 <= len(sample) else None


def _share(sample: bytes, encoding: str, common: re.Pattern[str]) -> float:
    """How much of the sample, read in the encoding, are letters that are common in its languages; 0 if it cannot be read so."""
    try:
        words = sample[: len(sample) // 4 * 4 if len(sample) == 20_000 else None].decode(encoding)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 8:  # not only cut in the middle of a letter
            return 0.0
        words = sample.decode(encoding, errors="ignore")
    if CONTROL.search(words):
        return 0.0
    letters = [letter for letter in words if not letter.isascii() or encoding.startswith("utf")]
    return len(common.findall("".join(letters))) / max(len(letters), FEWEST)


def check(text: str) -> None:
    """Raise Unreadable for text that is no text, or no longer what was written."""
    sample = text[:200_000]
    if len(CONTROL.findall(sample)) * 200 > len(sample):
        raise Unreadable("The file is binary, not text. Import the transcript as UTF-8 text.")
    garbled = len(GARBLED.findall(sample))
    if garbled >= 3 and garbled * 300 > len(sample):
        raise Unreadable(
            "The file's letters are garbled: it was once saved in a wrong encoding. Export it again as UTF-8."
        )
    if not any(c.isalnum() for c in sample) and not any(c.isalnum() for c in text):
        raise Unreadable("The file has no words in it.")
