import numpy as np
import pytest

from fenmen.model.vocabulary import (
    alphabet_of_terms,
    are_sound,
    character_rows,
    character_terms,
    read_words,
    word_terms,
)

WORDS = ["河流", "河流 水库", "灌溉", "⟨s 河流", "苗圃 s⟩", "A股", "𠮷野家 水库"]
SEARCH = ["苗圃", "水库", "河流"]


def test_terms_of_words_come_back_from_their_rows():
    numbers, (words, search) = read_words([WORDS, SEARCH])
    assert word_terms(words, list(numbers)) == WORDS
    assert word_terms(search, list(numbers)) == SEARCH
    assert search.shape == (3, 1)
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))


def test_vocabularies_share_the_numbers_of_their_words():
    numbers, (words, search) = read_words([WORDS, SEARCH])
    assert words[0, 0] == search[2, 0] == numbers["河流"]
    assert set(numbers) == {word for term in WORDS + SEARCH for word in term.split(" ")}


def test_no_vocabulary_has_no_words():
    assert read_words([]) == ({}, [])


def test_terms_of_characters_come_back_from_their_rows():
    terms = ["水", "水库", "\x02水", "𠮷野家"]
    alphabet = alphabet_of_terms([terms])
    rows = character_rows(terms, alphabet)
    assert rows.shape == (4, 3)
    assert character_terms(rows, alphabet) == terms
    assert np.count_nonzero(rows[0]) == 1


@pytest.mark.parametrize(
    "terms",
    [["水", ""], ["水 "], [" 水"], ["水  库"], ["水\n库"], ["水\u3000库"], ["水\t库", "河"], [""]],
)
def test_broken_terms_are_noticed(terms):
    assert not are_sound(terms, spaced=True)
    assert not are_sound(terms, spaced=False)


def test_a_space_may_part_words_and_not_characters():
    assert are_sound(WORDS, spaced=True)
    assert not are_sound(WORDS, spaced=False)
    assert are_sound(["水库", "河"], spaced=False)
