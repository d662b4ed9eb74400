"""From a sent YAML file to another answer and back."""

from __future__ import annotations

from tests.desk.office import BRIEFING, QUESTION, Office
from tests.telegram.stage import ADMIN, lead, until, words


def test_a_sent_file_changes_the_answer_and_undoing_brings_it_back(office: Office) -> None:
    """Send, see the difference and whose answers change, apply, ask, undo, ask."""
    account = office.account
    before = office.text()
    assert "405" in lead(account.ask(31, QUESTION))
    seen = len(account.sent(ADMIN))
    ready = office.send(ADMIN, "giao-ban-quy-2-2023.yaml", office.raised())
    report = office.everything(ADMIN, seen)
    assert "405 nghìn tỷ đồng" in report
    assert "411 nghìn tỷ đồng" in report
    assert QUESTION in report
    assert office.text() == before
    assert "Đã áp dụng" in words(account.press(ADMIN, "Áp dụng", ready))
    assert "411" in lead(account.ask(31, QUESTION))
    assert office.text() == before.replace('number: "405"\n', 'number: "411"\n')
    assert "hoàn tác" in words(account.ask(ADMIN, "/hoantac"))
    assert "405" in lead(account.ask(31, QUESTION))
    assert office.text() == before
    assert [row[0] for row in office.rows("SELECT name FROM knowledge_versions")] == [BRIEFING, BRIEFING]
    assert "Chưa có lần sửa" in words(account.ask(ADMIN, "/hoantac"))
    until(lambda: office.bot.health()[0] == 200)
