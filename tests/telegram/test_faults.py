"""What goes wrong between the bot and Telegram, one kind a test."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from tests.telegram.proxy import Fault
from tests.telegram.stage import Bot, Telegram, http, lead, until, words

QUESTION = "giá trị sản xuất công nghiệp 6 tháng đầu năm 2023 được bao nhiêu"
SLOW, QUICK = 31, 32


def test_a_flood_wait_delays_only_its_own_chat(account: Telegram, bot: Bot) -> None:
    """429 for one chat: others are answered meanwhile, and the waiting one gets its answer once, in time."""
    bot.start()
    account.proxy.faults.append(
        Fault("sendMessage", "status", status=429, retry_after=2, where=lambda f: int(f["chat_id"]) == SLOW)
    )
    asked = time.monotonic()
    account.says(SLOW, QUESTION)
    quick = account.ask(QUICK, QUESTION)
    assert quick.at - asked < 1.5
    slow = account.reply(SLOW, 0)
    assert 1.9 < slow.at - asked < 5
    assert "405" in lead(slow)
    assert len(account.sent(SLOW)) == 1


def test_a_flood_wait_keeps_the_order_of_its_chat(account: Telegram, bot: Bot) -> None:
    """Two questions of one chat are answered in their order although the first had to wait."""
    bot.start()
    account.proxy.faults.append(Fault("sendMessage", "status", status=429, retry_after=1))
    account.says(SLOW, QUESTION)
    account.says(SLOW, "/help")
    until(lambda: len(account.sent(SLOW)) == 2)
    first, second = account.sent(SLOW)
    assert "405" in lead(first)
    assert "/hop" in words(second)


@pytest.mark.parametrize(
    "fault",
    [
        Fault("sendMessage", "status", times=2, status=502),
        Fault("sendMessage", "drop_before", times=2),
        Fault("sendMessage", "delay", seconds=10),
    ],
    ids=["502", "dropped", "stalled"],
)
def test_a_failed_send_is_repeated_until_it_arrives_once(account: Telegram, bot: Bot, fault: Fault) -> None:
    """Server errors, dropped connections and stalls cost time, not the answer."""
    bot.start()
    account.proxy.faults.append(fault)
    account.says(SLOW, QUESTION)
    assert "405" in lead(account.reply(SLOW, 0, 30))
    time.sleep(1)
    assert len(account.sent(SLOW)) == 1
    assert _logged(bot) == [QUESTION]


def test_a_connection_lost_after_the_send_may_repeat_but_never_lose(account: Telegram, bot: Bot) -> None:
    """Telegram has no idempotency key: after a lost confirmation the answer comes again, logged once."""
    bot.start()
    account.proxy.faults.append(Fault("sendMessage", "drop_after"))
    account.says(SLOW, QUESTION)
    assert "405" in lead(account.reply(SLOW, 0))
    assert _logged(bot) == [QUESTION]


@pytest.mark.parametrize("status", [500, 401])
def test_receiving_recovers_and_health_tells(account: Telegram, bot: Bot, status: int) -> None:
    """A few failing getUpdates turn health red, then green again, and questions are answered after all."""
    bot.start()
    account.proxy.faults.append(Fault("getUpdates", "status", times=3, status=status))
    account.says(QUICK, "/help")  # ends the long poll, if one is open already
    until(lambda: bot.health()[0] == 503)
    account.reply(QUICK, 0, 30)
    account.says(QUICK, QUESTION)
    assert "405" in lead(account.reply(QUICK, 1, 30))
    until(lambda: bot.health()[0] == 200)


def test_a_token_that_stays_refused_ends_the_program(account: Telegram, bot: Bot) -> None:
    """No live-looking corpse: the program says why and exits non-zero."""
    account.proxy.faults.append(Fault("getUpdates", "status", times=99, status=404))
    bot.start(ready=False)
    assert bot.wait(60) == 1
    assert "BOT_TOKEN" in bot.output()


def test_a_second_poller_says_so_and_stops(account: Telegram, bot: Bot) -> None:
    """409: another program receives this bot's messages; ours exits non-zero with a clear line."""
    account.proxy.faults.append(Fault("getUpdates", "status", times=99, status=409))
    bot.start(ready=False)
    assert bot.wait(30) == 1
    assert "tiến trình khác" in bot.output()


def test_telegram_down_at_start_is_waited_for(account: Telegram, bot: Bot) -> None:
    """The bot starts before Telegram can be reached, shows red, and answers once it can."""
    account.proxy.go_down()
    bot.start(ready=False)
    until(lambda: bot.health()[0] == 503, 20)
    account.proxy.come_back()
    account.says(QUICK, QUESTION)
    assert "405" in lead(account.reply(QUICK, 0, 30))
    assert bot.health()[0] == 200


def test_telegram_gone_for_a_while_loses_nothing(account: Telegram, bot: Bot) -> None:
    """Questions asked while the line is down are answered afterwards, each once."""
    bot.start()
    account.proxy.go_down()
    for chat in range(40, 45):
        account.says(chat, QUESTION)
    time.sleep(2)
    account.proxy.come_back()
    for chat in range(40, 45):
        assert "405" in lead(account.reply(chat, 0, 40))
    assert len(_logged(bot)) == 5


def test_an_update_that_cannot_be_parsed_stops_nobody(account: Telegram, bot: Bot) -> None:
    """It is kept and counted as dead; the questions around it are answered."""
    bot.start()
    account.says(QUICK, "/help")
    account.inject({"message": {"message_id": "x", "date": "never", "chat": {"id": 50}, "from": 7}})
    account.inject({"callback_query": {"id": 1}})
    account.inject({"inline_query": {"id": []}})
    account.says(QUICK, QUESTION)
    until(lambda: len(account.sent(QUICK)) == 2)
    until(lambda: "giaoban_inbox_dead 3.0" in bot.metrics())
    assert "3 dead" in bot.health()[1]["inbox"]["detail"]
    assert bot.health()[0] == 200


def test_a_locked_database_delays_and_loses_nothing(account: Telegram, bot: Bot, tmp_path: Path) -> None:
    """Another program holds the SQLite file for ten seconds; the question waits and is answered once."""
    bot.start()
    blocker = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    try:
        blocker.execute("BEGIN EXCLUSIVE")
        account.says(QUICK, QUESTION)
        time.sleep(10)
        assert not account.sent(QUICK)
        blocker.execute("ROLLBACK")
    finally:
        blocker.close()
    assert "405" in lead(account.reply(QUICK, 0, 40))
    time.sleep(1)
    assert len(account.sent(QUICK)) == 1
    assert _logged(bot) == [QUESTION]


def test_sigterm_drains_within_five_seconds(account: Telegram, bot: Bot) -> None:
    """Questions in work are finished, the rest is answered after the next start, and nothing is answered twice."""
    bot.start()
    for chat in range(60, 100):
        account.says(chat, QUESTION)
    account.reply(60, 0)
    started = time.monotonic()
    assert bot.stop() == 0
    assert time.monotonic() - started < 5
    bot.start()
    for chat in range(60, 100):
        assert "405" in lead(account.reply(chat, 0))
    time.sleep(0.5)
    assert [len(account.sent(chat)) for chat in range(60, 100)] == [1] * 40
    assert len(_logged(bot)) == 40


def test_sigterm_does_not_wait_for_a_pause(account: Telegram, bot: Bot) -> None:
    """A back-off or an open long poll does not hold up the end."""
    account.proxy.go_down()
    bot.start(ready=False)
    until(lambda: bot.health()[0] == 503, 20)
    time.sleep(3)
    started = time.monotonic()
    assert bot.stop() == 0
    assert time.monotonic() - started < 2


def test_no_secret_is_ever_written(account: Telegram, bot: Bot) -> None:
    """Neither the log at its most talkative nor health nor metrics show the token, whatever fails."""
    bot.settings["LOG_LEVEL"] = "DEBUG"
    account.proxy.faults += [
        Fault("getUpdates", "drop_before", times=2),
        Fault("sendMessage", "status", status=500),
        Fault("getMe", "status", status=404),
    ]
    bot.start()
    account.ask(QUICK, QUESTION)
    seen = bot.output() + bot.metrics() + str(bot.health()) + str(http(f"{bot.web}/admin"))
    assert "answered" in seen
    assert account.token not in seen
    assert account.token.partition(":")[2] not in seen
    assert QUESTION not in seen


def _logged(bot: Bot) -> list[str]:
    """The texts of the query log, once nothing is waiting any more."""
    until(lambda: "giaoban_inbox_depth 0.0" in bot.metrics(), 30)
    path = bot.settings["DATABASE_URL"].removeprefix("sqlite+aiosqlite:///")
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return [row[0] for row in connection.execute("SELECT text FROM query_log ORDER BY id")]
    finally:
        connection.close()
