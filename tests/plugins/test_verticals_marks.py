"""What is marked in answers, what their form is said to be, and what hostile answers come to."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from hostile.payloads import FAMILIES
from polyarena import Text, View
from polyarena.testing.markup import markup_faults
from polyarena_verticals.marker import Mark, marks_in
from polyarena_verticals.plugin import plugin

ARENAS = {arena.manifest.id: arena for arena in plugin.polyarena_register_arenas()}
MARKERS = {occupation.id: occupation.markers for occupation in plugin.occupations}


def shown(arena: str, text: str) -> str:
    html = ARENAS[arena].render(Text(text=text), View(arena))
    assert html is not None
    return html


def only(arena: str, text: str) -> Mark:
    (mark,) = marks_in(text, MARKERS[arena])
    return mark


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.hrefs: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hrefs += [value or "" for name, value in attrs if name == "href"]
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("arena", "text", "link"),
    [
        ("medicine", "doi:10.1136/bmj.n71", "https://doi.org/10.1136/bmj.n71"),
        (
            "medicine",
            "10.1016/S0140-6736(20)30183-5",
            "https://doi.org/10.1016/S0140-6736%2820%2930183-5",
        ),
        ("medicine", "https://doi.org/10.1136/bmj.n71", "https://doi.org/10.1136/bmj.n71"),
        ("medicine", "PMID: 33782057", "https://pubmed.ncbi.nlm.nih.gov/33782057/"),
        ("medicine", "PMC8005924", "https://pmc.ncbi.nlm.nih.gov/articles/PMC8005924/"),
        ("medicine", "NCT03036124", "https://clinicaltrials.gov/study/NCT03036124"),
        ("medicine", "BMJ 2021;372:n71", ""),
        ("medicine", "N Engl J Med 2019;381(21):1995–2008", ""),
        ("medicine", "https://www.who.int/a?b=1", "https://www.who.int/a?b=1"),
        ("finance", "arXiv:1706.03762v5", "https://arxiv.org/abs/1706.03762"),
        ("legal", "ISBN 978-0-306-40615-7", ""),
        ("legal", "Brown v. Board of Education, 347 U.S. 483 (1954)", ""),
        ("legal", "Doe v. Roe, 999 F.3d 12 (9th Cir. 2021)", ""),
        ("legal", "R v Jogee [2016] UKSC 8", ""),
        ("legal", "[2003] EWCA Civ 1031", ""),
        ("legal", "ECLI:EU:C:2014:317", "https://e-justice.europa.eu/ecli/ECLI:EU:C:2014:317"),
        ("legal", "42 U.S.C. § 1983", "https://www.govinfo.gov/link/uscode/42/1983"),
        ("legal", "17 CFR § 240.10b-5", ""),
        ("legal", "Regulation (EU) 2016/679", ""),
        ("legal", "Directive 95/46/EC", ""),
        ("legal", "§ 823 Abs. 1 BGB", ""),
        ("legal", "Art. 6 Abs. 1 lit. f DSGVO", ""),
        ("legal", "Article 17(3)(b) GDPR", ""),
        ("legal", "article 1240 du Code civil", ""),
        ("legal", "section 3 of the Human Rights Act 1998", ""),
        ("legal", "BGH, Urteil vom 12.3.2020 – I ZR 126/18", ""),
        ("finance", "IFRS 15", ""),
        ("finance", "ASC 606-10-25", ""),
        ("finance", "26 U.S.C. § 1031", "https://www.govinfo.gov/link/uscode/26/1031"),
        ("finance", "Rule 10b-5", ""),
    ],
)
def test_sources_are_found_whole(arena: str, text: str, link: str) -> None:
    mark = only(arena, f"It is in {text}.")
    assert mark.text == text
    assert mark.marker.cites
    assert mark.odd == ""
    assert mark.link == link


@pytest.mark.parametrize(
    ("arena", "text", "why"),
    [
        ("medicine", "doi:10.99/abc", "at least four digits"),
        ("medicine", "PMID: 0123", "no zero"),
        ("medicine", "NCT0123", "eight digits"),
        ("medicine", "BMJ 2099;372:71", "still to come"),
        ("medicine", "Lancet 2020;395:507-493", "last page"),
        ("medicine", "https://nowhere", "no host"),
        ("finance", "arXiv:1713.03762", "a month"),
        ("legal", "ISBN 978-0-306-40615-8", "check digit"),
        ("legal", "Doe v. Roe, 999 F.3d 12 (9th Cir. 1985)", "from 1993 to 2021"),
        ("legal", "[1999] UKSC 41", "from 2009 on"),
        ("legal", "[2012] UKHL 4", "from 2001 to 2009"),
        ("legal", "[2999] UKSC 4", "still to come"),
        ("legal", "ECLI:EU:2014:317", "five parts"),
        ("legal", "61 U.S.C. § 1", "no title 61"),
        ("legal", "35 CFR § 1", "no title 35"),
        ("legal", "Regulation (EU) 679/31", "year since 1958"),
        ("legal", "BGH, Urteil vom 31.2.2020 – I ZR 126/18", "no such date"),
        ("finance", "IFRS 99", "end at 19"),
        ("finance", "ASC 9-10", ""),
        ("finance", "ASC 100", "from 105"),
        ("finance", "US0378331006", "check digit"),
    ],
)
def test_a_wrong_form_is_named(arena: str, text: str, why: str) -> None:
    marks = marks_in(f"It is in {text}.", MARKERS[arena])
    assert [why in mark.odd for mark in marks] == ([True] if why else [])
    assert not any(mark.link for mark in marks)


@pytest.mark.parametrize(
    ("arena", "text", "kind"),
    [
        ("medicine", "Metformin", "drug"),
        ("medicine", "empagliflozin", "drug"),
        ("medicine", "Adalimumab", "drug"),
        ("medicine", "apixaban", "drug"),
        ("finance", "US0378331005", "isin"),
        ("finance", "$MSFT", "ticker"),
        ("finance", "free cash flow", "measure"),
        ("marketing", "clinically proven", "claim"),
        ("marketing", "37 %", "figure"),
        ("marketing", "9 out of 10", "figure"),
        ("marketing", "#runlonger", "hashtag"),
        ("legal", "Roe v. Wade", "parties"),
    ],
)
def test_words_of_the_trade_are_marked(arena: str, text: str, kind: str) -> None:
    mark = only(arena, f"so {text}, then")
    assert (mark.text, mark.marker.id) == (text, kind)
    assert not mark.marker.cites


@pytest.mark.parametrize(
    ("arena", "text"),
    [
        ("medicine", "Cholesterol fell in April, except in one reservoir; 10.5/2 is 5.25"),
        ("medicine", "Give 500 mg twice a day, 2019; then 3:4"),
        ("legal", "The act was of 2010 and the parties v. nobody; § applies"),
        ("finance", "It costs $5 and IAS is short for ias; BETAMAXIMUMS"),
        ("marketing", "Ten of us met at 10:30; version 2.0 of #1"),
    ],
)
def test_look_alikes_are_left_alone(arena: str, text: str) -> None:
    assert marks_in(text, MARKERS[arena]) == []


def test_marks_run_across_emphasis_and_reach_into_links() -> None:
    html = shown(
        "legal", "In *Brown v. Board*, 347 U.S. 483 (1954); [GDPR](https://eur-lex.europa.eu/x)."
    )
    assert html.count('data-kind="source"') == 2
    assert "<em><mark" in html
    assert "Brown v. Board, 347 U.S. 483 (1954)</span>" in html
    assert "2 sources" in html
    assert "https://eur-lex.europa.eu/x" in html.partition("<aside")[2]


def test_sources_are_listed_with_what_is_wrong() -> None:
    html = shown("medicine", "doi:10.1136/bmj.n71, NCT0123, metformin, `doi:10.1136/bmj.n71`")
    _, _, listed = html.partition("<aside")
    assert "2 sources" in listed
    assert "1 with a form that is wrong" in listed
    assert "eight digits" in listed
    assert "metformin" not in listed
    assert "<aside" not in shown("medicine", "Take metformin.")


def test_code_and_formulas_are_left_as_they_are() -> None:
    text = "```\ndoi:10.1136/bmj.n71 <b>\n```\n\n$x < 1$ and $\\text{metformin}$"
    html = shown("medicine", text)
    assert "<mark" not in html
    assert "&lt;b&gt;" in html


def test_a_text_that_is_still_being_written_is_shown_as_ever() -> None:
    part = Text(text="doi:10.1136/bmj.n71")
    assert ARENAS["medicine"].render(part, View("medicine", final=False)) is None


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("arena", ARENAS)
def test_hostile_answers_are_inert(arena: str, family: str) -> None:
    bait = "doi:10.1136/{} https://evil.test/{} {} v. {}, 347 U.S. 1 (1954) metformin{}"
    for payload in FAMILIES[family]:
        for text in (
            payload,
            bait.replace("{}", payload),
            f"[{payload}](https://a.test/{payload})",
        ):
            html = shown(arena, text)
            assert markup_faults(html) == ()
            tags = Tags(html)
            assert tags.open == []
            assert all(href.startswith(("https://", "http://", "mailto:")) for href in tags.hrefs)


PIECES = (
    *("A ", "A", "Aa v. ", "1 U.S. ", "10.1000/", "doi:", "(", "[", "§ 1 ", "Act ", "1", "a", "\n"),
    *("https://a.b/", "ECLI:A", "$A ", "metformin ", "A & ", "[2019] UKSC 1 ", "1%", "#a "),
)


@pytest.mark.parametrize("arena", ARENAS)
def test_long_answers_are_read_through(arena: str) -> None:
    for piece in PIECES:
        text = piece * (50_000 // len(piece))
        assert all(mark.text for mark in marks_in(text, MARKERS[arena]))


def test_an_answer_of_nothing_but_sources_is_marked_within_bounds() -> None:
    text = "*doi:10.1136/bmj.n71* " * 20_000
    html = shown("medicine", text)
    assert 0 < html.count("<mark") <= 1_000
    assert "1 source<" in html
