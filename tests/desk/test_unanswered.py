"""`/chuatraloi`: what was asked in vain is gathered, and each gathering is dealt with once."""

from __future__ import annotations

from tests.desk.office import Office
from tests.telegram.proxy import Call
from tests.telegram.stage import ADMIN, lead, until, words

VAIN = ("số hộ cận nghèo 6 tháng 2023", "so ho can ngheo 6 thang 2023 la bao nhieu", "hộ cận nghèo 6 tháng năm 2023?")
PARAPHRASE = "quân số mới của Đảng 6 tháng đầu năm 2023"


def _ask(office: Office, *questions: str) -> None:
    for number, question in enumerate(questions):
        office.account.ask(500 + number, question)


def _list(office: Office) -> Call:
    return office.account.ask(ADMIN, "/chuatraloi")


def test_one_thing_asked_in_many_ways_is_one_row(office: Office) -> None:
    """Three wordings make one row with its count; a greeting and an answered question make none."""
    _ask(office, *VAIN, "xin chào", "6 tháng đầu năm 2023 kết nạp bao nhiêu đảng viên")
    listed = _list(office)
    assert "3 lần" in words(listed)
    assert "đảng viên" not in words(listed)
    assert [button["text"] for button in listed.buttons] == ["1"]


def test_what_is_ignored_never_comes_back(office: Office) -> None:
    """Not after another wording, and not after a restart."""
    _ask(office, *VAIN[:2])
    one = office.account.press(ADMIN, "1", _list(office))
    assert VAIN[0] in words(one)
    emptied = office.account.press(ADMIN, "Bỏ qua", one)
    assert "không có câu nào" in words(emptied)
    _ask(office, *VAIN)
    assert "không có câu nào" in words(_list(office))
    office.bot.stop()
    office.bot.start()
    assert "không có câu nào" in words(_list(office))


def test_what_there_is_not_becomes_a_question_that_must_stay_silent(office: Office) -> None:
    """ "Thật sự không có" writes it among the editors' own questions, and it is not shown again."""
    _ask(office, VAIN[0])
    one = office.account.press(ADMIN, "1", _list(office))
    assert "bộ kiểm tra" in words(office.account.press(ADMIN, "Thật sự không có", one))
    written = "".join(path.read_text(encoding="utf-8") for path in (office.knowledge / "questions").glob("*.yaml"))
    assert f"  - ask: {VAIN[0]}\n    expect: []\n" in written
    assert "không có câu nào" in words(_list(office))
    assert "hoàn tác" in words(office.account.ask(ADMIN, "/hoantac"))


def test_a_thumbed_down_answer_is_shown(office: Office) -> None:
    """An answer somebody called bad is on the list although it was given."""
    answer = office.account.ask(600, "6 tháng đầu năm 2023 kết nạp bao nhiêu đảng viên")
    before = len(office.account.calls("answerCallbackQuery"))
    office.account.presses(600, next(b["callback_data"] for b in answer.buttons if "👎" in b["text"]), answer)
    until(lambda: office.account.calls("answerCallbackQuery")[before:])
    listed = _list(office)
    assert "👎 1" in words(listed)
    assert "bị chê" in words(office.account.press(ADMIN, "1", listed))


def test_attaching_makes_the_entry_answer_and_keeps_the_file_as_typed(office: Office) -> None:
    """The wording becomes an example, one line of the file, and the next asker gets the figure."""
    before = office.text().splitlines()
    _ask(office, PARAPHRASE)
    one = office.account.press(ADMIN, "1", _list(office))
    assert "giờ trả lời được" in words(office.account.press(ADMIN, "kết nạp", one))
    assert "780" in lead(office.account.ask(601, PARAPHRASE))
    after = office.text().splitlines()
    place = after.index(f"      - {PARAPHRASE}")
    assert after[place - 1] == "    examples:"
    assert after[: place - 1] + after[place + 1 :] == before
    assert "không có câu nào" in words(_list(office))


def test_an_example_that_steals_is_refused(office: Office) -> None:
    """A wording that another question of the editors' needs is not given to an entry."""
    own = office.knowledge / "questions" / "giao-ban-quy-2-2023.yaml"
    own.write_text(own.read_text(encoding="utf-8") + f"  - ask: {PARAPHRASE}\n    expect: []\n", encoding="utf-8")
    before = office.text()
    _ask(office, PARAPHRASE)
    one = office.account.press(ADMIN, "1", _list(office))
    refused = office.account.press(ADMIN, "kết nạp", one)
    assert "Chưa làm được" in words(refused)
    assert PARAPHRASE in words(refused)
    assert office.text() == before
