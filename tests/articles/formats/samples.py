"""Writes the samples of data/formats, one file of every kind, from text of our own.

python -m tests.articles.formats.samples
"""

import csv
import io
import json
import random
from email.message import EmailMessage
from pathlib import Path

from tests.articles.composer import written_articles

from .hostile import locked_pdf, scanned_pdf
from .offices import docx, xlsx
from .printing import Look, pdf_of, print_page

ROOT = Path(__file__).parents[3]
PRINTED = (5, 6, 7)  # of the written articles

STATION = (
    "7月3日上午，清河县柳林镇的社会工作站正式挂牌。四名驻站社工将走访全镇312户困难家庭，"
    "为留守老人建立档案，并每周两次到村小学陪伴留守儿童。",
    "站长林静说，过去三个月，社工已经上门走访了一百二十七户，其中四十一户需要长期探访。"
    "年内还将在另外五个乡镇建站，经费由县财政和福彩公益金共同承担。",
    "村民赵桂花今年七十八岁，儿女都在外地打工。她说，姑娘们每次来都帮她量血压，心里踏实多了。",
)
REPRINTED = (
    "清河县柳林镇的社会工作站日前挂牌，四名驻站社工将走访全镇三百一十二户困难家庭，"
    "为留守老人建立档案，并每周两次到村小学陪伴留守儿童。",
    "据站长林静介绍，三个月来社工已经上门走访了127户，其中41户需要长期探访。"
    "年内还将在另外五个乡镇建站，经费由县财政和福彩公益金共同承担。",
)
HOTLINE = (
    "盐城市夜间心理援助热线昨天正式开通。接线员说，上半年共接听来电一千二百个，其中三成来自学生。",
    "失眠、情绪低落的来电者会被转介到抑郁症门诊，第二天再回访一次。热线每天晚上八点到次日清晨"
    "六点开通，由二十六名受过危机干预培训的志愿者轮流值守。",
)
OUTFALL = (
    "河道里的死鱼引来环保执法人员，他们在暗管口取样，化学需氧量超标四倍，企业被责令停产整改。",
    "执法人员随后沿河排查了十四个排口，封堵三处，并要求企业在三十天内公开整改方案。",
)
MATCH = (
    "补时第三分钟，替补前锋在禁区右侧接队友横传推射远角得手，主队以二比一逆转，全场高唱队歌。",
)
OLD_SCRIPT = (
    "夜裡也有人接電話\n　　鹽城市夜間心理援助熱線昨天正式開通。接線員說，"
    "上半年共接聽來電一千二百個，"
    "其中三成來自學生。失眠、情緒低落的來電者會被轉介到憂鬱症門診，第二天再回訪一次。\n"
)
STORIES = (
    ("柳林镇有了社工站", STATION, "清河日报", "2024-07-04"),
    ("夜里也有人接电话", HOTLINE, "盐城晚报", "2024-05-01"),
    ("暗管口的死鱼", OUTFALL, "江海公益报", "2024-06-11"),
    ("补时绝杀", MATCH, "江海公益报", "2024-06-12"),
)


def page(title: str, paragraphs: tuple[str, ...], end: str) -> str:
    """A page of one article as plain text."""
    body = "\n".join(f"　　{paragraph}" for paragraph in paragraphs)
    return f"{title}\n{body}{end}\n"


def newspaper() -> bytes:
    """A page of three articles in five columns."""
    rng = random.Random(11)
    articles = [written_articles(ROOT)[number] for number in PRINTED]
    return pdf_of([print_page(articles, Look(), rng)], rng)


def saved_page() -> bytes:
    """A page of a news site as a browser saves it, in GBK."""
    title, paragraphs, outlet, day = STORIES[2]
    body = "".join(f"<p>　　{text}</p>" for text in paragraphs)
    return f"""<!DOCTYPE html>
<html><head><meta charset="gbk"><title>{title}_江海新闻网</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/news">新闻</a> <a href="/video">视频</a></div>
<h1>{title}</h1>
<div class="info"><span>{day} 10:20</span> <span>来源：{outlet}</span></div>
<div class="content">{body}<p>（卢青）</p><p>责任编辑：沈一帆</p></div>
<div class="more">相关阅读 <a href="/1.html">学生把雨水花园搬进校园</a></div>
<div class="foot">版权所有 江海新闻网 未经许可不得转载</div>
</body></html>
""".encode("gbk")


def rows() -> list[dict[str, str]]:
    """The stories as rows of a table, the last without a text."""
    filled = [
        {"编号": str(n), "标题": title, "正文": "\n".join(text), "来源": outlet, "日期": day}
        for n, (title, text, outlet, day) in enumerate(STORIES, start=1)
    ]
    return [*filled, dict.fromkeys(filled[0], "") | {"编号": "5", "标题": "待补"}]


def separated(separator: str) -> str:
    """The rows as text."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows()[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows())
    return text.getvalue()


def parquet() -> bytes:
    """The rows as Parquet."""
    import pyarrow
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows()), file)
    return file.getvalue()


def letter() -> bytes:
    """A mail with a story in it and another attached."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "来稿", "林静 <lin@example.cn>", "desk@example.cn"
    mail["Date"], mail["Message-ID"] = "Thu, 04 Jul 2024 09:12:00 +0800", "<1@example.cn>"
    mail.set_content(page(STORIES[0][0], STATION, ""))
    attached = docx([("heading 1", STORIES[2][0]), *(("", text) for text in OUTFALL)])
    kind = "vnd.openxmlformats-officedocument.wordprocessingml.document"
    mail.add_attachment(attached, maintype="application", subtype=kind, filename="暗管.docx")
    mail.set_boundary("=====fenmen=====")
    return mail.as_bytes()


def samples() -> dict[str, bytes]:
    """All files by their names."""
    lines = [json.dumps(row, ensure_ascii=False) for row in rows()]
    cells = [list(rows()[0]), *(list(row.values()) for row in rows())]
    feature = [("heading 1", STORIES[0][0]), *(("", text) for text in STATION)]
    feature += [("heading 1", STORIES[1][0]), *(("", text) for text in HOTLINE)]
    return {
        "page.pdf": newspaper(),
        "saved.html": saved_page(),
        "feature.docx": docx(feature),
        "desk.xlsx": xlsx(cells),
        "day.csv": separated(",").encode("gb18030"),
        "day.tsv": separated("\t").encode("utf-8-sig"),
        "archive.jsonl": "".join(f"{line}\n" for line in lines).encode(),
        "archive.parquet": parquet(),
        "letter.eml": letter(),
        "big5.txt": OLD_SCRIPT.encode("big5"),
        "utf16.txt": page(STORIES[1][0], HOTLINE, "（卢青）").encode("utf-16"),
        "gb18030.txt": page(STORIES[2][0], OUTFALL, "（卢青）").encode("gb18030"),
        "scan.pdf": scanned_pdf(),
        "locked.pdf": locked_pdf(),
        "reprints/1-qinghe.txt": page(STORIES[0][0], STATION, "（据清河日报）").encode(),
        "reprints/2-jianghai.txt": page("老人心里踏实了", REPRINTED, "（据江海公益报）").encode(),
        "reprints/3-yancheng.txt": page(STORIES[1][0], HOTLINE, "（据盐城晚报）").encode(),
    }


def write(folder: Path) -> None:
    """Write them all."""
    for name, data in samples().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    write(ROOT / "data/formats")
