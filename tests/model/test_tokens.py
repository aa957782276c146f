import pickle
import random
import threading
import time

import pytest

from fenmen.errors import FenmenError
from fenmen.model.tokens import (
    CUT_BY_RULE,
    NARROW,
    Tokenizer,
    UserWord,
    normalise,
    read_user_dictionary,
)
from fenmen.simplified import simplify
from tests.model.samples import ROOT, USER_WORDS, shared_texts, written_texts

PLAIN = Tokenizer("rjieba")


@pytest.fixture(scope="module")
def engines():
    words = read_user_dictionary(ROOT / "data" / "lexicon" / "userdict.txt")
    return Tokenizer("rjieba", words), Tokenizer("jieba", words)


# --- the four facts ---


@pytest.mark.parametrize("source", [written_texts, shared_texts])
def test_both_engines_cut_every_text_at_hand_alike(engines, source):
    rust, python = engines
    for text in source():
        assert rust.pieces(text) == python.pieces(text)


def test_both_engines_cut_odd_signs_alike(engines):
    rust, python = engines
    chooser = random.Random(1)
    common = "二〇二一年五社联动未成年人心理健康的是在不了有和γ射线T恤4S店iPhone-.+#%&_2025"
    odd = "ァカ한국ÉÀбв①Ⅷ℃々〆㐂䶵龥龦鿕鿖鿿𠮷𪚥\uf900\ufa11﹏ \t\n\r\u3000\u200b\0"
    odd += "。，！“”…—·•￥½²٣０Ａ．％"
    for _ in range(8000):
        letters = [
            chooser.choice(common if chooser.random() < 0.7 else odd)
            for _ in range(chooser.randint(1, 14))
        ]
        text = "".join(letters)
        assert rust.pieces(text) == python.pieces(text), repr(text)


def test_search_words_are_those_of_the_engines_search_mode(engines):
    for tokenizer in engines:
        for text in [
            "中华人民共和国生态环境保护法修订草案",
            "困境儿童事实无人抚养，社工站五社联动",
            "北京大学生物系",
        ]:
            engine = tokenizer._engine
            expected = [word for word in engine.cut_for_search(text) if word != "，"]
            assert tokenizer.search_words(text) == expected


def test_search_words_of_every_written_text_are_the_engines(engines):
    rust, _ = engines
    for text in written_texts():
        if not CUT_BY_RULE.search(text) and simplify(text) == text == text.translate(NARROW):
            expected = rust._engine.cut_for_search(text)
            expected = [word.lower() for word in expected if any(map(str.isalnum, word))]
            assert rust.search_words(text) == expected


def test_rjieba_lets_other_threads_run():
    # Held, the lock would leave this thread a handful of steps before and after each cut; on a busy
    # machine it may also get none although the lock is free.
    assert any(_steps_during_a_cut() > 200 for _ in range(50))


def _steps_during_a_cut():
    text = "我们在城市的公园里散步，讨论明天的会议安排。" * 40_000
    engine = PLAIN._engine
    running, finished = threading.Event(), threading.Event()

    def cut():
        running.set()
        engine.cut(text)
        finished.set()

    thread = threading.Thread(target=cut)
    thread.start()
    running.wait()
    steps = 0
    while not finished.is_set():
        steps += 1
        time.sleep(0)
    thread.join()
    return steps


def test_a_long_row_of_one_character_is_cut_in_linear_time():
    def seconds(length):
        started = time.process_time()
        PLAIN.pieces("的" * length)
        return time.process_time() - started

    seconds(1000)
    # Linear time makes the second 20 times the first, quadratic 400 times.
    short, long = (min(seconds(length) for _ in range(5)) for length in (10_000, 200_000))
    assert long < 100 * max(short, 1e-3)


def test_rjieba_is_faster_than_jieba(engines):
    rust, python = engines
    text = "全市社会工作站为困境儿童和独居老人提供上门服务，志愿者按月回访。" * 300

    def seconds(tokenizer):
        started = time.process_time()
        tokenizer.pieces(text)
        return time.process_time() - started

    # Usually far more than ten times; experiments/tokens measures it.
    assert seconds(python) > 2 * min(seconds(rust) for _ in range(3))


def test_words_added_elsewhere_do_not_reach_a_tokenizer():
    import jieba

    text = "他在小谷围岛的民宿住下"
    before = [Tokenizer(engine).pieces(text) for engine in ("rjieba", "jieba")]
    other = Tokenizer("rjieba", [UserWord("小谷围岛", 900_000)])
    assert "小谷围岛" in other.pieces(text)
    jieba.setLogLevel(60)
    jieba.dt.FREQ, jieba.dt.total, jieba.dt.initialized = {"小": 1}, 1, True
    jieba.add_word("小谷围岛的")
    jieba.del_word("谷围")
    assert [Tokenizer(engine).pieces(text) for engine in ("rjieba", "jieba")] == before


def test_jieba_leaves_no_cache_in_the_shared_temporary_folder(tmp_path, monkeypatch):
    from fenmen.model.engines import engine_of

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    engine_of.cache_clear()
    Tokenizer("jieba").pieces("垃圾分类")
    assert list(tmp_path.iterdir()) == []


# --- what a token is ---


def test_runs_of_letters_and_digits_are_split_by_one_rule():
    assert PLAIN.words("2025-06-24，PM2.5达到35.2，AT&T与C++涨50%，COVID-19 foo_bar end.") == [
        *("2025", "06", "24", "pm2.5", "达到", "35.2", "at&t", "与", "c++", "涨", "50%"),
        *("covid", "19", "foo", "bar", "end"),
    ]


def test_dictionary_words_with_letters_stay_whole():
    assert PLAIN.words("他穿Ｔ恤买A股，去4S店") == ["他", "穿", "t恤", "买", "a股", "去", "4s店"]


def test_punctuation_and_spaces_are_no_words():
    assert PLAIN.words("　“……”——\t！？\n《》●★") == []


def test_one_character_words_are_kept():
    assert PLAIN.words("我的家") == ["我", "的", "家"]


def test_words_of_the_user_dictionary_stay_whole():
    text = "五社联动助力困境儿童"
    assert Tokenizer("rjieba").words(text) != Tokenizer("rjieba", USER_WORDS).words(text)
    assert Tokenizer("rjieba", USER_WORDS).words(text) == ["五社联动", "助力", "困境儿童"]


def test_places_point_into_the_text():
    text = "Ａ股：2025-06-24 PM2.5\n社工站 Istanbul"
    for token in Tokenizer("rjieba", USER_WORDS).tokens(text):
        assert normalise(text)[token.start : token.end] == normalise(token.word)


@pytest.mark.parametrize("text", ["Ａｂ１２，Ｃ", "İI\u2028\t\n", "社工ＡＢＣ", "", "ﬀẞ"])
def test_normalising_keeps_every_place_and_happens_once(text):
    assert len(normalise(text)) == len(text)
    assert normalise(normalise(text)) == normalise(text)


def test_half_of_a_surrogate_pair_is_cut_like_any_sign(engines):
    for tokenizer in engines:
        assert tokenizer.words("社工\ud800站") == tokenizer.words("社工，站")


def test_a_tokenizer_travels_to_another_process():
    again = pickle.loads(pickle.dumps(Tokenizer("rjieba", USER_WORDS)))
    assert again.words("五社联动") == ["五社联动"]


def test_unknown_engine_names_the_choices():
    with pytest.raises(FenmenError, match="E_TOKENS.*'hanlp'.*rjieba, jieba"):
        Tokenizer("hanlp")


# --- the user dictionary ---


def test_a_dictionary_reads_with_and_without_frequency_and_tag(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text(
        "\ufeff# 社工\n五社联动\n\n社工站 300\n困境儿童 5 nr\n双百工程 n\n", encoding="utf-8"
    )
    words = read_user_dictionary(path)
    assert [(w.word, w.tag) for w in words][-2:] == [("困境儿童", "nr"), ("双百工程", "n")]
    assert words[1].frequency == 300


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("社工站 很多", "line 2: '很多' is neither"),
        ("社工站 0", "line 2: frequency of '社工站'"),
        ("社工站 999999999999", "line 2: frequency"),
        ("站", "line 2: '站' is not 2 to 32"),
        ("站" * 33, "line 2: .* is not 2 to 32"),
        ("社工-站", "line 2: .*Chinese characters"),
        ("PM2.5", "line 2: .*Chinese characters"),
        ("五社联动", "line 2: '五社联动' stands twice"),
        ("社工站 5 n n", "line 2: 'n' is neither"),
    ],
)
def test_a_faulty_line_of_a_dictionary_is_named(tmp_path, line, fault):
    path = tmp_path / "words.txt"
    path.write_text(f"五社联动\n{line}\n", encoding="utf-8")
    with pytest.raises(FenmenError, match=f"E_USERDICT.*{fault}"):
        read_user_dictionary(path)


def test_all_faults_of_a_dictionary_are_told_at_once(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("站\n社工站\n社工站\n", encoding="utf-8")
    with pytest.raises(FenmenError, match="line 1.*line 3"):
        read_user_dictionary(path)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", None])
def test_an_unreadable_dictionary_is_a_typed_error(tmp_path, content):
    path = tmp_path / "words.txt"
    if content:
        path.write_bytes(content)
    with pytest.raises(FenmenError, match="E_USERDICT.*cannot be read"):
        read_user_dictionary(path)
