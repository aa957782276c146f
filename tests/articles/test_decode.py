import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenmen.articles.decode import decode
from fenmen.errors import FenmenError

SIMPLIFIED = "社会工作者来到社区，为老人送去服务。孩子们在图书室里看书。"
TRADITIONAL = "社會工作者來到社區，為老人送去服務。孩子們在圖書室裡看書。"


@pytest.mark.parametrize(
    ("text", "written", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16-le"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "utf-8", "utf-8"),
        ("plain English text", "ascii", "utf-8"),
    ],
)
def test_every_usual_encoding_is_recognised_from_its_bytes(text, written, found):
    decoded = decode(text.encode(written), where="page.txt")
    assert (decoded.text, decoded.encoding) == (text, found)
    assert decoded.why


@given(
    st.text(alphabet="的一是在不了有和人这中大为上个国我以要他时来用们", min_size=8, max_size=60)
)
def test_chinese_never_comes_back_as_the_mojibake_of_another_encoding(text):
    for encoding in ("utf-8", "gb18030"):
        assert decode(text.encode(encoding), where="x").text == text


def test_a_given_encoding_is_used_and_said_to_be_given():
    decoded = decode(SIMPLIFIED.encode("gb18030"), where="x", encoding="GBK")
    assert (decoded.text, decoded.why) == (SIMPLIFIED, "given")


def test_a_wrong_encoding_names_the_bad_byte_and_what_to_try():
    with pytest.raises(
        FenmenError, match=r"E_ENCODING x: is not ascii: byte 0xe7 at .* 0; try utf-8"
    ):
        decode(SIMPLIFIED.encode(), where="x", encoding="ascii")


def test_a_wrong_encoding_that_happens_to_decode_is_refused_as_nonsense():
    data = ("社会工作服务社区" * 4).encode()
    with pytest.raises(FenmenError, match="nonsense in utf-16-le; its bytes look like utf-8"):
        decode(data, where="x", encoding="utf-16-le")


def test_an_unknown_encoding_is_named():
    with pytest.raises(FenmenError, match="E_ENCODING x: there is no encoding 'gb2313'"):
        decode(b"abc", where="x", encoding="gb2313")


def test_an_empty_file_is_refused():
    with pytest.raises(FenmenError, match="E_EMPTY x"):
        decode(b" \r\n", where="x")


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\xff" * 40, b"\x89PNG\r\n\x1a\n", b"PK\x03\x04rest"]
)
def test_a_binary_file_is_refused(data):
    with pytest.raises(FenmenError, match="E_BINARY x"):
        decode(data, where="x")


def test_bytes_of_no_encoding_are_refused_with_the_place():
    with pytest.raises(FenmenError, match=r"E_ENCODING x: is not utf-8: byte 0xff at position 4"):
        decode(b"abcd\xff\xff\xfe efgh", where="x")


def test_one_broken_byte_in_a_long_text_is_replaced_and_told():
    data = bytearray((SIMPLIFIED * 40).encode())
    data[301] = 0xFF
    decoded = decode(bytes(data), where="x")
    assert "broken" in decoded.why
    assert "\ufffd" in decoded.text


def test_the_encodings_of_old_corpora_are_recognised(legacy_files):
    for file in legacy_files:
        assert decode(file.read_bytes(), where=file.name).encoding == "gb18030"
