"""Terms as strings, for people and files, and as rows of numbers, for machines."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from fenmen.model.keys import Keys, KeyTable
from fenmen.model.reading import Ints, hash_runs
from fenmen.model.signs import CODES, codes_of, white_space


def are_sound(terms: Sequence[str], spaced: bool) -> bool:
    """Whether no term is empty or holds white space, but single spaces between its words."""
    if "" in terms or not terms:
        return not terms
    codes = codes_of("\n".join(terms))
    breaks, newlines = white_space()[codes], codes == ord("\n")
    allowed = newlines | (codes == ord(" ")) if spaced else newlines
    return bool(
        np.count_nonzero(newlines) == len(terms) - 1
        and (breaks == allowed).all()
        and not (breaks[1:] & breaks[:-1]).any()
        and not breaks[[0, -1]].any()
    )


def read_words(vocabularies: Sequence[Sequence[str]]) -> tuple[dict[str, int], list[Ints]]:
    """Terms whose words are joined by spaces as rows of word numbers.

    The words are told apart by their hashes: to cut a million terms into strings would take most
    of the time that a model needs to load.

    Returns:
        The words of all vocabularies, numbered from 1, and each vocabulary as (n_terms, longest).
    """
    text = "\n".join(chain.from_iterable(vocabularies))
    if not text:
        return {}, [np.zeros((0, 1), np.int32) for _ in vocabularies]
    codes = codes_of(text)
    gaps = np.flatnonzero((codes == ord(" ")) | (codes == ord("\n")))  # what stands after a word
    firsts, lasts = np.append(0, gaps + 1), np.append(gaps, len(codes))
    ends = np.flatnonzero(np.append(codes[gaps] == ord("\n"), True))  # the last word of each term
    lengths = np.diff(ends, prepend=-1)
    keys = hash_runs(codes, firsts, lasts)
    table = KeyTable(_different(keys, keys[ends[lengths == 1]]))
    numbers = table.find(keys) + 1
    where = np.zeros(int(numbers.max(initial=0)), np.int64)
    where[numbers - 1] = np.arange(len(numbers))  # any one of a word's places will do
    words = [text[a:b] for a, b in zip(firsts[where].tolist(), lasts[where].tolist(), strict=True)]
    sizes = [len(terms) for terms in vocabularies]
    rows = np.split(_rows(numbers, lengths), np.cumsum(sizes)[:-1])
    return dict(zip(words, range(1, len(words) + 1), strict=True)), [_narrow(own) for own in rows]


def _different(keys: Keys, likely: Keys) -> Keys:
    """The different keys; most of them are among the likely ones, which saves sorting all."""
    known = np.unique(likely)
    return np.concatenate([known, np.unique(keys[KeyTable(known).find(keys) < 0])])


def _rows(numbers: Ints, lengths: NDArray[np.int64]) -> Ints:
    """Numbers in a row as one row for each run of the lengths, padded with 0."""
    rows = np.zeros((len(lengths), int(lengths.max(initial=1))), np.int32)
    rows[np.arange(rows.shape[1]) < lengths[:, None]] = numbers
    return rows


def _narrow(rows: Ints) -> Ints:
    """Without the columns that are 0 in every row."""
    longest = int(rows.any(axis=0).sum())
    return np.ascontiguousarray(rows[:, : max(longest, 1)])


def word_terms(rows: Ints, words: Sequence[str]) -> list[str]:
    """Rows of word numbers as terms; `words[i]` is word i + 1."""
    names = ["", *words]
    return [" ".join([names[n] for n in row if n]) for row in rows.tolist()]


def character_rows(terms: Sequence[str], alphabet: str) -> Ints:
    """Terms as rows of character numbers, (n_terms, longest), from 1."""
    numbers = np.zeros(CODES, np.int32)
    numbers[codes_of(alphabet)] = np.arange(1, len(alphabet) + 1)
    longest = max(map(len, terms), default=1) or 1
    packed = np.array(terms, dtype=f"<U{longest}").view("<u4")
    return np.asarray(numbers[packed.reshape(len(terms), longest)])


def alphabet_of_terms(vocabularies: Sequence[Sequence[str]]) -> str:
    """The different characters of the vocabularies in code order."""
    seen = np.zeros(CODES, bool)
    for terms in vocabularies:
        seen[codes_of("".join(terms))] = True
    return "".join(map(chr, np.flatnonzero(seen).tolist()))


def character_terms(rows: Ints, alphabet: str) -> list[str]:
    """Rows of character numbers as terms."""
    codes = np.frombuffer(("\0" + alphabet).encode("utf-32-le", "surrogatepass"), "<u4")
    packed: NDArray[np.str_] = np.ascontiguousarray(codes[rows]).view(f"<U{rows.shape[1]}").ravel()
    terms: list[str] = packed.tolist()
    return terms
