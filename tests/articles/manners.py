"""What newspapers set around their articles: bylines above, captions among the lines, mastheads."""

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Laid:
    """A line of the page; `part`: H headline, B begins a paragraph, G goes on, F furniture."""

    text: str
    part: str


BLANK = Laid("", "")


def top_byline(name: str, rng: random.Random) -> str:
    """The line between headline and text that says who wrote it."""
    form = rng.choice(
        ("本报记者 {}", "□ 本报记者 {}", "■ 本报记者 {} 文/图", "记者 {}", "文/{}", "{}/文", "■ {}")
    )
    return form.format(name)


def with_caption(lines: Sequence[Laid], rng: random.Random) -> list[Laid]:
    """The lines with a caption, itself in two or three lines, between two of them."""
    place = rng.randrange(2, max(3, len(lines)))
    caption = rng.choice(CAPTIONS)
    width = rng.randint(12, 18)
    broken = [caption[start : start + width] for start in range(0, len(caption), width)]
    return [*lines[:place], *(Laid(line, "F") for line in broken), *lines[place:]]


def masthead(rng: random.Random) -> list[Laid]:
    """Some of the lines at the head of a page."""
    kept = [line for line in MASTHEAD if rng.random() < 0.6]
    return [part for line in kept for part in (Laid(line, "F"), BLANK)]


CAPTIONS = (
    "图为志愿者在社区活动室里整理捐来的冬衣。 赵一鸣 摄",
    "▲孩子们在新铺的操场上练习跳绳。新晨报记者 赵一鸣 摄",
    "上图：村民在晒谷场上分拣新收的莲子。（资料图片）",
    "▼护林员沿着溪谷查看红外相机，每月要走四趟。赵一鸣 摄",
    "图①：老人们在食堂排队取餐。图②：送餐员出发。本报记者 赵一鸣 摄",
    "图为改造后的河岸步道。新晨报 供图",
)
MASTHEAD = (
    "新晨报",
    "2024年5月17日 星期五",
    "责编：沈一帆 美编：卢青 校对：丁一",
    "03",
    "社会新闻",
    "新闻热线：0512-6600000",
    "NEWS",
)
