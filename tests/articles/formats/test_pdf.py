"""Pages of newspapers in real PDFs: what is headline, text and furniture, and in which order."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from fenmen.articles.formats.pdf import read_pdf
from fenmen.errors import FenmenError
from tests.articles.composer import written_articles
from tests.articles.scoring import lost, squash

from .printing import LAYOUTS, Look, pdf_of, print_page, random_look


@pytest.fixture(scope="module")
def articles():
    return written_articles(Path(__file__).parents[3])


def read_one(data):
    (page,) = read_pdf(data, source="page.pdf")
    if isinstance(page, FenmenError):
        raise page
    return page


@pytest.mark.parametrize("layout", LAYOUTS)
def test_articles_of_a_page_come_whole_whatever_the_order_in_the_file(articles, layout):
    rng = random.Random(LAYOUTS.index(layout))
    printed = print_page(articles[5:9], Look(layout=layout), rng)
    page = read_one(pdf_of([printed], rng))
    assert {squash(a.body) for a in page.articles} == {squash(a.told) for a in printed.articles}
    assert {squash(a.title) for a in page.articles} == {squash(a.title) for a in printed.articles}
    assert lost(page) == 0


def test_masthead_folio_and_editor_are_left_over(articles):
    rng = random.Random(1)
    page = read_one(pdf_of([print_page(articles[:3], Look(), rng)], rng))
    left = {piece.text: piece.reason for piece in page.leftovers}
    assert left["江海公益报"] == "masthead"
    assert any("03版" in text and reason == "folio" for text, reason in left.items())
    assert any("责编" in text and reason == "editor" for text, reason in left.items())


def test_most_articles_of_random_pages_are_exact_and_no_character_is_lost(articles):
    rng = random.Random(7)
    wanted = exact = 0
    for _ in range(12):
        printed = print_page(rng.sample(articles, rng.randint(2, 7)), random_look(rng), rng)
        page = read_one(pdf_of([printed], rng))
        found = {squash(article.body) for article in page.articles}
        wanted += len(printed.articles)
        exact += sum(squash(article.told) in found for article in printed.articles)
        drawn = "".join(put.text for put in printed.puts)
        assert sorted("".join(drawn.split())) == sorted("".join(page.text.split()))
        assert lost(page) == 0
    assert exact >= 0.95 * wanted


def test_a_pdf_whose_streams_are_broken_says_so_beside_what_it_gave(articles):
    rng = random.Random(3)
    data = bytearray(pdf_of([print_page(articles[:2], Look(), rng)], rng))
    data[data.rfind(b"endstream") - 40] ^= 1
    *_, last = read_pdf(bytes(data), source="page.pdf")
    assert str(last).startswith("E_PDF_DAMAGED page.pdf: is damaged in places")


def test_each_page_of_a_pdf_is_a_page(articles):
    rng = random.Random(4)
    printed = [print_page(articles[start : start + 2], Look(), rng) for start in (0, 2)]
    first, second = read_pdf(pdf_of(printed, rng), source="day.pdf")
    assert {a.page for a in first.articles} == {1}
    assert {a.page for a in second.articles} == {2}
    assert {squash(a.body) for a in second.articles} == {
        squash(a.told) for a in printed[1].articles
    }


def test_a_page_of_one_size_of_type_is_split_like_a_text(articles):
    rng = random.Random(5)
    look = Look(columns=1, characters=30, headline=9.5, layout="flow", furniture=False)
    printed = print_page(articles[:1], look, rng)
    puts = [replace(put, size=9.5) for put in printed.puts]
    printed.puts[:] = puts
    page = read_one(pdf_of([printed], rng))
    assert squash(page.articles[0].body) == squash(printed.articles[0].told)
