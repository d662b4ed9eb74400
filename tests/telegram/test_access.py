"""Who is let in, what each role may do, and that a button or link is good for its owner only."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.telegram import stage
from tests.telegram.stage import ADMIN, BOT_NAME, Bot, Telegram, lead, until, words

QUESTION = "giá trị sản xuất công nghiệp 6 tháng đầu năm 2023 được bao nhiêu"
STRANGER = 666


@pytest.fixture(scope="module")
def club(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Telegram, Bot]]:
    """A running bot for invited people, with one admin named in its settings."""
    directory = tmp_path_factory.mktemp("bot")
    with (
        stage.emulator() as url,
        stage.telegram(url) as account,
        stage.bot(account, directory, BOT_ACCESS="invited") as bot,
    ):
        bot.start()
        yield account, bot
        assert "Traceback" not in bot.output()


def _rows(bot: Bot, query: str) -> list[tuple[object, ...]]:
    path = bot.settings["DATABASE_URL"].removeprefix("sqlite+aiosqlite:///")
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def _invite(account: Telegram, role: str) -> str:
    """The payload of a fresh invitation."""
    link = account.press(ADMIN, role, account.ask(ADMIN, "/moi"))
    found = re.search(rf"https://t\.me/{BOT_NAME}\?start=([A-Za-z0-9_-]+)", words(link))
    assert found
    return found[1]


def test_a_stranger_gets_one_polite_line_and_nothing_is_searched(club: tuple[Telegram, Bot]) -> None:
    """No figure, no source, no log row for somebody nobody invited."""
    account, bot = club
    text = words(account.ask(STRANGER, QUESTION))
    assert "405" not in text
    assert "\n" not in text
    assert not _rows(bot, f"SELECT 1 FROM query_log WHERE user_id = {STRANGER}")  # noqa: S608


@pytest.mark.parametrize("command", ["/hop", "/chude", "/help", "/nhatky", "/moi", "/quyen", "/start", "/start sai"])
def test_a_stranger_learns_nothing_from_commands(club: tuple[Telegram, Bot], command: str) -> None:
    """Every command meets the same door."""
    account, _ = club
    reply = account.ask(STRANGER + 1, command)
    assert "quản trị viên" in words(reply)
    assert not reply.buttons


def test_a_strangers_inline_query_finds_nothing(club: tuple[Telegram, Bot]) -> None:
    """Inline results are for people who were let in."""
    account, _ = club
    account.searches(STRANGER, QUESTION)
    call = until(lambda: account.calls("answerInlineQuery"))[-1]
    assert call.fields["results"] == []


def test_a_strangers_press_opens_nothing(club: tuple[Telegram, Bot]) -> None:
    """A forwarded button does not let anybody in."""
    account, _ = club
    listed = account.ask(ADMIN, "/hop")
    before = len(account.sent(listed.chat))
    account.presses(STRANGER, listed.buttons[0]["callback_data"], listed)
    until(lambda: account.calls("answerCallbackQuery"))
    assert len(account.sent(listed.chat)) == before


def test_an_invitation_lets_one_person_in_once(club: tuple[Telegram, Bot]) -> None:
    """The link works for the first who opens it and for nobody after."""
    account, _ = club
    payload = _invite(account, "cán bộ")
    assert "cán bộ" in words(account.ask(701, f"/start {payload}"))
    assert "405" in lead(account.ask(701, QUESTION))
    assert "đã có người dùng" in words(account.ask(702, f"/start {payload}"))
    assert "405" not in words(account.ask(702, QUESTION))


def test_an_official_has_no_admin_commands(club: tuple[Telegram, Bot]) -> None:
    """The log, invitations and roles are refused to an official, also through an admin's own button."""
    account, _ = club
    account.ask(703, f"/start {_invite(account, 'cán bộ')}")
    for command in ("/nhatky", "/moi", "/quyen"):
        before = len(account.sent(703))
        account.says(703, command)
        assert "quản trị viên" in words(account.reply(703, before))
    log = account.ask(ADMIN, "/nhatky")
    before = len(account.sent(ADMIN))
    account.presses(703, log.buttons[0]["callback_data"], log)
    assert account.ask(703, "/help")
    assert len(account.sent(ADMIN)) == before


def test_an_admin_reads_the_log_by_status(club: tuple[Telegram, Bot]) -> None:
    """/nhatky shows the latest questions, and its buttons keep one status."""
    account, _ = club
    account.ask(ADMIN, QUESTION)
    account.ask(ADMIN, "giá vàng hôm nay bao nhiêu một chỉ")
    log = account.ask(ADMIN, "/nhatky")
    assert QUESTION in words(log)
    assert "giá vàng" in words(log)
    assert "CB-" in words(log)
    none = account.press(ADMIN, "Không có", log)
    assert none.method == "editMessageText"
    assert "giá vàng" in words(none)
    assert QUESTION not in words(none)


def test_the_log_turns_pages(club: tuple[Telegram, Bot]) -> None:
    """Older questions are one press away."""
    account, _ = club
    for number in range(9):
        account.ask(ADMIN, f"/help {number}")
        account.ask(ADMIN, f"câu hỏi thử số {number}")
    page = account.press(ADMIN, "Sau", account.ask(ADMIN, "/nhatky"))
    assert "câu hỏi thử số 0" in words(page)
    assert "câu hỏi thử số 8" not in words(page)


def test_an_admin_removes_a_person_in_two_presses(club: tuple[Telegram, Bot]) -> None:
    """After a confirmation the person is a stranger again, and both changes are in the audit."""
    account, bot = club
    account.ask(704, f"/start {_invite(account, 'biên tập viên')}")
    assert "405" in lead(account.ask(704, QUESTION))
    sure = account.press(ADMIN, "704", account.ask(ADMIN, "/quyen"))
    assert "405" in lead(account.ask(704, QUESTION))
    account.press(ADMIN, "Gỡ", sure)
    assert "405" not in words(account.ask(704, QUESTION))
    actions = [row[0] for row in _rows(bot, "SELECT action FROM audit WHERE subject_id = 704 ORDER BY id")]
    assert actions == ["join", "remove"]


def test_an_admins_command_in_a_group_shows_nothing(club: tuple[Telegram, Bot]) -> None:
    """Links and logs never appear before other people."""
    account, _ = club
    group = {"id": -700, "type": "group", "title": "Nhóm"}
    reply = account.ask(ADMIN, f"/moi@{BOT_NAME}", chat=group)
    assert "riêng" in words(reply)
    assert not reply.buttons


def test_asking_too_fast_is_answered_politely_once(club: tuple[Telegram, Bot]) -> None:
    """A burst is cut off with one line, and the person may go on later."""
    account, _ = club
    account.ask(705, f"/start {_invite(account, 'cán bộ')}")
    before = len(account.sent(705))
    for _ in range(45):
        account.says(705, "/help")
    until(lambda: any("nhanh quá" in words(call) for call in account.sent(705)[before:]))
    account.ask(ADMIN, "/help")
    polite = [call for call in account.sent(705)[before:] if "nhanh quá" in words(call)]
    assert len(polite) == 1
    assert len(account.sent(705)) - before < 40


def test_without_admins_run_prints_a_link_that_makes_one(account: Telegram, tmp_path: Path) -> None:
    """The operator's one-time link makes the first admin, who can invite; it works once."""
    with stage.bot(account, tmp_path, BOT_ADMINS="", BOT_ACCESS="invited") as bot:
        bot.start()
        found = re.search(rf"https://t\.me/{BOT_NAME}\?start=([A-Za-z0-9_-]+)", bot.output())
        assert found
        assert "quản trị viên" in words(account.ask(801, f"/start {found[1]}"))
        assert account.ask(801, "/moi").buttons
        assert "quyền" not in words(account.ask(802, f"/start {found[1]}"))
        assert "405" not in words(account.ask(802, QUESTION))
        menus = [call for call in account.calls("setMyCommands") if "801" in str(call.fields.get("scope"))]
        assert menus
        bot.stop()
        bot.log.write_text("")
        bot.start()
        assert "start=" not in bot.output()
