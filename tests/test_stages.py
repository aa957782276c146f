"""The stages as a user runs them: as programs, in a folder of their own."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SMALL = 160  # segments: enough for every topic, trained in two seconds


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """A copy of the project with a small corpus."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("conf", "src"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
        )
    for name in ("dvc.yaml", "params.yaml"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "data/corpus").mkdir(parents=True)
    shutil.copytree(ROOT / "data/lexicon", folder / "data/lexicon")
    lines = [
        line
        for path in sorted((ROOT / "data/corpus").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    few = lines[:: len(lines) // SMALL]
    (folder / "data/corpus/few.jsonl").write_text("\n".join(few) + "\n", "utf-8")
    return folder


def run(project, *command, expect=0):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=project, capture_output=True, text=True
    )
    assert done.returncode == expect, done.stdout + done.stderr
    return done


def digest(done):
    return done.stdout.split("digest")[1].split()[0]


def test_training_prints_the_table_and_writes_the_bundle(project):
    done = run(project, "src.train", "folds=2")
    for row in ("precision", "mental_health", "social_work", "micro", "macro", "subset"):
        assert row in done.stdout
    assert (project / "models/default/manifest.json").exists()


def test_the_documented_overrides_train_what_they_name(project):
    run(
        project,
        "src.train",
        "tokens=jieba",
        "model=logistic",
        "features=words",
        "seed=7",
        "folds=2",
        "bundle=models/other",
    )
    card = (project / "models/other/MODEL_CARD.md").read_text("utf-8")
    assert "Views: words." in card
    assert "logistic 1.00" in card
    assert "Tokens: jieba" in card


def test_the_same_seed_gives_the_same_bytes(project):
    first = digest(run(project, "src.train", "folds=2", "features=words", "bundle=models/a"))
    again = digest(
        run(project, "src.train", "folds=2", "features=words", "bundle=models/b", "jobs=1")
    )
    assert first == again


def test_jobs_of_a_sweep_write_apart(project):
    done = run(
        project,
        "src.train",
        "--multirun",
        "seed=1,2",
        "folds=2",
        "features=words",
        "bundle=models/sweep",
    )
    bundles = sorted(project.glob("multirun/*/*/*/models/sweep/manifest.json"))
    assert len(bundles) == 2
    assert len({path.read_text("utf-8") for path in bundles}) == 2
    assert not (project / "models/sweep").exists()
    assert done.stdout.count("digest") == 2


def test_evaluating_writes_figures_of_the_test_part(project):
    run(project, "src.train", "folds=2", "features=words")
    run(project, "src.evaluate", "metrics=reports/figures.json")
    found = json.loads((project / "reports/figures.json").read_text("utf-8"))
    tested = (project / "data/prepared/written/test.jsonl").read_text("utf-8").splitlines()
    assert found["rows"] == len(tested)
    assert set(found["topics"]) == {"mental_health", "child_welfare", "environment", "social_work"}


def test_an_unknown_choice_names_the_known_ones(project):
    done = run(project, "src.train", "tokens=pkuseg", expect=1)
    assert "Could not find 'tokens/pkuseg'" in done.stderr
    assert "rjieba" in done.stderr


def test_an_unknown_engine_is_one_line_not_a_traceback(project):
    done = run(project, "src.train", "tokens.engine=pkuseg", expect=2)
    assert done.stderr.startswith("E_TOKENS")
    assert "Traceback" not in done.stderr


def test_a_topic_with_one_class_only_is_told_and_never_given(project):
    corpus = project / "data/one"
    corpus.mkdir()
    source = (project / "data/corpus/few.jsonl").read_text("utf-8").splitlines()
    kept = [line for line in source if "environment" not in json.loads(line)["topics"]]
    (corpus / "a.jsonl").write_text("\n".join(kept) + "\n", "utf-8")
    done = run(
        project,
        "src.train",
        "corpus.folder=data/one",
        "corpus.prepared=data/prepared/one",
        "folds=2",
        "features=words",
        "bundle=models/one",
    )
    assert "topic 'environment': none of" in " ".join(done.stdout.split())
    import fenmen

    tagger = fenmen.load(project / "models/one")
    tagged = tagger.tag("河长巡河时发现暗管排污，污水直排湿地，生态环境局立案处罚，责令修复。" * 3)
    assert "environment" not in [tag.topic for tag in tagged.tags]


BOATS = (
    "拖网 带鱼 小黄鱼 梭子蟹 收购商 过秤 休渔期 开捕 大汛 船老大 补网 加冰 柴油 船员 舱底 鱼筐 "
    "冷库 马鲛鱼 围网 "
    "流刺网 渔政 禁渔线 赶海 鱼市 虾皮 墨鱼 海鳗 渔火 渔港 靠岸 分档 鲜销 虾干 晒场 渔歌 锚地"
)
BOXES = (
    "集装箱 货轮 引航员 桥吊 标准箱 报关行 放行单 航运公司 欧洲线 舱位 运价 码头 堆场 拖车 提单 "
    "班轮 干线 支线 中转 "
    "海关 查验 吃水 泊位 靠泊 装卸 龙门吊 船期 甩柜 空箱 租船 航次 船东 货代 订舱 保税 闸口"
)


def listed(words, number):
    """A text of these words in an order of its own, no reprint of another."""
    order = random.Random(number).sample(words.split(), 34)
    return f"{'、'.join(order)}，值班员一样一样记了下来。"


def test_another_taxonomy_needs_no_change_of_code(project):
    (project / "conf/taxonomy/harbour.yaml").write_text(
        "name: harbour\ntopics:\n  - {id: fishing, name: 渔业}\n  - {id: shipping, name: 航运}\n",
        "utf-8",
    )
    corpus = project / "data/harbour"
    corpus.mkdir()
    rows = [
        {
            "id": f"h{i}",
            "group": f"h{i}",
            "register": "news",
            "origin": "written",
            "text": listed((BOATS, BOXES)[i % 2], i),
            "topics": [("fishing", "shipping")[i % 2]],
        }
        for i in range(24)
    ]
    (corpus / "a.jsonl").write_text(
        "\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8"
    )
    run(
        project,
        "src.train",
        "taxonomy=harbour",
        "corpus.folder=data/harbour",
        "corpus.prepared=data/prepared/harbour",
        "folds=2",
        "features=[words,chars]",
        "bundle=models/harbour",
    )
    import fenmen

    tagged = fenmen.load(project / "models/harbour").tag(listed(BOATS, 99))
    assert [tag.topic for tag in tagged.tags] == ["fishing"]
