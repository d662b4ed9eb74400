"""Answers of any shape become messages Telegram accepts, and the same words in the terminal."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.chart import draw
from bot.chat.render import messages, plain
from bot.outcome import Answer, Card, Citation, Found, NotFound, Series, SeriesPoint, Suggestion, Unsure
from tests.telegram.strict import shown, violations_of

_WORDS = st.text(alphabet=st.characters(codec="utf-8"), max_size=300) | st.sampled_from(
    ["<b>", "&amp;", "405 nghìn tỷ đồng", "a" * 5000, "😀" * 3000, "chữ " * 1500, "x:", "\x00", "‮"]
)
_LEADS = _WORDS.map(lambda words: f"Số {words}")
_CITATIONS = st.builds(
    Citation, _LEADS, _WORDS, st.sampled_from(['https://a.vn/?x=1&y="2"', "http://b.vn"]), st.none() | st.dates()
)
_CARDS = st.builds(
    Card,
    _LEADS,
    about=_WORDS,
    lines=st.lists(_WORDS, max_size=40).map(tuple),
    footer=_WORDS,
    citations=st.lists(_CITATIONS, max_size=3).map(tuple),
)
_SUGGESTIONS = st.lists(st.builds(Suggestion, st.just("a/b"), _LEADS), max_size=3).map(tuple)
_PARTS = st.one_of(
    st.builds(
        lambda cards, offered: Found(cards, ("a/b",), {}, offered),
        st.lists(_CARDS, min_size=1, max_size=6).map(tuple),
        _SUGGESTIONS,
    ),
    st.builds(Unsure, _CARDS, _SUGGESTIONS),
    st.builds(NotFound, _CARDS, _SUGGESTIONS),
)
_ANSWERS = st.lists(_PARTS, min_size=1, max_size=3).map(lambda parts: Answer("?", tuple(parts), "v", 1.0))


@settings(max_examples=60, deadline=None)
@given(_ANSWERS)
def test_any_answer_becomes_messages_telegram_accepts(answer: Answer) -> None:
    """Tags balanced, letters escaped, lengths and entities within the limits, however the words look."""
    for outgoing in messages(answer):
        assert not violations_of("sendMessage", {"text": outgoing.html, "parse_mode": "HTML"})


@settings(max_examples=60, deadline=None)
@given(_ANSWERS)
def test_every_suggestion_gets_its_button_once(answer: Answer) -> None:
    """No button is lost or doubled when an answer is split."""
    offered = [one for part in answer.parts for one in part.suggestions]
    assert [one for outgoing in messages(answer) for one in outgoing.suggestions] == offered


def test_nothing_is_lost_when_an_answer_is_split() -> None:
    """All words of a long answer are there, in order, over several messages."""
    lines = tuple(f"dòng số {number} {'chữ ' * 50}" for number in range(60))
    answer = Answer("?", (Found((Card("405", lines=lines),), ()),), "v", 1.0)
    sent = messages(answer)
    assert len(sent) > 1
    assert "\n".join(shown(one.html) for one in sent).split() == plain(answer).split()


def test_one_source_under_several_cards_is_named_once() -> None:
    """Neighbouring cards of one source share its link."""
    source = (Citation("Tiêu đề", "Báo", "https://a.vn", dt.date(2023, 7, 5)),)
    answer = Answer("?", (Found((Card("1", citations=source), Card("2", citations=source)), ()),), "v", 1.0)
    assert messages(answer)[0].html.count("<a href") == 1
    assert plain(answer).count("https://a.vn") == 1
    assert "05/07/2023" in plain(answer)


def test_a_series_is_drawn_as_a_picture() -> None:
    """A PNG comes out, whatever the labels hold."""
    points = tuple(SeriesPoint(f"quý {n}/2023 $x_1$", float(n), f"{n} tỷ", "a/b") for n in range(1, 5))
    assert draw(Series("Thu ngân sách $", "tỷ", points)).startswith(b"\x89PNG")
