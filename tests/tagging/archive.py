"""Small archives to tag: rows of every kind, good and bad, and a run that can be stopped."""

import gzip
import json
from pathlib import Path

from fenmen.tagging.batch import Job, run
from fenmen.tagging.settings import Settings

TEXTS = (
    "社工站的驻校社工每周三走访留守儿童家庭，为三十二名困境儿童建立了个案档案，并链接助学资源。",
    "河道里的死鱼引来环保执法人员，他们在暗管口取样，化学需氧量超标四倍，企业被责令停产整改。",
    "心理援助热线接线员按危机干预流程留下联系方式，第二天把失眠、情绪低落的来电者转介到抑郁症门诊。",
    "补时第三分钟，替补前锋在禁区右侧接队友横传推射远角得手，主队以二比一逆转，全场高唱队歌。",
)
PLAIN = Settings(evidence=False, segments=False)


class Silent:
    """A watcher that only counts."""

    def __init__(self, stop_after=None):
        self.pieces = 0
        self.begun_at = None
        self._stop_after = stop_after
        self.read_rows = None

    def found(self, inputs):
        pass

    def prepare(self, total):
        self.read_rows = 0

    def read(self, bytes_, rows):
        self.read_rows += rows

    def begin(self, total, state):
        self.begun_at = state.counts.rows

    def advance(self, done):
        self.pieces += 1
        if self.pieces == self._stop_after:
            raise KeyboardInterrupt


def rows(count):
    return [
        {"id": f"r{i}", "title": f"第{i}号", "text": TEXTS[i % len(TEXTS)], "year": 1990 + i}
        for i in range(count)
    ]


def write_jsonl(path, given):
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in given)
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def read_jsonl(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def job(source, output, **more):
    paths = (str(source),) if isinstance(source, str | Path) else tuple(map(str, source))
    return Job(paths=paths, output=output, **{"settings": PLAIN, "jobs": 1} | more)


def tag(tagger, source, output, **more):
    return run(job(source, output, **more), tagger, Silent())
