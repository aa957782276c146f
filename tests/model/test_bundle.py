"""Whatever is done to a bundle, loading it gives a typed error or, untouched, the same scores."""

import hashlib
import json
import os
import random
import shutil

import numpy as np
import pytest
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from fenmen.errors import FenmenError
from fenmen.model import bundle_files
from fenmen.model.bundle import load, save
from fenmen.model.scorer import Scorer
from tests.model.samples import samples, small_model

NAMES = sorted(bundle_files.NAMES)
TEXTS = samples(30, seed=21)[0]


@pytest.fixture(scope="module")
def model():
    return small_model().model


@pytest.fixture(scope="module")
def made(model, tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "bundle"
    digest = save(folder, model, card="# 模型卡\n", metrics={"micro": 0.9}, sources={"data": "ab"})
    return folder, digest


@pytest.fixture
def bundle(made, tmp_path):
    return shutil.copytree(made[0], tmp_path / "bundle")


def rehash(folder, **changes):
    """Make the manifest fit the files again, as somebody who tampers would."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) | changes
    for name in manifest["files"]:
        data = (folder / name).read_bytes()
        manifest["files"][name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    dictionary = hashlib.sha256((folder / "userdict.txt").read_bytes()).hexdigest()
    if isinstance(manifest["tokens"], dict):
        manifest["tokens"]["user_dictionary"] = dictionary
    path.write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")


def test_a_loaded_model_scores_as_the_trained_one(model, made):
    folder, digest = made
    loaded = load(folder, expect_digest=digest)
    assert (loaded.scorer.score(TEXTS) == Scorer(model).score(TEXTS)).all()
    assert loaded.model.decision.thresholds.tolist() == model.decision.thresholds.tolist()
    assert loaded.taxonomy == model.taxonomy
    assert loaded.model_id == digest[:12]
    assert loaded.manifest["metrics"] == {"micro": 0.9}


def test_a_bundle_holds_seven_plain_files(made):
    assert (
        sorted(path.name for path in made[0].iterdir())
        == NAMES
        == [
            *("MODEL_CARD.md", "golden.jsonl", "manifest.json", "taxonomy.json", "userdict.txt"),
            *("vocabulary.json", "weights.safetensors"),
        ]
    )


def test_the_same_training_gives_the_same_bytes(made, tmp_path):
    settings = {"card": "# 模型卡\n", "metrics": {"micro": 0.9}, "sources": {"data": "ab"}}
    assert save(tmp_path / "again", small_model().model, **settings) == made[1]
    for name in NAMES:
        assert (tmp_path / "again" / name).read_bytes() == (made[0] / name).read_bytes()


def test_a_vocabulary_that_two_views_share_is_written_once(bundle):
    views = json.loads((bundle / "vocabulary.json").read_text(encoding="utf-8"))["views"]
    assert [view["terms"] for view in views if view["name"] == "presence"] == ["words"]


# --- saving ---


def test_saving_replaces_a_bundle_and_leaves_nothing_else_behind(model, bundle):
    save(bundle, model, card="new")
    assert load(bundle).model_id
    assert (bundle / "MODEL_CARD.md").read_text() == "new"
    assert [path.name for path in bundle.parent.iterdir()] == ["bundle"]


def test_saving_never_replaces_a_folder_of_other_files(model, tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(FenmenError, match=r"E_BUNDLE_TARGET.*thesis\.docx"):
        save(tmp_path, model)
    assert (tmp_path / "thesis.docx").read_text() == "years of work"


def test_a_failed_write_leaves_the_old_bundle(model, bundle, monkeypatch):
    before = load(bundle).digest

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(FenmenError, match="E_BUNDLE_WRITE.*No space left"):
        save(bundle, model, card="new")
    monkeypatch.undo()
    assert load(bundle).digest == before
    assert [path.name for path in bundle.parent.iterdir()] == ["bundle"]


# --- refusing ---


@pytest.mark.parametrize("name", ["absent", "file"])
def test_a_folder_without_a_bundle_says_how_to_train_one(tmp_path, name):
    (tmp_path / "file").write_text("")
    with pytest.raises(FenmenError, match=r"E_BUNDLE_MISSING.*make train.*python -m src\.train"):
        load(tmp_path / name)


def test_an_empty_folder_says_how_to_train_one(tmp_path):
    with pytest.raises(FenmenError, match=r"E_BUNDLE_MISSING.*python -m src\.train"):
        load(tmp_path)


def test_another_digest_than_the_expected_is_refused(bundle):
    with pytest.raises(FenmenError, match="E_BUNDLE_DIGEST.*expected digest 00.*found"):
        load(bundle, expect_digest="00" * 32)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_is_named(bundle, name):
    (bundle / name).unlink()
    with pytest.raises(FenmenError, match="E_BUNDLE_(FILES|MISSING).*" + name):
        load(bundle)


@pytest.mark.parametrize("name", ["model.pkl", ".hidden", "weights.safetensors~", "目录"])
def test_an_unknown_name_is_refused(bundle, name):
    (bundle / name).mkdir() if name == "目录" else (bundle / name).write_text("")
    with pytest.raises(FenmenError, match="E_BUNDLE_FILES.*unknown.*" + name):
        load(bundle)


@pytest.mark.parametrize("name", NAMES)
def test_a_link_is_refused_even_to_the_right_content(bundle, tmp_path, name):
    moved = (bundle / name).rename(tmp_path / "elsewhere")
    (bundle / name).symlink_to(moved)
    with pytest.raises(FenmenError, match=f"E_BUNDLE_LINK.*{name}"):
        load(bundle)


@pytest.mark.parametrize("name", NAMES)
def test_a_pipe_or_a_folder_in_place_of_a_file_is_refused(bundle, name):
    (bundle / name).unlink()
    os.mkfifo(bundle / name)
    with pytest.raises(FenmenError, match=f"E_BUNDLE_(LINK|READ).*{name}"):
        load(bundle)
    (bundle / name).unlink()
    (bundle / name).mkdir()
    with pytest.raises(FenmenError, match=f"E_BUNDLE_(LINK|READ).*{name}"):
        load(bundle)


@pytest.mark.parametrize("name", NAMES)
def test_an_oversize_file_is_refused_unread(bundle, name, monkeypatch):
    monkeypatch.setitem(bundle_files.LIMITS, name, 10_000_000)
    with (bundle / name).open("r+b") as file:
        file.truncate(10_000_001)
    with pytest.raises(FenmenError, match=f"E_BUNDLE_SIZE.*{name}.*10,000,000.*10,000,001"):
        load(bundle)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", range(20))
def test_damage_is_refused(bundle, name, seed):
    """7 files x 20 seeds x (a changed byte, a cut end, an added byte): 420 mutations."""
    chooser = random.Random(f"{name}{seed}")
    data = (bundle / name).read_bytes()
    at = chooser.randrange(len(data))
    changed = data[:at] + bytes([data[at] ^ (1 << chooser.randrange(8))]) + data[at + 1 :]
    for mutated in (changed, data[:at], data[:at] + bytes([chooser.randrange(256)]) + data[at:]):
        (bundle / name).write_bytes(mutated)
        if name == "manifest.json" and _says_the_same(data, mutated):
            continue
        with pytest.raises(FenmenError, match="E_BUNDLE_"):
            load(bundle)


def _says_the_same(data, mutated):
    """Whether a manifest was changed only in what it merely records, or in white space."""
    checked = ("format", "preprocessing", "tokens", "files")
    try:
        one, two = (json.loads(x.decode("utf-8")) for x in (data, mutated))
        return all(one[key] == two[key] for key in checked)
    except (ValueError, KeyError, TypeError):
        return False


# --- tampering: every sum fits, the content does not ---


def edit_json(folder, name, change):
    data = json.loads((folder / name).read_text(encoding="utf-8"))
    changed = change(data)
    text = json.dumps(data if changed is None else changed, ensure_ascii=False)
    (folder / name).write_text(text, encoding="utf-8")


def edit_tensors(folder, change):
    tensors = load_tensors((folder / "weights.safetensors").read_bytes())
    tensors = {name: array.copy() for name, array in tensors.items()}
    change(tensors)
    (folder / "weights.safetensors").write_bytes(save_tensors(tensors))


def edit_golden(folder, change):
    lines = [json.loads(line) for line in (folder / "golden.jsonl").read_text("utf-8").splitlines()]
    change(lines)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "golden.jsonl").write_text(text, encoding="utf-8")


def put(tensors, name, value):
    tensors[name].flat[0] = value


TENSORS = [
    *("weights.values", "intercept", "slopes", "offsets", "thresholds", "doubt", "idf.0", "idf.2")
]


@pytest.mark.parametrize("name", TENSORS)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_number_that_is_none_is_refused(bundle, name, value):
    edit_tensors(bundle, lambda tensors: put(tensors, name, value))
    rehash(bundle)
    with pytest.raises(FenmenError, match=f"E_BUNDLE_VALUE.*{name}.*finite"):
        load(bundle)


@pytest.mark.parametrize("name", TENSORS)
@pytest.mark.parametrize(
    "change",
    [
        lambda array: array[:-1],
        lambda array: np.concatenate([array, array]),
        lambda array: array[None],
        lambda array: array.astype(np.float16),
        lambda array: array.astype(np.int64),
        None,
    ],
    ids=["shorter", "longer", "deeper", "half", "whole", "gone"],
)
def test_a_tensor_of_another_shape_is_refused(bundle, name, change):
    def apply(tensors):
        array = tensors.pop(name)
        if change:
            tensors[name] = np.ascontiguousarray(change(array))

    edit_tensors(bundle, apply)
    rehash(bundle)
    with pytest.raises(FenmenError, match=f"E_BUNDLE_SHAPE.*{name}: expected .* found"):
        load(bundle)


def first_view(data):
    return data["views"][0]


VOCABULARY = {
    "a term twice": lambda d: first_view(d)["terms"].__setitem__(0, first_view(d)["terms"][1]),
    "a term less": lambda d: first_view(d)["terms"].pop(),
    "a term more": lambda d: first_view(d)["terms"].append("新词"),
    "an empty term": lambda d: first_view(d)["terms"].__setitem__(0, ""),
    "a number": lambda d: first_view(d)["terms"].__setitem__(0, 7),
    "a long term": lambda d: first_view(d)["terms"].__setitem__(0, "甲 乙 丙"),
    "a broken term": lambda d: first_view(d)["terms"].__setitem__(0, "甲  乙"),
    "a line break": lambda d: first_view(d)["terms"].__setitem__(0, "甲\n乙"),
    "terms no list": lambda d: first_view(d).__setitem__("terms", {"甲": 1}),
    "terms of nobody": lambda d: first_view(d).__setitem__("terms", "presence"),
    "no terms": lambda d: first_view(d).pop("terms"),
    "a long n-gram": lambda d: d["views"][2]["terms"].__setitem__(0, "甲乙丙丁"),
    "an unknown kind": lambda d: first_view(d).__setitem__("kind", "bytes"),
    "an unknown setting": lambda d: first_view(d).__setitem__("hash", 2**20),
    "a nameless view": lambda d: first_view(d).pop("name"),
    "a list for a number": lambda d: first_view(d).__setitem__("min_df", [1]),
    "two of one name": lambda d: d["views"][1].__setitem__("name", "words"),
    "a view that is none": lambda d: d["views"].__setitem__(0, "words"),
    "another seed column": lambda d: d["views"][3]["terms"].reverse(),
    "views swapped": lambda d: d["views"].reverse(),
    "no views": lambda d: d["views"].clear(),
    "no object": lambda d: [],
    "another weighing": lambda d: first_view(d).__setitem__("sublinear", False),
    "two terms swapped": lambda d: first_view(d)["terms"].sort(key=len),
}


@pytest.mark.parametrize("change", VOCABULARY.values(), ids=VOCABULARY.keys())
def test_a_changed_vocabulary_is_refused(bundle, change):
    edit_json(bundle, "vocabulary.json", change)
    rehash(bundle)
    with pytest.raises(FenmenError, match="E_BUNDLE_(VOCABULARY|SHAPE|GOLDEN)"):
        load(bundle)


TAXONOMIES = {
    "a topic less": lambda d: d["topics"].pop(),
    "a topic twice": lambda d: d["topics"].__setitem__(0, d["topics"][1]),
    "no name": lambda d: d["topics"][0].pop("name"),
    "other seed words": lambda d: d["topics"][2].__setitem__("seed_words", ["鸟"]),
    "a list": lambda d: [],
    "a string": lambda d: "social",
}


@pytest.mark.parametrize("change", TAXONOMIES.values(), ids=TAXONOMIES.keys())
def test_a_changed_taxonomy_is_refused(bundle, change):
    edit_json(bundle, "taxonomy.json", change)
    rehash(bundle)
    with pytest.raises(FenmenError, match="E_BUNDLE_(TAXONOMY|VOCABULARY|SHAPE|GOLDEN)"):
        load(bundle)


@pytest.mark.parametrize("line", ["站", "社工站 0", "社 工 站 台", "水库开闸 900000", "\x00\x00"])
def test_a_changed_dictionary_is_refused(bundle, line):
    with (bundle / "userdict.txt").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    if line.startswith("水库"):
        edit_golden(bundle, lambda lines: lines[0].update(text="水库开闸"))
    rehash(bundle)
    with pytest.raises(FenmenError, match="E_BUNDLE_(TOKENS|GOLDEN)"):
        load(bundle)


GOLDEN = {
    "another token": lambda lines: lines[0]["tokens"].append("多"),
    "another text": lambda lines: lines[0].update(text="别的"),
    "another score": lambda lines: lines[0]["scores"].__setitem__(0, 99.0),
    "a score less": lambda lines: lines[0]["scores"].pop(),
    "a word for a score": lambda lines: lines[0]["scores"].__setitem__(0, "1"),
    "no scores": lambda lines: lines[0].pop("scores"),
    "text no string": lambda lines: lines[0].update(text=["别的"]),
    "none left": lambda lines: lines.clear(),
}


@pytest.mark.parametrize("change", GOLDEN.values(), ids=GOLDEN.keys())
def test_changed_golden_texts_are_refused(bundle, change):
    edit_golden(bundle, change)
    rehash(bundle)
    with pytest.raises(FenmenError, match="E_BUNDLE_GOLDEN.*golden.jsonl"):
        load(bundle)


@pytest.mark.parametrize("name", ["weights.values", "intercept", "idf.0", "idf.1"])
def test_golden_texts_find_numbers_that_were_changed(bundle, name):
    edit_tensors(bundle, lambda tensors: tensors[name][::2].__imul__(np.float32(1.01)))
    rehash(bundle)
    with pytest.raises(FenmenError, match=r"E_BUNDLE_GOLDEN.*expected scores .* found"):
        load(bundle)


PLACES = {
    "a topic too many": ("weights.topics", lambda a: put_last(a, 9)),
    "a topic twice in a row": ("weights.topics", lambda a: a.__setitem__(slice(2), 1)),
    "topics in disorder": ("weights.topics", lambda a: a.__setitem__(slice(2), [2, 0])),
    "a start after the end": ("weights.starts", lambda a: put_last(a, int(a[-1]) + 1)),
    "no start at zero": ("weights.starts", lambda a: a.__setitem__(0, 1)),
    "a start that goes back": ("weights.starts", lambda a: a.__setitem__(1, int(a[-1]))),
}


def put_last(array, value):
    array[-1] = value


@pytest.mark.parametrize(("name", "change"), PLACES.values(), ids=PLACES.keys())
def test_weights_without_a_place_are_refused(bundle, name, change):
    edit_tensors(bundle, lambda tensors: change(tensors[name]))
    rehash(bundle)
    with pytest.raises(FenmenError, match="E_BUNDLE_(VALUE.*row by row|SHAPE.*weights)"):
        load(bundle)


@pytest.mark.parametrize(
    ("name", "value"), [("thresholds", 1.5), ("thresholds", -0.1), ("doubt", -1.0)]
)
def test_numbers_out_of_range_are_refused(bundle, name, value):
    edit_tensors(bundle, lambda tensors: put(tensors, name, value))
    rehash(bundle)
    with pytest.raises(FenmenError, match="E_BUNDLE_VALUE"):
        load(bundle)


MANIFESTS = {
    "a newer format": {"format": 3},
    "an older format": {"format": 1},
    "an older preprocessing": {"preprocessing": 0},
    "a format that is true": {"format": True},
    "no tokens": {"tokens": None},
    "an unknown engine": {"tokens": {"engine": "hanlp"}},
    "an engine that is none": {"tokens": {"engine": ["rjieba"]}},
}


@pytest.mark.parametrize("changes", MANIFESTS.values(), ids=MANIFESTS.keys())
def test_another_version_is_refused(bundle, changes):
    rehash(bundle, **changes)
    with pytest.raises(FenmenError, match="E_BUNDLE_(VERSION|TOKENS).*expected"):
        load(bundle)


@pytest.mark.parametrize("name", ["manifest.json", "taxonomy.json", "vocabulary.json"])
@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a": NaN}', "null", "\ufeff{}", "7"])
def test_what_is_no_json_object_is_refused(bundle, name, text):
    (bundle / name).write_text(text, encoding="utf-8")
    if name != "manifest.json":
        rehash(bundle)
    with pytest.raises(FenmenError, match=f"E_BUNDLE_.*{name}"):
        load(bundle)


@pytest.mark.parametrize("data", [b"", b"\xff" * 8, b"\x08" + b"\0" * 7 + b"{}      ", b"\0" * 100])
def test_what_is_no_safetensors_is_refused(bundle, data):
    (bundle / "weights.safetensors").write_bytes(data)
    rehash(bundle)
    with pytest.raises(FenmenError, match="E_BUNDLE_(TENSORS|SHAPE)"):
        load(bundle)
