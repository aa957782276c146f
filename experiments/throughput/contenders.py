"""What is measured: fenmen in several ways, its rivals, and the limit; each in its own process.

python -m experiments.throughput.contenders NAME FOLDER reads the names of files, a line each, and
answers each with a line of JSON.
"""

import gc
import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import NamedTuple

from fenmen.corpus.schema import Example, read_corpus
from fenmen.taxonomy import Taxonomy, read_taxonomy

CHUNK = 1000  # rows that a rival predicts at once


class Seconds(NamedTuple):
    """By the clock on the wall, and of computing: what others do on the machine is not in it."""

    seconds: float
    cpu: float


def corpus() -> tuple[Taxonomy, list[Example]]:
    """The written corpus."""
    taxonomy = read_taxonomy("conf/taxonomy/social.yaml")
    return taxonomy, read_corpus("data/corpus", taxonomy)


def texts_of(path: Path) -> list[str]:
    """The texts of a file of articles."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def cut(text: str) -> list[str]:
    """jieba's words; a function of a module, so that joblib can write it."""
    import jieba

    words: list[str] = jieba.lcut(text)
    return words


def train_plain(folder: Path) -> None:
    """jieba, TfidfVectorizer, one LinearSVC a topic, in a joblib file."""
    import joblib
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MultiLabelBinarizer
    from sklearn.svm import LinearSVC

    taxonomy, examples = corpus()
    labels = MultiLabelBinarizer(classes=taxonomy.ids).fit_transform([e.topics for e in examples])
    vectorizer = TfidfVectorizer(tokenizer=cut, token_pattern=None, sublinear_tf=True)
    pipeline = make_pipeline(vectorizer, OneVsRestClassifier(LinearSVC()))
    joblib.dump(pipeline.fit([e.text for e in examples], labels), folder / "plain.joblib")


def train_fasttext(folder: Path) -> None:
    """fastText's classifier with a logistic loss a topic, on jieba's tokens."""
    import fasttext
    import jieba

    _, examples = corpus()
    with (folder / "fasttext.txt").open("w", encoding="utf-8") as out:
        for example in examples:
            labels = " ".join(f"__label__{topic}" for topic in example.topics or ("none",))
            out.write(f"{labels} {' '.join(jieba.lcut(example.text)).replace(chr(10), ' ')}\n")
    model = fasttext.train_supervised(
        str(folder / "fasttext.txt"), loss="ova", epoch=25, wordNgrams=2, verbose=0, thread=2
    )
    model.save_model(str(folder / "fasttext.bin"))


def train_words(folder: Path) -> None:
    """A bundle of fenmen's with the view of words only."""
    import numpy as np
    from sklearn.svm import LinearSVC

    from fenmen.model.bundle import save
    from fenmen.model.calibration import DecisionSettings
    from fenmen.model.tokens import Tokenizer, read_user_dictionary
    from fenmen.model.training import train
    from fenmen.model.views import View

    taxonomy, examples = corpus()
    trained = train(
        [example.document for example in examples],
        np.array([[topic in e.topics for topic in taxonomy.ids] for e in examples]),
        [example.group for example in examples],
        taxonomy,
        Tokenizer("rjieba", read_user_dictionary(Path("data/lexicon/userdict.txt"))),
        [View("words", "words")],
        {"svm": LinearSVC()},
        DecisionSettings(),
        folds=3,
    )
    save(folder / "words", trained.model)


def plain(folder: Path) -> Callable[[Path], object]:
    """The plain way."""
    import jieba
    import joblib

    jieba.setLogLevel(60)
    jieba.initialize()
    pipeline = joblib.load(folder / "plain.joblib")

    def tag(path: Path) -> None:
        texts = texts_of(path)
        with (folder / "plain.out").open("w", encoding="utf-8") as out:
            for some in chunks(texts):
                out.writelines(f"{row.tolist()}\n" for row in pipeline.predict(some))

    return tag


def plain_parallel(folder: Path) -> Callable[[Path], object]:
    """The plain way in two processes."""
    import jieba
    import joblib

    jieba.setLogLevel(60)
    jieba.initialize()
    pipeline = joblib.load(folder / "plain.joblib")

    def tag(path: Path) -> None:
        parallel = joblib.Parallel(n_jobs=2)
        found = parallel(joblib.delayed(pipeline.predict)(some) for some in chunks(texts_of(path)))
        with (folder / "parallel.out").open("w", encoding="utf-8") as out:
            out.writelines(f"{row.tolist()}\n" for part in found for row in part)

    return tag


def fasttext_way(folder: Path) -> Callable[[Path], object]:
    """fastText on jieba's tokens."""
    import fasttext
    import jieba

    jieba.setLogLevel(60)
    jieba.initialize()
    model = fasttext.load_model(str(folder / "fasttext.bin"))

    def tag(path: Path) -> None:
        with (folder / "fasttext.out").open("w", encoding="utf-8") as out:
            for text in texts_of(path):
                line = " ".join(jieba.lcut(text)).replace("\n", " ")
                out.write(f"{model.predict(line, k=-1, threshold=0.5)[0]}\n")

    return tag


def limit(_: Path) -> Callable[[Path], "Seconds"]:
    """Nothing but the cutting of the texts into words, by rjieba, one list of strings a text.

    The texts are in memory already: neither reading nor writing is timed.
    """
    cut_all = bare_cutting()

    def tag(path: Path) -> Seconds:
        texts = texts_of(path)
        return timed(lambda: cut_all(texts))

    return tag


def limit_parallel(_: Path) -> Callable[[Path], "Seconds"]:
    """The same in two processes, half of the texts each: what this machine's second core gives."""
    cut_all = bare_cutting()
    context = multiprocessing.get_context("fork")

    def tag(path: Path) -> Seconds:
        texts = texts_of(path)
        halves = [context.Process(target=cut_all, args=(texts[k::2],)) for k in range(2)]
        return timed(lambda: together(halves))

    return tag


def bare_cutting() -> Callable[[list[str]], None]:
    """rjieba's cutting of texts, one list of strings a text, each forgotten at once."""
    import rjieba

    engine = rjieba.Jieba()
    engine.cut("准备")

    def cut_all(texts: list[str]) -> None:
        for text in texts:
            engine.cut(text)

    return cut_all


def fenmen(model: str, jobs: int, evidence: bool) -> Callable[[Path], Callable[[Path], object]]:
    """fenmen from file to file."""

    def prepare(folder: Path) -> Callable[[Path], object]:
        from experiments.throughput.kill_test import Quiet
        from fenmen.tagging.batch import Job, run
        from fenmen.tagging.settings import Settings
        from fenmen.tagging.tagger import load_tagger

        tagger = load_tagger(folder / "words" if model == "words" else model)
        tagger.compile()
        gc.freeze()  # as the command does
        list(tagger.tag_many(["社工站开门，热线响了。"]))

        def tag(path: Path) -> None:
            settings = Settings(evidence=evidence, segments=False)
            job = Job(
                (str(path),),
                folder / f"{path.stem}.tagged.jsonl",
                settings,
                jobs=jobs,
                restart=True,
            )
            run(job, tagger, Quiet())

        return tag

    return prepare


def side_by_side(folder: Path) -> Callable[[Path], Seconds]:
    """Two processes that know nothing of each other tag half of the rows each: what the second
    core gives to this work where nothing is shared out and put together again.
    """
    context = multiprocessing.get_context("fork")
    alone = fenmen(ALL, 1, evidence=True)(folder)

    def tag(path: Path) -> Seconds:
        rows = path.read_bytes().splitlines(keepends=True)
        halves = []
        for k in range(2):
            half = folder / f"half-{k}.jsonl"
            half.write_bytes(b"".join(rows[k::2]))
            halves.append(context.Process(target=alone, args=(half,)))
        return timed(lambda: together(halves))

    return tag


def together(processes: list[ForkProcess]) -> None:
    """Start processes and wait for all of them."""
    for process in processes:
        process.start()
    for process in processes:
        process.join()


ALL = "models/default"
CONTENDERS = {
    "limit": limit,
    "limit, two processes": limit_parallel,
    "words": fenmen("words", 1, evidence=False),
    "all views": fenmen(ALL, 1, evidence=False),
    "all views, evidence": fenmen(ALL, 1, evidence=True),
    "all views, evidence, two jobs": fenmen(ALL, 2, evidence=True),
    "all views, evidence, two halves": side_by_side,
    "plain": plain,
    "plain, two jobs": plain_parallel,
    "fastText": fasttext_way,
}


def chunks(texts: list[str]) -> Iterator[list[str]]:
    """The texts a thousand at a time."""
    for first in range(0, len(texts), CHUNK):
        yield texts[first : first + CHUNK]


def main() -> None:
    """Measure one contender on every file that is named."""
    name, folder = sys.argv[1], Path(sys.argv[2])
    tag = CONTENDERS[name](folder)
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        found: list[object] = []
        took = timed(lambda path=path, found=found: found.append(tag(path)))
        took = found[0] if isinstance(found[0], Seconds) else took
        print(json.dumps({**took._asdict(), "megabytes": peak_memory()}), flush=True)


def timed(work: Callable[[], object]) -> Seconds:
    """How long a piece of work takes; also in its worker processes, once they have ended."""
    began, before = time.perf_counter(), os.times()
    work()
    seconds, after = time.perf_counter() - began, os.times()
    return Seconds(seconds, sum(after[:4]) - sum(before[:4]))


def peak_memory() -> float:
    """Of this process and of its largest worker, in megabytes.

    Not from getrusage for this process: there it begins with what its parent had.
    """
    status = Path("/proc/self/status").read_text("utf-8").splitlines()
    own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


if __name__ == "__main__":
    main()
