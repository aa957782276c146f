"""Small Chinese texts for the tests of the model, and what can be trained on them."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from fenmen.model.calibration import DecisionSettings
from fenmen.model.tokens import Tokenizer, UserWord
from fenmen.model.training import Trained, train
from fenmen.model.views import View
from fenmen.taxonomy import Taxonomy, Topic

ROOT = Path(__file__).resolve().parents[2]
USER_WORDS = (UserWord("五社联动"), UserWord("困境儿童"), UserWord("社工站"))

TAXONOMY = Taxonomy(
    "garden",
    (
        Topic("water", "水", seed_words=("河流", "湖泊", "水库", "灌溉")),
        Topic("trees", "树", seed_words=("树木", "森林", "苗圃", "PM2.5")),
        Topic("birds", "鸟"),
    ),
)
EXCLUSIVE = Taxonomy("garden", TAXONOMY.topics, exclusive=True)

SENTENCES = {
    "water": [
        "水库开闸放水，灌溉下游三万亩农田。",
        "村民清理河流两岸的淤泥，水位比去年高了0.6米。",
        "湖泊水面结冰，渔民凿开冰洞下网。",
        "灌溉渠修通以后，旱地变成了水浇地。",
        "河流改道，老桥下已经没有水。",
    ],
    "trees": [
        "苗圃今年育出樟树苗2,000株，森林面积再添一成。",
        "护林员沿着防火道巡查，树木的胸径都记在本子上。",
        "行道树木修剪后，PM2.5监测点也露了出来。",
        "森林里倒下的老松树，成了菌子的家。",
        "春天的苗圃里，嫁接刀一天要磨三回。",
    ],
    "birds": [
        "白鹭在浅滩上站成一排，观鸟者屏住了呼吸。",
        "燕子衔泥，在屋檐下做窝。",
        "候鸟南飞，第一批大雁昨天过境。",
        "喜鹊抢了乌鸦的巢，孩子们看了一下午。",
        "救助站放飞了伤愈的猫头鹰。",
    ],
    "": [
        "公交12路下月起延长到火车站。",
        "夜市的烧烤摊前排起长队，老板娘忙得满头汗。",
        "两家公司签了A股上市辅导协议。",
        "球队在加时赛里输给了对手。",
        "剧院的新戏《长街》明晚首演。",
    ],
}


def samples(n_texts: int = 160, seed: int = 3) -> tuple[list[str], NDArray[np.bool_], list[str]]:
    """Texts of two or three sentences, their labels (n_texts, 3), and their groups."""
    chooser = random.Random(seed)
    texts, labels = [], []
    for _ in range(n_texts):
        kinds = chooser.choices(list(SENTENCES), k=chooser.choice([2, 2, 3]))
        texts.append("".join(chooser.choice(SENTENCES[kind]) for kind in kinds))
        labels.append([topic in kinds for topic in TAXONOMY.ids])
    return texts, np.array(labels), [f"g{i // 2}" for i in range(n_texts)]


def exclusive_samples(n_texts: int = 150) -> tuple[list[str], NDArray[np.bool_], list[str]]:
    """Texts of one topic each."""
    chooser = random.Random(5)
    chosen = [chooser.choice(TAXONOMY.ids) for _ in range(n_texts)]
    texts = ["".join(chooser.choices(SENTENCES[topic] + SENTENCES[""], k=3)) for topic in chosen]
    labels = np.array([[topic == one for topic in TAXONOMY.ids] for one in chosen])
    return texts, labels, [str(i) for i in range(n_texts)]


ALL_VIEWS = (
    View("words", edges=True),
    View("search", kind="search", norm="l1", sublinear=False),
    View("chars", kind="chars", ngram=(1, 3), min_df=2),
    View("lexicon", kind="lexicon", weight=0.3),
    View("presence", idf="none", norm="none", binary=True, edges=True),
    View("pairs", kind="char_pairs", min_df=3, weight=0.5),
    View("together", kind="word_pairs", min_df=2),
)


def small_model(seed: int = 0, **changes: object) -> Trained:
    """A model of every kind of view and two members, trained on the samples."""
    texts, labels, groups = samples()
    settings: dict[str, object] = {
        "taxonomy": TAXONOMY,
        "tokens": Tokenizer("rjieba", USER_WORDS),
        "views": ALL_VIEWS,
        "members": {"svm": LinearSVC(), "nb": ComplementNB()},
        "decision": DecisionSettings(),
        "folds": 4,
        "seed": seed,
    }
    return train(texts, labels, groups, **(settings | changes))  # type: ignore[arg-type]


def written_texts() -> Iterator[str]:
    """Every text of the repository's own data."""
    ours = [ROOT / "data" / name for name in ("corpus", "articles", "pages", "lexicon")]
    for path in sorted(path for folder in ours for path in folder.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                row = json.loads(line)
            except ValueError:
                continue  # the corpus has tests of its own
            yield from (row[key] for key in ("title", "text", "body") if row.get(key))
    for path in sorted(path for folder in ours for path in folder.rglob("*.txt")):
        yield path.read_text(encoding="utf-8")


def shared_texts() -> Iterator[str]:
    """Public texts beside the repository, where there are any."""
    shared = ROOT.parent / "shared"
    for path in sorted(shared.glob("pages/*.txt")):
        yield path.read_text(encoding="utf-8")
    for path in sorted(shared.glob("corpora/legacy-gb18030/*.txt")):
        yield path.read_text(encoding="gb18030", errors="replace")
    for name in ("tnews/dev.tsv", "events/test.csv", "thucnews-titles/test.txt"):
        for folder in (shared / "corpora", ROOT / "data" / "public"):
            if (folder / name).exists():
                yield from (folder / name).read_text(encoding="utf-8").splitlines()[:3000]
                break
