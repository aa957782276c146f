"""Many texts cleaned together are what each is when cleaned alone."""

import random
import re

import pytest

from fenmen.articles import cleaning
from fenmen.articles.clean import SUSPECT, clean
from fenmen.articles.cleaning import clean_all

TEXTS = [
    "",
    "\n\n",
    "社工站开门。",
    "社工站开门。\n\n热线响了。\n",
    "----\n社工站开门。\n* * *",
    "　　２０２４年，社 工 站 开 门。\r\n热线响了\u2028第二天回访。",
    "二○二四年○社工站★开门\u200b",
    "NGO 在 北京 开会\t，共 12 人",
    "半个字\ud83d和一个整字\ud83d\ude00\n第二行",
]
SIGNS = (
    "社工 \n\r\t\x0b\x1c\x85\u2028\u3000-=*—|·○■★※\u200bＡｂ１％，。ab12"
    "\ud83d\ude00😀\ue000\xa0二〇"
)


def test_texts_are_cleaned_together_as_alone():
    assert clean_all(TEXTS) == [clean(text) for text in TEXTS]


def test_no_text_is_no_work():
    assert clean_all([]) == []


@pytest.mark.parametrize("seed", range(3))
def test_any_signs_are_cleaned_together_as_alone(seed):
    chance = random.Random(seed)
    texts = ["".join(chance.choices(SIGNS, k=chance.randrange(30))) for _ in range(4000)]
    assert clean_all(texts) == [clean(text) for text in texts]


def test_every_character_that_is_cleaned_makes_its_line_be_looked_at():
    suspect = re.compile(rf"[{SUSPECT}\s]")
    kinds = cleaning._kinds()
    looked_at = {code for code, kind in enumerate(kinds.tolist()) if kind not in (0, cleaning.RULE)}
    assert looked_at == {code for code in range(0x110000) if suspect.match(chr(code))}
