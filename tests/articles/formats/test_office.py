"""Word files, spreadsheets, tables and mails as articles."""

import io
import json
import zipfile
from email.message import EmailMessage

import pytest

from fenmen.articles.readers import read_pages
from fenmen.errors import FenmenError

from .offices import docx, xlsx, zipped

FIRST = "为了让更多老人按时吃上热饭，街道在社区里开了一家食堂。开张那天来了两百多位老人。"
SECOND = "食堂每天供应六样菜，八十岁以上的老人半价。志愿者把饭送到不能下楼的老人家里。"
OTHER = "县里把三家卫生院的药房连成一张网，缺药的时候可以互相调剂，病人不用再跑县城。"


def read(path):
    return list(read_pages([path]))


def whole(page):
    """Whether every character is in an article or in the leftovers."""
    kept = "".join(a.title + a.subtitle + a.body for a in page.articles)
    left = "".join(piece.text for piece in page.leftovers)
    return sorted("".join((kept + left).split())) == sorted("".join(page.text.split()))


def test_headings_of_a_word_file_begin_articles(tmp_path):
    header = f'<w:p xmlns:w="{W}"><w:r><w:t>内部资料</w:t></w:r></w:p>'
    story = [
        ("heading 1", "社区食堂开张"),
        ("Subtitle", "八十岁以上半价"),
        ("", FIRST),
        ("heading 2", "送饭上门"),
        ("", SECOND),
        ("", "（冯远）"),
        ("heading 1", "药房连成一张网"),
        ("", OTHER),
    ]
    (tmp_path / "a.docx").write_bytes(docx(story, header1=header))
    (page,) = read(tmp_path)
    assert [a.title for a in page.articles] == ["社区食堂开张", "药房连成一张网"]
    assert page.articles[0].body == f"{FIRST}\n送饭上门\n{SECOND}"
    assert (page.articles[0].subtitle, page.articles[0].byline) == ("八十岁以上半价", "冯远")
    assert {piece.text: piece.reason for piece in page.leftovers}["内部资料"] == "header"
    assert whole(page)


def test_a_word_file_without_styles_is_split_like_a_page(tmp_path):
    story = [("", "社区食堂开张"), ("", FIRST), ("", SECOND)]
    (tmp_path / "a.docx").write_bytes(docx(story))
    (page,) = read(tmp_path)
    assert [(a.title, a.body) for a in page.articles] == [("社区食堂开张", f"{FIRST}\n{SECOND}")]


def test_each_row_of_a_spreadsheet_is_an_article_or_an_error(tmp_path):
    rows = [
        ["稿件汇总"],
        ["编号", "标题", "正文", "来源", "日期", "作者"],
        [1, "社区食堂开张", FIRST + "\n" + SECOND, "江海晚报", "2024-05-17", "冯远"],
        [2, "空的", "", "", "", ""],
        [3, "药房连成一张网", OTHER, "新晨网", "2024-05-18", "卢青"],
    ]
    (tmp_path / "a.xlsx").write_bytes(xlsx(rows))
    first, empty, second = read(tmp_path)
    (article,) = first.articles
    assert (article.title, article.byline, article.credit) == ("社区食堂开张", "冯远", "江海晚报")
    assert (article.date, article.page) == ("2024-05-17", 3)
    assert article.body == f"{FIRST}\n{SECOND}"
    assert "text: 正文" in first.encoding
    assert ("column 编号", "1") in {(piece.reason, piece.text) for piece in first.leftovers}
    assert str(empty).startswith(f"E_EMPTY {tmp_path}/a.xlsx:4")
    assert second.articles[0].body == OTHER
    assert whole(first)


def test_a_column_of_long_texts_is_taken_where_no_name_says_which(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(xlsx([["甲", "乙"], ["短", FIRST], ["短", SECOND]]))
    assert [page.articles[0].body for page in read(tmp_path)] == [FIRST, SECOND]


def test_a_spreadsheet_without_texts_says_what_it_has(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(xlsx([["甲", "乙"], [1, 2]]))
    (error,) = read(tmp_path)
    assert str(error).startswith(
        f"E_COLUMN {tmp_path}/a.xlsx: has no column of texts; found ['甲', '乙']"
    )


@pytest.mark.parametrize(
    ("stray", "code"),
    [
        ('<c t="str" s="2" r="XFD1048576"><v>落</v></c>', "E_LIMIT"),
        ('<c r="XFD1048576" s="2"/>', ""),  # a border is no content
    ],
)
def test_a_stray_cell_far_from_the_table_is_told_and_an_empty_one_overlooked(tmp_path, stray, code):
    data = zipfile.ZipFile(io.BytesIO(xlsx([["标题", "正文"], ["社区食堂开张", FIRST]])))
    parts = {name: data.read(name) for name in data.namelist()}
    far = f'<row r="1048576" ht="15">{stray}</row></sheetData>'.encode()
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</sheetData>", far)
    (tmp_path / "a.xlsx").write_bytes(zipped(parts))
    (page,) = read(tmp_path)
    if code:
        told = "its cells spread over 1,048,576 rows and 16,384 columns"
        assert str(page).startswith(f"{code} {tmp_path}/a.xlsx: {told}")
    else:
        assert page.articles[0].body == FIRST


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_of_text_are_read_in_their_encoding(tmp_path, encoding):
    text = f'标题,正文\n社区食堂开张,"{FIRST}"\n'
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    (page,) = read(tmp_path)
    assert (page.articles[0].title, page.articles[0].body) == ("社区食堂开张", FIRST)


def test_json_lines_name_their_own_columns(tmp_path):
    row = json.dumps({"headline": "社区食堂开张", "content": FIRST}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(row + "\n{broken\n", "utf-8")
    page, error = read(tmp_path)
    assert (page.articles[0].title, page.articles[0].body) == ("社区食堂开张", FIRST)
    assert error.code == "E_JSON"


def test_a_mail_gives_its_text_and_its_attachments(tmp_path):
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "稿件", "a@example.cn", "b@example.cn"
    mail.set_content(f"社区食堂开张\n\n{FIRST}\n\n{SECOND}\n")
    attached = docx([("heading 1", "药房连成一张网"), ("", OTHER)])
    mail.add_attachment(attached, maintype="application", subtype="zip", filename="稿.docx")
    (tmp_path / "a.eml").write_bytes(mail.as_bytes())
    text, file = read(tmp_path)
    assert text.articles[0].body == f"{FIRST}\n{SECOND}"
    assert "mail header" in {piece.reason for piece in text.leftovers}
    assert (file.source, file.articles[0].title) == (f"{tmp_path}/a.eml#稿.docx", "药房连成一张网")


def test_files_are_known_by_their_content_not_by_their_name(tmp_path):
    (tmp_path / "a.pdf").write_bytes(docx([("heading 1", "药房连成一张网"), ("", OTHER)]))
    (tmp_path / "b.docx").write_text(f"社区食堂开张\n{FIRST}\n{SECOND}", "utf-8")
    (tmp_path / "c.xlsx").write_bytes(b"PK\x03\x04 and no more")
    word, text, broken = read(tmp_path)
    assert (word.encoding, text.encoding) == ("docx", "utf-8")
    assert isinstance(broken, FenmenError)
    assert broken.code == "E_DAMAGED"


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
