import random
from pathlib import Path

import numpy as np
import pytest

from fenmen.model.cutter import RULE, _kinds, cutter_of
from fenmen.model.dictionary import CUT_BY_RULE
from fenmen.model.sheet import lay
from fenmen.model.tokens import Tokenizer, UserWord, read_user_dictionary
from fenmen.model.words import cut
from fenmen.simplified import simplify

USER_WORDS = (
    *read_user_dictionary(Path("data/lexicon/userdict.txt")),
    UserWord("t恤衫"),
    UserWord("困境儿童之家", 7),
)
PLAIN, WITH_USER_WORDS = Tokenizer(), Tokenizer("rjieba", USER_WORDS)

SENTENCES = (
    "社工站的社工每周三上门，陪独居老人说话，也替困境儿童联系志愿者补课。",
    "2025年6月24日，PM2.5与COD-Mn两项数据当天就传到了AT&T，增长３．５％，Ｔ恤２件、t恤衫3件。",
    "的的的的，哈哈哈哈哈，天天天天向上，好好好学习学习！",
    "研究生命起源的结婚的和尚未结婚的\r\n下雨天留客天留我不留\t乒乓球拍卖完了",
    "㐀龘𠀀亍饕餮鿕〇○ㄅ한글かな¼ℵ\x01\x02\x00\u200b",
    "習近平總書記強調，臺灣的發展與學習著名的乾坤。",
    "不要看僧面看佛面，另有十一封信谈到自贸试验区里常在雨中跑的人",
    "",
    " ",
    "\n\n",
    "\ud800一\udfff",
)


def pieces(texts, tokenizer):
    """The pieces of each text, by the cutter."""
    row = cut(lay(texts), cutter_of(tokenizer))
    ends = [*zip(row.firsts.tolist(), row.lasts.tolist(), strict=True)]
    return [
        [row.sheet.text[a:b] for a, b in ends if first <= a < first + size]
        for first, size in zip(row.sheet.firsts.tolist(), row.sheet.sizes.tolist(), strict=True)
    ]


def lengths(of):
    return [[len(piece) for piece in own] for own in of]


@pytest.mark.parametrize("tokenizer", [PLAIN, WITH_USER_WORDS], ids=["plain", "user words"])
def test_many_texts_at_once_are_cut_as_the_engine_cuts_each(tokenizer):
    expected = [tokenizer.pieces(text) for text in SENTENCES]
    assert lengths(pieces(SENTENCES, tokenizer)) == lengths(expected)


def test_the_written_corpus_is_cut_as_the_engine_cuts_it():
    for path in sorted(Path("data/corpus").glob("*.jsonl")):
        lines = path.read_text("utf-8").splitlines()
        expected = [list(map(len, WITH_USER_WORDS.pieces(line))) for line in lines]
        assert lengths(pieces(lines, WITH_USER_WORDS)) == expected


def mixtures(count):
    """Words of the dictionary, single characters, letters and signs in random order."""
    chance = random.Random(11)
    some = "".join(map(chr, cutter_of(WITH_USER_WORDS).prefixes.characters.tolist()))
    frequent = [piece for sentence in SENTENCES[:4] for piece in WITH_USER_WORDS.pieces(sentence)]
    lines = []
    for _ in range(count):
        two = [chance.choice(some), chance.choice(some)]
        kinds = (two, frequent, some, [chance.choice(frequent)], [*two, "，", "A", "7", "."])
        lines.append("".join(chance.choices(chance.choice(kinds), k=chance.randint(1, 25))))
    return [simplify(line) for line in lines]


def test_words_of_the_dictionary_in_any_mixture_are_cut_as_the_engine_cuts_them():
    lines = mixtures(4000)
    expected = [list(map(len, WITH_USER_WORDS.pieces(line))) for line in lines]
    assert lengths(pieces(lines, WITH_USER_WORDS)) == expected


def test_a_block_of_any_length_is_cut():
    long = "社会工作者协会心理援助热线" * 400
    assert lengths(pieces([long], PLAIN)) == [list(map(len, PLAIN.pieces(long)))]


def test_a_user_word_gets_its_own_frequency_even_if_the_dictionary_has_it():
    tokenizer = Tokenizer("rjieba", (UserWord("结婚", 1), UserWord("婚的", 900_000)))
    text = "结婚的和尚未结婚的"
    assert lengths(pieces([text], tokenizer)) == [list(map(len, tokenizer.pieces(text)))]


def test_words_of_some_texts_have_their_places_in_them():
    row = cut(lay(["水，河流", "", "社工站！"]), cutter_of(WITH_USER_WORDS))
    which, starts, ends = row.words(np.array([2, 0, 2]))
    assert which.tolist() == [0, 1, 1, 2]
    assert starts.tolist() == [0, 0, 2, 0]
    assert ends.tolist() == [3, 1, 4, 3]


def test_what_is_cut_by_rule_is_known_by_its_code():
    known = "".join(map(chr, np.flatnonzero(_kinds() == RULE).tolist()))
    everything = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)]))
    assert known == "".join(sorted(CUT_BY_RULE.findall(everything)))
