"""What the operator relies on: webhook, health, metrics, the query log, and knowledge that changes while it runs."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.telegram import stage
from tests.telegram.proxy import Fault
from tests.telegram.stage import ROOT, Bot, Telegram, http, lead, until, words

QUESTION = "giá trị sản xuất công nghiệp 6 tháng đầu năm 2023 được bao nhiêu"
BRIEFING = "briefings/giao-ban-quy-2-2023.yaml"
SECRET = "webhook-secret_7"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Telegram, Bot]]:
    """A bot that receives through its webhook."""
    directory = tmp_path_factory.mktemp("bot")
    with stage.emulator() as url, stage.telegram(url) as account:
        hook = {"WEBHOOK_URL": f"http://127.0.0.1:{account.proxy.port}/telegram", "WEBHOOK_SECRET": SECRET}
        with stage.bot(account, directory, **hook) as bot:
            account.proxy.backends.append(bot.web)
            bot.start()
            yield account, bot
            assert "Traceback" not in bot.output()
            assert SECRET not in bot.output()


def test_questions_come_through_the_webhook(hooked: tuple[Telegram, Bot]) -> None:
    """With WEBHOOK_URL set nothing is polled, and answers come all the same."""
    account, _ = hooked
    assert "405" in lead(account.ask(1, QUESTION))
    assert not account.calls("getUpdates")


@pytest.mark.parametrize("headers", [{}, {HEADER: ""}, {HEADER: SECRET[:-1]}, {HEADER: SECRET + "x"}, {HEADER: "ä"}])
def test_the_webhook_demands_its_secret(hooked: tuple[Telegram, Bot], headers: dict[str, str]) -> None:
    """Without the exact secret nothing is taken."""
    account, bot = hooked
    update = {"update_id": 10**9, "message": account.message(2, text=QUESTION)}
    assert http(f"{bot.web}/telegram", json.dumps(update).encode(), headers)[0] == 403
    account.ask(3, "/help")
    assert not account.sent(2)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b"\xff\xfe",
        b'{"update_id": 99999999999999999999}',
        b"[" * 100_000,
    ],
    ids=lambda body: repr(body[:20]),
)
def test_malformed_webhook_bodies_are_refused(hooked: tuple[Telegram, Bot], body: bytes) -> None:
    """What is no update is answered 400, and the bot goes on."""
    account, bot = hooked
    assert http(f"{bot.web}/telegram", body, {HEADER: SECRET})[0] == 400
    assert account.ask(4, "/help")


def test_an_endless_webhook_body_is_refused(hooked: tuple[Telegram, Bot]) -> None:
    """A body larger than any update is cut off."""
    _, bot = hooked
    assert http(f"{bot.web}/telegram", b" " * 3_000_000, {HEADER: SECRET})[0] in (0, 413)


def test_an_update_sent_twice_is_answered_once(hooked: tuple[Telegram, Bot]) -> None:
    """Telegram repeats what it is not sure of; the inbox knows the id."""
    account, bot = hooked
    update = {"update_id": 10**9 + 1, "message": account.message(5, text=QUESTION)}
    for _ in range(3):
        assert http(f"{bot.web}/telegram", json.dumps(update).encode(), {HEADER: SECRET})[0] == 200
    account.reply(5, 0)
    account.ask(6, "/help")
    assert len(account.sent(5)) == 1


def test_health_and_metrics_tell_of_every_part(hooked: tuple[Telegram, Bot]) -> None:
    """Each part reports itself, and the counters count."""
    account, bot = hooked
    account.ask(7, QUESTION)
    status, parts = bot.health()
    assert status == 200
    assert set(parts) == {"telegram", "knowledge", "database", "inbox", "journal"}
    metrics = until(lambda: 'giaoban_answers_total{status="found"}' in bot.metrics() and bot.metrics())
    for name in ("inbox_depth", "inbox_dead", "receive_lag_seconds", "answer_seconds_bucket", "knowledge_loaded"):
        assert f"giaoban_{name}" in metrics


def test_every_question_has_one_log_row(account: Telegram, bot: Bot) -> None:
    """Who, what, status, entries and knowledge version are kept; the technical log has no word of the question."""
    bot.start()
    account.ask(8, QUESTION)
    account.ask(8, "giá vàng hôm nay bao nhiêu một chỉ")
    until(lambda: "giaoban_inbox_depth 0.0" in bot.metrics())
    rows = _rows(
        bot, "SELECT user_id, pseudonym, text, status, entries, knowledge, update_id FROM query_log ORDER BY id"
    )
    assert [row[3] for row in rows] == ["found", "none"]
    assert rows[0][0] == 8
    assert str(rows[0][1]).startswith("CB-")
    assert rows[0][2] == QUESTION
    assert "giao-ban-quy-2-2023/gia-tri-san-xuat-cong-nghiep" in json.loads(str(rows[0][4]))
    assert QUESTION not in bot.output()
    assert bot.output().count('"event": "answered"') == 2


def test_a_saved_file_changes_the_next_answer_and_a_broken_one_does_not(
    account: Telegram, bot: Bot, tmp_path: Path
) -> None:
    """Hot reload: the new figure is answered without a restart; a broken file is reported, and the old figure stays."""
    knowledge = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", knowledge)
    bot.settings["KNOWLEDGE_DIR"] = str(knowledge)
    bot.start()
    assert "405" in lead(account.ask(9, QUESTION))
    briefing = knowledge / BRIEFING
    good = briefing.read_text(encoding="utf-8")
    version = bot.health()[1]["knowledge"]["detail"]
    briefing.write_text(good.replace('"405"', '"406"'), encoding="utf-8")
    until(lambda: bot.health()[1]["knowledge"]["detail"] != version, 20)
    assert "406" in lead(account.ask(9, QUESTION))
    briefing.write_text(good.replace("facts:", "fatcs:", 1), encoding="utf-8")
    until(lambda: "lỗi" in bot.health()[1]["knowledge"]["detail"], 20)
    assert bot.health()[0] == 200
    assert "406" in lead(account.ask(9, QUESTION))
    briefing.write_text(good, encoding="utf-8")
    until(lambda: bot.health()[1]["knowledge"]["detail"] == version, 20)
    assert "405" in lead(account.ask(9, QUESTION))


def test_a_failure_of_our_own_is_tried_again_then_kept_and_counted(account: Telegram, bot: Bot) -> None:
    """What Telegram keeps refusing is given up after some tries: kept, counted, shown to admins; others go on."""
    bot.start()
    account.proxy.faults.append(
        Fault("sendMessage", "status", times=5, status=400, where=lambda fields: int(fields["chat_id"]) == 10)
    )
    account.says(10, QUESTION)
    assert "405" in lead(account.ask(11, QUESTION))
    until(lambda: "giaoban_inbox_dead 1.0" in bot.metrics(), 60)
    assert "trục trặc" in words(account.reply(10, 0))
    assert "⚠️ 1" in words(account.ask(stage.ADMIN, "/nhatky"))
    assert "405" in lead(account.ask(10, QUESTION))


def test_a_bare_server_without_names_and_comforts_is_enough(account: Telegram, bot: Bot) -> None:
    """Straight at the emulator, which knows neither our name nor hidden previews, questions are answered."""
    bot.settings["BOT_API_URL"] = f"{account.url}/bot"
    bot.start()
    account.says(12, QUESTION)
    account.says(12, "/hop")
    until(lambda: 'giaoban_answers_total{status="found"} 1.0' in bot.metrics())
    until(lambda: "giaoban_inbox_depth 0.0" in bot.metrics())
    assert "giaoban_inbox_dead 0.0" in bot.metrics()


@pytest.mark.parametrize(
    "name, value",
    [("BOT_TOKEN", ""), ("BOT_TOKEN", "secret-but-wrong"), ("KNOWLEDGE_DIR", "/nowhere"), ("WEB_PORT", "x")],
)
def test_a_wrong_setting_is_one_clear_line(bot: Bot, name: str, value: str) -> None:
    """Exit 2, one line, no traceback, and the value is not repeated."""
    bot.settings[name] = value
    bot.start(ready=False)
    assert bot.wait(30) == 2
    assert "Traceback" not in bot.output()
    assert len(bot.output().strip().splitlines()) == 1
    assert value != "secret-but-wrong" or value not in bot.output()


def test_a_taken_port_is_one_clear_line(account: Telegram, bot: Bot) -> None:
    """The web address is bound first, so that a taken one is known before anything runs."""
    bot.settings["WEB_PORT"] = str(account.proxy.port)
    bot.start(ready=False)
    assert bot.wait(30) == 2
    assert "WEB_PORT" in bot.output()


def test_the_interrupt_key_ends_it_quietly(bot: Bot) -> None:
    """Ctrl-C is as good as SIGTERM."""
    bot.start()
    assert bot.process is not None
    started = time.monotonic()
    bot.process.send_signal(2)
    assert bot.wait(10) == 0
    assert time.monotonic() - started < 5
    assert "Traceback" not in bot.output()


def _rows(bot: Bot, query: str) -> list[tuple[object, ...]]:
    path = bot.settings["DATABASE_URL"].removeprefix("sqlite+aiosqlite:///")
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()
