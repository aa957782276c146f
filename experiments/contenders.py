"""Ways to file texts under topics that are measured side by side; each learns and answers alike."""

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from fenmen.corpus.schema import Example
from fenmen.model.bundle import load, save
from fenmen.taxonomy import parse_taxonomy
from src.train import fit, label_matrix

Flags = NDArray[np.bool_]
HELD_OUT = 10  # every tenth training text is what fastText is tuned on
# The most promising first. Its own autotune looks at words alone and needs long: two minutes of it
# ended at 86.7 on THUCNews titles.
SETTINGS: Sequence[Mapping[str, Any]] = [
    {"spelled": True, "lr": 0.2, "epoch": 10, "dim": 100},
    {"spelled": True, "lr": 0.5, "epoch": 10, "dim": 100},
    {"spelled": False, "lr": 0.5, "epoch": 10, "dim": 100, "wordNgrams": 2},
    {"spelled": True, "lr": 0.5, "epoch": 25, "dim": 100},
    {"spelled": True, "lr": 0.1, "epoch": 10, "dim": 100},
    {"spelled": True, "lr": 0.2, "epoch": 10, "dim": 50},
    {"spelled": False, "lr": 0.2, "epoch": 10, "dim": 100},
    {"spelled": True, "lr": 0.2, "epoch": 5, "dim": 100},
    {"spelled": True, "lr": 1.0, "epoch": 25, "dim": 100},
]


class Contender(Protocol):
    """A way to file texts: learns from the training part, is kept in a folder, decides."""

    notes: dict[str, Any]

    def learn(self, examples: Sequence[Example]) -> None:
        """Train, everything from raw texts on."""

    def keep(self, folder: Path) -> None:
        """Write the model, nothing else, into an empty folder."""

    def load(self, folder: Path) -> None:
        """Read the model again."""

    def decide(self, texts: Sequence[str]) -> Flags:
        """Which topics each raw text gets, (n_texts, n_topics)."""


class Fenmen:
    """This project, as the experiment's configuration says."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self._taxonomy = parse_taxonomy(settings["taxonomy"], "params")
        self.notes: dict[str, Any] = {}

    def learn(self, examples: Sequence[Example]) -> None:
        """Train with out-of-fold scores, weights of members and thresholds."""
        trained = fit(self._settings, self._taxonomy, examples)
        self._model = trained.model
        self.notes = {"weights": {k: round(v, 3) for k, v in trained.weights.items()}}

    def keep(self, folder: Path) -> None:
        """Write the bundle."""
        save(folder, self._model)

    def load(self, folder: Path) -> None:
        """Read and check the bundle."""
        self._scorer = load(folder).scorer

    def decide(self, texts: Sequence[str]) -> Flags:
        """Decide by the bundle."""
        return self._scorer.decide(self._scorer.probabilities(self._scorer.score(texts)))


class Plain:
    """The plain way: jieba's words, TfidfVectorizer and LinearSVC, all at their defaults."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._taxonomy = parse_taxonomy(settings["taxonomy"], "params")
        self.notes: dict[str, Any] = {}

    def learn(self, examples: Sequence[Example]) -> None:
        """Train one classifier of all topics, or one for each where a text may have several."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.multiclass import OneVsRestClassifier
        from sklearn.svm import LinearSVC

        labels = label_matrix(examples, self._taxonomy)
        exclusive = self._taxonomy.exclusive
        self._vectorizer = TfidfVectorizer()
        columns = self._vectorizer.fit_transform(_spaced([e.document for e in examples]))
        self._classifier = LinearSVC() if exclusive else OneVsRestClassifier(LinearSVC())
        self._classifier.fit(columns, labels.argmax(axis=1) if exclusive else labels.astype(int))

    def keep(self, folder: Path) -> None:
        """Pickle it, as scikit-learn's own manual shows."""
        import joblib

        joblib.dump((self._vectorizer, self._classifier), folder / "model.joblib")

    def load(self, folder: Path) -> None:
        """Unpickle what this process has just written."""
        import joblib

        self._vectorizer, self._classifier = joblib.load(folder / "model.joblib")

    def decide(self, texts: Sequence[str]) -> Flags:
        """The classifier's own decision."""
        found = self._classifier.predict(self._vectorizer.transform(_spaced(texts)))
        if self._taxonomy.exclusive:
            return np.asarray(found[:, None] == np.arange(len(self._taxonomy.ids)))
        return np.asarray(found, bool)


class FastText:
    """fastText over jieba's words, with or without characters 1-4 beside them as words.

    Its settings are those of SETTINGS that decide a tenth of the training part best, as many of
    them tried as the time allows.
    """

    def __init__(self, settings: Mapping[str, Any], tuning_seconds: int, scratch: Path) -> None:
        self._taxonomy = parse_taxonomy(settings["taxonomy"], "params")
        self._seconds, self._scratch = tuning_seconds, scratch
        self._fixed = {} if self._taxonomy.exclusive else {"loss": "ova"}
        self._threshold, self._spelled = 0.5, False
        self.notes: dict[str, Any] = {}

    def tune(self, examples: Sequence[Example]) -> None:
        """Choose its settings and, for several topics a text, the threshold of best F1."""
        rest = [e for i, e in enumerate(examples) if i % HELD_OUT]
        held = list(examples[::HELD_OUT])
        until, best, tried = time.monotonic() + self._seconds, -1.0, 0
        for chosen in SETTINGS:
            if tried and time.monotonic() > until:
                break
            tried += 1
            self._train(rest, chosen)
            quality, threshold = self._quality(held)
            if quality > best:
                best, self._chosen, kept = quality, chosen, threshold
        self._threshold = kept
        self.notes = {**self._chosen, "threshold": kept, "settings tried": tried}

    def learn(self, examples: Sequence[Example]) -> None:
        """Train on the whole training part with the chosen settings."""
        self._train(examples, self._chosen)

    def _train(self, examples: Sequence[Example], chosen: Mapping[str, Any]) -> None:
        import fasttext

        own = dict(chosen)
        self._spelled = own.pop("spelled")
        path = self._write("train.txt", examples)
        self._model = fasttext.train_supervised(path, thread=2, verbose=0, **self._fixed, **own)

    def _quality(self, held: Sequence[Example]) -> tuple[float, float]:
        """The best accuracy or micro-F1 on held-out examples, and its threshold."""
        from fenmen.evaluation.metrics import micro_f1, subset_accuracy

        truth = label_matrix(held, self._taxonomy)
        chances = self._chances([example.document for example in held])
        if self._taxonomy.exclusive:
            best = chances.argmax(axis=1)[:, None] == np.arange(truth.shape[1])
            return subset_accuracy(truth, best), 0.5
        return max((micro_f1(truth, chances >= t), float(t)) for t in np.arange(0.05, 1, 0.05))

    def keep(self, folder: Path) -> None:
        """Write its binary file, its threshold and what it reads."""
        self._model.save_model(str(folder / "model.bin"))
        (folder / "settings.json").write_text(json.dumps([self._threshold, self._spelled]), "utf-8")

    def load(self, folder: Path) -> None:
        """Read both again."""
        import fasttext

        self._model = fasttext.load_model(str(folder / "model.bin"))
        settings = json.loads((folder / "settings.json").read_text("utf-8"))
        self._threshold, self._spelled = settings

    def decide(self, texts: Sequence[str]) -> Flags:
        """The likeliest topic, or all topics above the threshold."""
        chances = self._chances(texts)
        if self._taxonomy.exclusive:
            best = chances.argmax(axis=1)
            return np.asarray(best[:, None] == np.arange(len(self._taxonomy.ids)))
        return np.asarray(chances >= self._threshold)

    def _chances(self, texts: Sequence[str]) -> NDArray[np.float64]:
        place = {f"__label__{topic}": k for k, topic in enumerate(self._taxonomy.ids)}
        chances = np.zeros((len(texts), len(place)))
        found, values = self._model.predict(self._spaced(texts), k=-1)
        for row, (labels, own) in enumerate(zip(found, values, strict=True)):
            chances[row, [place[label] for label in labels]] = own
        return chances

    def _write(self, name: str, examples: Sequence[Example]) -> str:
        path = self._scratch / name
        lines = self._spaced([example.document for example in examples])
        labels = [" ".join(f"__label__{t}" for t in example.topics) for example in examples]
        path.write_text("".join(f"{a} {b}\n" for a, b in zip(labels, lines, strict=True)), "utf-8")
        return str(path)

    def _spaced(self, texts: Sequence[str]) -> list[str]:
        words = _spaced(texts)
        if not self._spelled:
            return words
        return [f"{one} {' '.join(_runs(text))}" for one, text in zip(words, texts, strict=True)]


def _runs(text: str) -> list[str]:
    """The characters 1-4 of a text, without its spaces."""
    letters = "".join(text.split())
    return [letters[i : i + n] for n in range(1, 5) for i in range(len(letters) - n + 1)]


def _spaced(texts: Sequence[str]) -> list[str]:
    """Texts with jieba's words parted by spaces."""
    import jieba

    jieba.setLogLevel("ERROR")
    return [" ".join(" ".join(jieba.lcut(text)).split()) for text in texts]
