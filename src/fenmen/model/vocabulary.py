"""Terms as strings, for people and files, and as rows of numbers, for machines."""

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from fenmen.model.reading import Ints


def word_rows(terms: Sequence[str], numbers: Mapping[str, int]) -> Ints:
    """Terms whose words are joined by spaces as rows of word numbers, (n_terms, longest)."""
    if not terms:
        return np.zeros((0, 1), np.int32)
    flat = words_of(terms)
    signs = np.frombuffer("\n".join(terms).encode("utf-8", "surrogatepass"), np.uint8)
    gaps = signs[(signs == ord(" ")) | (signs == ord("\n"))]  # what stands after each word
    last = np.flatnonzero(np.append(gaps, ord("\n")) == ord("\n"))
    lengths = np.diff(last, prepend=-1)
    rows = np.zeros((len(terms), int(lengths.max())), np.int32)
    row = np.repeat(np.arange(len(terms)), lengths)
    column = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    rows[row, column] = np.fromiter(map(numbers.__getitem__, flat), np.int32, len(row))
    return rows


def words_of(terms: Sequence[str]) -> list[str]:
    """The words of all terms in a row."""
    return " ".join(terms).split(" ") if terms else []


def number_words(vocabularies: Sequence[Sequence[str]]) -> dict[str, int]:
    """All words of the vocabularies, numbered from 1 in the order of first sight."""
    words = dict.fromkeys(chain.from_iterable(map(words_of, vocabularies)))
    return {word: number for number, word in enumerate(words, start=1)}


def word_terms(rows: Ints, words: Sequence[str]) -> list[str]:
    """Rows of word numbers as terms; `words[i]` is word i + 1."""
    names = ["", *words]
    return [" ".join([names[n] for n in row if n]) for row in rows.tolist()]


def character_rows(terms: Sequence[str], alphabet: str) -> Ints:
    """Terms as rows of character numbers, (n_terms, longest), from 1."""
    codes = term_codes(terms)
    known = np.frombuffer(alphabet.encode("utf-32-le", "surrogatepass"), "<u4")
    return np.where(codes > 0, np.searchsorted(known, codes) + 1, 0).astype(np.int32)


def alphabet_of_terms(vocabularies: Sequence[Sequence[str]]) -> str:
    """The different characters of the vocabularies in code order."""
    seen = [np.unique(term_codes(terms)) for terms in vocabularies]
    codes = np.unique(np.concatenate([*seen, np.empty(0, np.uint32)]))
    return "".join(map(chr, codes[codes > 0].tolist()))


def character_terms(rows: Ints, alphabet: str) -> list[str]:
    """Rows of character numbers as terms."""
    codes = np.frombuffer(("\0" + alphabet).encode("utf-32-le", "surrogatepass"), "<u4")
    packed: NDArray[np.str_] = np.ascontiguousarray(codes[rows]).view(f"<U{rows.shape[1]}").ravel()
    terms: list[str] = packed.tolist()
    return terms


def term_codes(terms: Sequence[str]) -> NDArray[np.uint32]:
    """The characters of the terms as codes, (n_terms, longest), padded with 0."""
    longest = max(map(len, terms), default=1) or 1
    packed = np.array(terms, dtype=f"<U{longest}")
    return packed.view("<u4").reshape(len(terms), longest)
