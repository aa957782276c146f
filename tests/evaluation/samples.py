"""A small evaluation that tests of the report share."""

from fenmen.corpus.schema import Example
from fenmen.evaluation.evaluate import examine
from fenmen.model.bundle import load

ROWS = [
    (
        "社工站的社工入户走访困境儿童，链接助学金，督促学校开展家庭教育指导。",
        ("child_welfare", "social_work"),
    ),
    ("医院开通心理援助热线，心理咨询师为抑郁患者提供免费心理咨询和危机干预。", ("mental_health",)),
    ("河长巡河时发现暗管排污，污水直排湿地，生态环境局立案处罚并责令修复。", ("environment",)),
    ("村里修好了晒谷场，老人们在树下下棋，秋天的粮价比去年涨了三分钱。", ()),
    (
        "孤儿院的孩子们种下了一棵棵树苗，志愿者送来图书。",
        ("child_welfare",),
    ),
    (
        "<script>alert(1)</script>他每晚睡不着，提不起劲，医生让他先把酒戒了，再说别的。",
        ("mental_health",),
    ),
]


def evaluation(bundle_folder):
    """The small bundle asked about a few texts, some of which it gets wrong."""
    examples = [
        Example(f"e{i}", text, topics, f"g{i}", register=("news", "law")[i % 2], origin="written")
        for i, (text, topics) in enumerate(ROWS)
    ]
    return examine(load(bundle_folder), examples)
