"""From pieces and characters to a model's own numbers of them."""

import numpy as np

from fenmen.model.keys import Keys
from fenmen.model.loops.compiling import (
    BYTES,
    INTS,
    INTS_OUT,
    NUMBER,
    PLACES,
    PLACES_OUT,
    YES,
    inlined,
    loop,
)
from fenmen.model.loops.cutting import Bytes, is_word
from fenmen.model.wordlist import Ints, Places

# As in reading.py and keys.py, as signed numbers.
BASE, MIXER = 0x9E3779B97F4A7C15 - 2**64, 0xD6E8FEB86659FD93 - 2**64
MULTIPLIER = 0x9E3779B97F4A7C15 - 2**64
ROOM = 2  # slots a word
UNKNOWN, DROPPED = 0, -1
LOW = (1 << 32) - 1
ASCII_END = 0x7F


@loop(NUMBER(PLACES, INTS, PLACES_OUT, INTS_OUT, NUMBER))
def _fill(hashes: Places, numbers: Ints, keys: Places, values: Ints, bits: int) -> int:
    mask = (1 << bits) - 1
    for i in range(len(hashes)):
        slot = ((hashes[i] * MULTIPLIER) >> (64 - bits)) & mask
        while values[slot] != UNKNOWN:
            slot = (slot + 1) & mask
        keys[slot], values[slot] = hashes[i], numbers[i]
    return len(hashes)


def hash_table(hashes: Keys, numbers: Ints) -> tuple[Places, Ints, int]:
    """A table of hashes and their numbers, which begin at 1, and the logarithm of its size."""
    bits = max(4, (ROOM * len(hashes)).bit_length())
    keys, values = np.zeros(1 << bits, np.int64), np.zeros(1 << bits, np.int32)
    _fill(hashes.view(np.int64), numbers, keys, values, bits)
    return keys, values, bits


@inlined
def _hash(codes: Ints, normal: Ints, first: int, last: int) -> int:
    """The hash of the word at some characters."""
    key, power = np.int64(0), np.int64(1)
    for i in range(first, last):
        mixed = (np.int64(normal[codes[i]]) + 1) * MIXER
        mixed ^= (mixed >> 32) & LOW
        key += mixed * power
        power *= BASE
    return key


@inlined
def _number(key: int, keys: Places, values: Ints, bits: int) -> int:
    """The number of a word by its hash, or UNKNOWN."""
    mask = (1 << bits) - 1
    slot = ((key * MULTIPLIER) >> (64 - bits)) & mask
    while values[slot] != UNKNOWN and keys[slot] != key:
        slot = (slot + 1) & mask
    return np.int64(values[slot])


@inlined
def _is_seen(
    codes: Ints, normal: Ints, seen: Bytes, first: int, last: int, punctuation: bool
) -> bool:
    is_seen = punctuation and normal[codes[first]] > 0
    for i in range(first, last):
        is_seen |= seen[codes[i]] != 0
    return is_seen


@loop(
    NUMBER(
        INTS, PLACES, PLACES, PLACES, PLACES, INTS, BYTES, INTS, PLACES, INTS, NUMBER, NUMBER,
        NUMBER, YES, INTS_OUT, INTS_OUT, INTS_OUT, PLACES_OUT,
    )
)  # fmt: skip
def number_words(
    codes: Ints,
    firsts: Places,
    lasts: Places,
    begins: Places,
    sizes: Places,
    normal: Ints,
    seen: Bytes,
    singles: Ints,
    keys: Places,
    values: Ints,
    bits: int,
    start: int,
    end: int,
    punctuation: bool,
    symbols: Ints,
    starts: Ints,
    ends: Ints,
    bounds: Places,
) -> int:
    """The words of texts, each text between its marks; how many there are with the marks.

    Args:
        codes, firsts, lasts: the characters of a sheet and its pieces.
        begins, sizes: its texts, (n_texts,).
        normal, seen, singles: of every character, (0x110000,), what it is normally, whether it
            makes words, and its number as a word of its own.
        keys, values, bits: a table of hashes and their numbers.
        start, end: the numbers of the marks.
        symbols, starts, ends: (n_pieces,), written; `bounds`, (n_texts + 1,), too.
    """
    n, mask = 0, (1 << bits) - 1
    hashes = np.empty(len(firsts), np.int64)
    for piece in range(len(firsts)):
        hashes[piece] = _hash(codes, normal, firsts[piece], lasts[piece])
    # The table is asked for many words before an answer is used.
    held, numbers = np.empty(len(firsts), np.int64), np.empty(len(firsts), np.int32)
    for piece in range(len(firsts)):
        slot = ((hashes[piece] * MULTIPLIER) >> (64 - bits)) & mask
        held[piece], numbers[piece] = keys[slot], values[slot]
    piece = 0
    for text in range(len(begins)):
        bounds[text] = n
        behind = begins[text] + sizes[text]
        symbols[n], starts[n], ends[n] = start, begins[text] - 1, begins[text]
        n, piece = n + 1, piece + 1
        while piece < len(firsts) and firsts[piece] < behind:
            first, last = firsts[piece], lasts[piece]
            number = np.int64(numbers[piece])
            if last - first == 1:
                number = np.int64(singles[codes[first]])
            elif seen[codes[first]] == 0 and not _is_seen(
                codes, normal, seen, first, last, punctuation
            ):
                number = DROPPED
            elif held[piece] != hashes[piece] and number != UNKNOWN:
                number = _number(hashes[piece], keys, values, bits)
            symbols[n], starts[n], ends[n] = number, first, last
            n += number != DROPPED
            piece += 1
        symbols[n], starts[n], ends[n] = end, behind, behind + 1
        symbols[n + 1], starts[n + 1], ends[n + 1] = UNKNOWN, behind + 1, behind + 2
        n, piece = n + 2, piece + 2
    bounds[len(begins)] = n
    return n


@loop(
    NUMBER(
        INTS, INTS, INTS, INTS, INTS, PLACES, INTS, NUMBER, INTS, PLACES, NUMBER, INTS, PLACES,
        INTS, NUMBER, YES, PLACES, INTS, INTS_OUT, INTS_OUT, INTS_OUT, PLACES_OUT,
    )
)  # fmt: skip
def add_parts(
    codes: Ints,
    narrow: Ints,
    words: Ints,
    firsts: Ints,
    lasts: Ints,
    bounds: Places,
    numbers: Ints,
    shift: int,
    pairs: Ints,
    table: Places,
    trie_bits: int,
    normal: Ints,
    keys: Places,
    values: Ints,
    bits: int,
    with_unknown: bool,
    rare: Places,
    rare_numbers: Ints,
    symbols: Ints,
    starts: Ints,
    ends: Ints,
    own_bounds: Places,
) -> int:
    """Words with the dictionary's words of two, then three characters before each that holds them.

    Args:
        narrow: the characters with narrow letters, as they were cut.
        words, firsts, lasts, bounds: by `number_words`.
        numbers, shift, pairs, table, trie_bits: the dictionary.
        with_unknown: whether words that have no number are wanted.
        rare, rare_numbers: first, behind the last character and number of other words that stand
            within longer ones, in the order of this row.
        symbols, starts, ends: as many as all words can have parts, written.
    """
    n, other = 0, 0
    for text in range(len(bounds) - 1):
        own_bounds[text] = n
        for word in range(bounds[text], bounds[text + 1]):
            first, last = np.int64(firsts[word]), np.int64(lasts[word])
            if last - first > 2:
                is_ascii = True
                for i in range(first, last):
                    is_ascii &= codes[i] < ASCII_END
                for length in range(2, min(4, last - first)):
                    for at in range(first, last - length + 1):
                        if not is_ascii and is_word(
                            narrow, numbers, shift, pairs, table, trie_bits, at, at + length
                        ):
                            key = _hash(codes, normal, at, at + length)
                            number = _number(key, keys, values, bits)
                            symbols[n], starts[n], ends[n] = number, at, at + length
                            n += (number != UNKNOWN) | with_unknown
                        elif (
                            other < len(rare_numbers)
                            and rare[2 * other] == at
                            and rare[2 * other + 1] == at + length
                        ):
                            number = np.int64(rare_numbers[other])
                            symbols[n], starts[n], ends[n] = number, at, at + length
                            n, other = n + 1, other + 1
            symbols[n], starts[n], ends[n] = words[word], first, last
            n += 1
    own_bounds[len(bounds) - 1] = n
    return n


@loop(NUMBER(INTS, PLACES, PLACES, INTS, INTS_OUT, INTS_OUT, PLACES_OUT))
def number_characters(
    codes: Ints,
    begins: Places,
    sizes: Places,
    numbers: Ints,
    symbols: Ints,
    starts: Ints,
    bounds: Places,
) -> int:
    """The characters of texts that are seen, with the marks around each text."""
    n = 0
    for text in range(len(begins)):
        bounds[text] = n
        for i in range(begins[text] - 1, begins[text] + sizes[text] + 2):
            symbols[n], starts[n] = numbers[codes[i]], i
            n += symbols[n] != DROPPED
    bounds[len(begins)] = n
    return n
