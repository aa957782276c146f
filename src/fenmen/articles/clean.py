"""Takes from a text what layout and web pages strewed into it."""

import re
from functools import lru_cache
from itertools import pairwise

from fenmen.articles.traced import Traced, join

_WIDE = {
    code: code - 0xFEE0
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_WIDE |= {ord("％"): ord("%"), ord("．"): ord("."), 0x3000: ord(" "), 0x00A0: ord(" ")}
_UNPAIRED = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")

# ○ is also the zero of 二○二四年, so it only goes where no figure stands before it.
_DECORATION = re.compile(
    r"(?<![〇○零一二三四五六七八九十百\d])○+"
    "|[\u25a0-\u25ca\u25cc-\u25ff\u2600-\u26ff\u2700-\u2775\u2794-\u27bf\u2b00-\u2bff※]+"
    "|[\U0001f000-\U0001faff\ufe00-\ufe0f\U000e0000-\U000e01ef]+"
    "|[\x00-\x08\x0e-\x1b\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+"
    "|[\ue000-\uf8ff]+"
)
# Every character that decoration is made of: one class is faster than five alternatives.
_DECORATION_SIGN = re.compile(
    "[○\u25a0-\u25ca\u25cc-\u25ff\u2600-\u26ff\u2700-\u2775\u2794-\u27bf\u2b00-\u2bff※"
    "\U0001f000-\U0001faff\ufe00-\ufe0f\U000e0000-\U000e01ef"
    "\x00-\x08\x0e-\x1b\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ue000-\uf8ff]"
)
# Every character that cleaning may change or drop, and every white space: single ones and a-b.
SUSPECT = (
    "\x00-\x20\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u25a0-\u27bf"
    "\u2b00-\u2bff※\u3000\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U0001f000-\U0001faff\U000e0000-\U000e01ef" + "".join(map(chr, _WIDE))
)
_SUSPECT = re.compile(f"[{SUSPECT}]")
_WIDE_SIGN = re.compile("[" + "".join(map(chr, _WIDE)) + "]")
_RULE = re.compile(r"[-=*_~#+|·•—―─━…\s]+")
RULE_SIGNS = frozenset("-=*_~#+|·•—―─━…")
_SPACES = re.compile(r"\s+")
_SPACED_OUT_SPACES = 2  # in three characters set apart
_TIGHT_BEFORE = frozenset("，。、；：！？,;:!?…）)」』》〉】]’”％%")
_TIGHT_AFTER = frozenset("，。、；：！？,;:…（(「『《〈【[‘“")


def clean(text: str) -> str:
    """Return the text without decoration, invisible characters and layout spaces.

    Full-width digits and letters become half-width; lines keep their order, empty ones go. The
    result is stable (cleaning it again changes nothing) and always encodes as UTF-8.
    """
    lines = map(_clean_line, encodable(text).splitlines())
    return "\n".join([line for line in lines if line])


def _clean_line(line: str) -> str:
    """What `trace_line` makes of a line; most hold nothing to clean, which is soon seen."""
    line = line.strip()
    if not _SUSPECT.search(line):
        return "" if _is_rule(line) else line
    line = _WIDE_SIGN.sub(_narrow, line)
    # Only ○ may also be a figure.
    kept = (_DECORATION if "○" in line else _DECORATION_SIGN).sub("", line).strip()
    if _is_rule(kept):
        return ""
    pieces = kept.split()
    joined = pieces[:1]
    for before, piece in pairwise(pieces):
        joined.append(f" {piece}" if _is_meant(before[-1], piece[0]) else piece)
    kept = "".join(joined)
    if kept.count(" ") < _SPACED_OUT_SPACES:
        return kept
    return _spaced_out().sub(lambda match: match[0].replace(" ", ""), kept)


def _narrow(match: re.Match[str]) -> str:
    return match[0].translate(_WIDE)


def _is_rule(line: str) -> bool:
    return line[:1] in RULE_SIGNS and bool(_RULE.fullmatch(line))


def encodable(text: str) -> str:
    """Return the text with halves of surrogate pairs joined, or replaced where alone."""
    try:
        text.encode()
    except UnicodeEncodeError:
        pass
    else:
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_UNPAIRED)


def trace_line(line: str, offset: int) -> Traced:
    """Clean one line that stands at `offset` in its source; empty if it is all decoration."""
    mapped = Traced(line.translate(_WIDE), range(offset, offset + len(line)))
    kept = mapped.without(match.span() for match in _DECORATION.finditer(mapped.text)).strip()
    return Traced("", ()) if _RULE.fullmatch(kept.text) else _close_spaces(kept)


def _close_spaces(line: Traced) -> Traced:
    if not _SPACES.search(line.text):
        return line
    pieces, position = [], 0
    for match in _SPACES.finditer(line.text):
        start, end = match.span()
        pieces.append(line.part(position, start))
        if _is_meant(line.text[start - 1], line.text[end]):
            pieces.append(Traced(" ", line.at[start : start + 1]))
        position = end
    single = join([*pieces, line.part(position)])
    return single.without(
        (match.start() + gap, match.start() + gap + 1)
        for match in _spaced_out().finditer(single.text)
        for gap in range(1, match.end() - match.start(), 2)
    )


@lru_cache(maxsize=4096)
def _is_meant(before: str, after: str) -> bool:
    """Whether a space says something: between English words or between parts of a headline."""
    tight = after in _TIGHT_BEFORE or before in _TIGHT_AFTER
    if before.isascii() and after.isascii():
        return True
    if tight:
        return False
    return not ((is_han(before) and _is_plain(after)) or (_is_plain(before) and is_han(after)))


def is_han(character: str) -> bool:
    """Whether the character is a Chinese one (punctuation is not)."""
    return (
        "\u3400" <= character <= "\u9fff"
        or character in ("〇", "○")
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


@lru_cache(maxsize=1)
def _spaced_out() -> re.Pattern[str]:
    """Chinese characters set apart; compiled when a line holds spaces, as it takes long."""
    return re.compile(r"(?<!\S)[\u4e00-\u9fff](?: [\u4e00-\u9fff]){2,}(?!\S)")


def _is_plain(character: str) -> bool:
    return character.isalnum() and not is_han(character)
