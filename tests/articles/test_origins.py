from hypothesis import given
from hypothesis import strategies as st

from fenmen.articles.clean import clean
from fenmen.articles.origins import Origins

PARTS = ["社工", "心 理", "ａ１", "◆", "　", " ", "\n", "\r\n", "——", "。", "PM 2.5", "\u200b", "○"]


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_every_character_is_found_where_it_stood(text):
    cleaned = clean(text)
    origins = Origins(text, cleaned)
    places = [origins.place(i) for i, c in enumerate(cleaned) if not c.isspace()]
    assert places == sorted(set(places))
    narrow = str.maketrans("ａ１", "a1")
    found = "".join(text[place] for place in places).translate(narrow)
    assert found == "".join(cleaned.split())


def test_a_text_without_anything_to_clean_keeps_its_places():
    text = "社工站开门。\n热线响了。"
    assert [Origins(text, text).place(i) for i in range(6)] == list(range(6))


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_words_are_found_where_their_characters_stood(text):
    cleaned = clean(text)
    origins = Origins(text, cleaned)
    for start, end in spans_of(cleaned):
        found = origins.span(start, end)
        assert found == (origins.place(start), origins.place(end - 1) + 1)


def spans_of(cleaned):
    """Every run of up to six characters that neither begins nor ends with a new line."""
    for start in range(len(cleaned)):
        for end in range(start + 1, min(start + 7, len(cleaned) + 1)):
            if "\n" not in (cleaned[start], cleaned[end - 1]):
                yield start, end
