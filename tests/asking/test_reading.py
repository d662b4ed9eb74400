"""Properties of reading: what must hold for any text, number, period and spelling."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.render import plain
from bot.desk import Desk
from bot.index import Index
from bot.input_method import decode_telex, decode_vni
from bot.knowledge import Knowledge
from bot.number import format_number, parse_number
from bot.number_mention import find_numbers
from bot.outcome import Question
from bot.period import Period, parse_period
from bot.phrases.answers import period as spoken
from bot.reader import Reader
from bot.spelling import Speller
from bot.text import Words, accented, clean, compatible, fold, fold_in_place, phrase, tokenize
from bot.time_grammar import GRAMMAR
from bot.time_mention import TimeRole
from bot.timeline import find_times, rules_for
from tests.asking.conftest import rows_of

QUESTIONS = Path(__file__).parents[1] / "questions"
ANCHOR, TODAY = dt.date(2023, 10, 1), dt.date(2023, 11, 1)
NOON = dt.datetime(2023, 11, 1, 5, tzinfo=dt.UTC)
SHARED = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

PIECES = (
    "đảng viên", "kết nạp", "bao nhiêu", "6 tháng", "quý", "II", "2023", "/", "so với cùng kỳ", "GTSXCN",
    "ddangr", "xuatkhau",
    "tong63", "?", ",", "39,7", "%", "97.052", "108/126", "ba phẩy chín", "Võ Nhai", "và", "còn", "how many",
    "năm ngoái", "\n",
    "05/7", "99/99", "31/2/2023", "🙂", "\u0301", "\u202e", "\0", "ＡＢＣ", "²", "①", "ﬁ", "İ", "ß", "000", "1.1.1.1",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)  # fmt: skip
PERIODS = st.one_of(
    st.builds(lambda year, q: f"{year}-Q{q}", st.integers(2000, 2099), st.integers(1, 4)),
    st.builds(lambda year, h: f"{year}-H{h}", st.integers(2000, 2099), st.integers(1, 2)),
    st.builds(lambda year, m: f"{year}-{m:02d}", st.integers(2000, 2099), st.integers(1, 12)),
    st.builds(lambda year, m: f"{year}-{m}M", st.integers(2000, 2099), st.sampled_from((4, 5, 7, 8, 9, 10, 11))),
    st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)).map(str),
    st.integers(2000, 2099).map(str),
)


@pytest.fixture(scope="module")
def index(knowledge: Knowledge) -> Index:
    return Index(knowledge.briefings, knowledge.concepts)


@pytest.fixture(scope="module")
def reader(index: Index) -> Reader:
    return Reader(index.lexicon, index.gazetteer, ANCHOR, index.expansions)


@SHARED
@given(TEXTS)
def test_folding(text: str) -> None:
    """Folding twice is folding once, marks and case do not matter, and folding in place keeps every place."""
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert len(fold_in_place(text)) == len(text)
    assert phrase(" ".join(phrase(text))) == phrase(text)


@SHARED
@given(TEXTS)
def test_cleaning_and_tokens(text: str) -> None:
    """A cleaned text stays as it is; tokens are its own pieces, in order, with only white space between."""
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    at = 0
    for token in tokenize(cleaned):
        assert cleaned[token.start : token.end] == token.text
        assert not cleaned[at : token.start].strip()
        at = token.end
    assert not cleaned[at:].strip()


@given(st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữự", max_size=8))
def test_an_unmarked_word_may_be_any_marked_one(word: str) -> None:
    """Whoever leaves all marks out may mean the word; a fully marked word is itself."""
    assert compatible(fold(word), word)
    assert compatible(word, word)
    assert not accented(fold(word))


@given(st.decimals(-(10**12), 10**12, places=3).flatmap(lambda n: st.sampled_from([n, n.quantize(Decimal(1))])))
def test_numbers_are_written_and_read(number: Decimal) -> None:
    """A number written the Vietnamese way is read back exactly, by editors' files and in questions."""
    written = format_number(number)
    assert parse_number(written) == number
    found = find_numbers(Words(tokenize(written.lstrip("−"))))
    assert [one.value for one in found] == [abs(number)]


@pytest.mark.parametrize("written", rows_of("reading.yaml")["refused numbers"])
def test_a_number_of_two_readings_is_refused(written: str) -> None:
    """What could be read two ways is never guessed in an editor's file."""
    with pytest.raises(ValueError, match="số"):
        parse_number(written)


@given(PERIODS)
def test_periods_are_written_and_read(written: str) -> None:
    """A period's YAML form is read and written back, and contains itself."""
    period = parse_period(written)
    assert isinstance(period, Period)
    assert str(period) == written
    assert period.contains(period)
    assert period.first <= period.last


@pytest.mark.parametrize("written", rows_of("reading.yaml")["refused periods"])
def test_a_period_not_in_the_calendar_is_refused(written: str) -> None:
    """No thirteenth month, fifth quarter or 31 February."""
    with pytest.raises(ValueError, match=r"kỳ|tháng|năm|ngày"):
        parse_period(written)


@given(PERIODS)
def test_a_period_as_answers_say_it_is_understood_in_questions(written: str) -> None:
    """Every period in the words of an answer is read as that very period."""
    period = parse_period(written)
    assert isinstance(period, Period)
    said = fold_in_place(f"thu ngân sách {spoken(period)} bao nhiêu")
    mentions = [m for m in find_times(said, ANCHOR, TODAY) if m.role is TimeRole.SUBJECT]
    assert [(m.period(1999).first, m.period(1999).last) for m in mentions] == [(period.first, period.last)]


@pytest.mark.parametrize("row", rows_of("reading.yaml")["times"], ids=lambda row: row["said"])
def test_a_time_as_people_say_it(row: dict[str, str], request: pytest.FixtureRequest) -> None:
    """Quarters, halves, months and years in every usual form name the right period, with and without marks."""
    if "bug" in row:
        request.applymarker(pytest.mark.xfail(reason=row["bug"], strict=True))
    period = parse_period(row["is"])
    for said in (row["said"], fold(row["said"]), row["said"].upper()):
        mentions = find_times(fold_in_place(f"thu {said} ra sao"), ANCHOR, TODAY)
        assert [m.period(2023) for m in mentions] == [period], said


@pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_a_form_of_time_matches_nowhere_without_its_needs(path: Path) -> None:
    """In no question does a form match that is passed over because nothing it needs stands there."""
    for line in path.read_text(encoding="utf-8").splitlines():
        folded = fold_in_place(clean(json.loads(line)["q"]))
        tried = list(rules_for(folded))
        passed = [rule.pattern.pattern for rule in GRAMMAR if rule not in tried and rule.pattern.search(folded)]
        assert not passed, folded


@SHARED
@given(TEXTS)
def test_times_lie_apart_in_the_text(text: str) -> None:
    """Times found are pieces of the text, in order, never overlapping, and always in the calendar."""
    folded = fold_in_place(clean(text))
    at = 0
    for mention in find_times(folded, ANCHOR, TODAY):
        assert at <= mention.start < mention.end <= len(folded)
        assert folded[mention.start : mention.end].strip() == mention.text
        assert mention.period(2023).first <= mention.period(2023).last
        at = mention.end


@pytest.mark.parametrize("typed", rows_of("reading.yaml")["telex"])
def test_telex_left_standing(typed: str) -> None:
    """Keys of Telex become the letters they stand for."""
    assert compatible(decode_telex(typed), rows_of("reading.yaml")["telex"][typed])


@pytest.mark.parametrize("typed", rows_of("reading.yaml")["vni"])
def test_vni_left_standing(typed: str) -> None:
    """Digits of VNI become the marks they stand for."""
    assert compatible(decode_vni(typed), rows_of("reading.yaml")["vni"][typed])


@SHARED
@given(TEXTS)
def test_repairs_stay_within_the_vocabulary(text: str) -> None:
    """A repair only ever makes known words or regular syllables; numbers, marks and known words stay as typed."""
    speller = Speller(("dang", "vien", "ket", "nap", "xuat", "khau", "tong"), ("ts", "dv"))
    for token in tokenize(clean(text)):
        repaired = speller.repair(token)
        assert repaired
        if speller.knows(token.folded) or token.is_number or token.is_mark:
            assert repaired == token.text
        assert all(speller.knows(near) for near in speller.neighbours(token.folded))


@SHARED
@given(TEXTS, st.sets(st.integers(0, 8)), st.sets(st.integers(0, 8)))
def test_a_cut_covers_each_word_once(index: Index, text: str, closed: set[int], breaks: set[int]) -> None:
    """Hits stand in order, never overlap, keep off closed words and never run over the start of a clause."""
    words = Words(token for token in tokenize(clean(text)) if not token.is_mark)
    passage = index.lexicon.passage(words, index.lexicon.is_english(words), frozenset(closed), frozenset(breaks))
    at = 0
    for hit in index.lexicon.cut(passage):
        assert at <= hit.start < hit.end <= len(words)
        assert not closed & set(range(hit.start, hit.end))
        assert not breaks & set(range(hit.start + 1, hit.end))
        assert hit.concepts
        at = hit.end


@SHARED
@given(TEXTS)
def test_anything_can_be_read_and_asked(reader: Reader, desk: Desk, text: str) -> None:
    """Reading and asking never raise, and the reply always has words and no control characters."""
    reading = reader.read(text, TODAY)
    assert len(reading.hits) == len(reading.kinds) == len(reading.asking)
    reply = plain(desk.ask(Question(text, "anyone", NOON)))
    assert reply.strip()
    assert not [c for c in reply if unicodedata.category(c) == "Cc" and c != "\n"]
