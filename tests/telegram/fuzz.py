"""Updates as nobody should send them: real ones, mutated; the suite takes some, `tests/soak.py` ten thousand."""

from __future__ import annotations

import copy
import json
import random
import re
from pathlib import Path
from typing import Any

from tests.telegram import stage

_SECRET = "fuzz-secret_1"
_HEADERS = {"X-Telegram-Bot-Api-Secret-Token": _SECRET, "Content-Type": "application/json"}
_QUESTION = "giá trị sản xuất công nghiệp 6 tháng đầu năm 2023 được bao nhiêu"
_WEIRD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**63,
    1.5,
    "",
    "\x00",
    "a" * 9000,
    "<b>&",
    "{0}%s",
    "\ud800",
    "😀" * 50,
    "‮abc",
    [],
    {},
    [[]],
    {"id": "x"},
    "/start",
    "/nhatky",
    "/moi@giaoban_test_bot x",
    "' OR 1=1 --",
    "../../etc/passwd",
)
_TEXTS = (
    _QUESTION,
    "/hop",
    "/chude",
    "/help",
    "/xoa",
    "đảng viên",
    "sản xuất công nghiệp?",
    "dang vien ket nap 6 thang 2023",
    "6 tháng 2023 kết nạp bao nhiêu đảng viên? giải ngân thế nào?",
    "ai chủ trì giao ban quý II/2023",
)


def run(updates: int, directory: Path, seed: int = 1) -> tuple[int, int, float]:
    """Send mutated updates to a running bot: how many it gave up, how many of those it could not have parsed, and
    by how many MB its memory grew after the first fifth.

    Fails when the bot dies, stops answering, or lets an exception through.
    """
    chance = random.Random(seed)
    with stage.emulator() as url, stage.telegram(url) as account:
        hook = {"WEBHOOK_URL": f"http://127.0.0.1:{account.proxy.port}/telegram", "WEBHOOK_SECRET": _SECRET}
        with stage.bot(account, directory, **hook) as bot:
            account.proxy.backends.append(bot.web)
            bot.start()
            memory = 0.0
            for number in range(updates):
                update = {"update_id": 10**9 + number, **_mutated(_plain(chance), chance)}
                status, _ = stage.http(f"{bot.web}/telegram", json.dumps(update).encode(), _HEADERS)
                assert status in (200, 400), (status, update)
                if number == updates // 5:
                    _drain(bot)
                    memory = _megabytes(bot)
                # What was seen is not needed here, and would only fill this process.
                del account.proxy.calls[:-1000]
            _drain(bot)
            grown = _megabytes(bot) - memory
            assert "405" in stage.lead(account.ask(3, _QUESTION))
            assert bot.health()[0] == 200
            log = bot.output()
            assert '"level": "critical"' not in log
            dead = int(float(re.findall(r"giaoban_inbox_dead ([\d.]+)", bot.metrics())[0]))
            return dead, log.count("unparsable"), grown


def _plain(chance: random.Random) -> dict[str, Any]:
    """An update as a person causes it."""
    user = chance.randrange(1000, 1400)
    person = {"id": user, "is_bot": False, "first_name": "Người thử", "language_code": "vi"}
    chat = {"id": user, "type": "private", "first_name": "Người thử"}
    message = {"message_id": chance.randrange(1, 10**6), "date": 1_700_000_000, "chat": chat, "from": person}
    said = {**message, "text": chance.choice(_TEXTS)}
    kind = chance.randrange(5)
    if kind == 0:
        query = {
            "id": str(user),
            "from": person,
            "chat_instance": "1",
            "data": "s:1:0",
            "message": {**message, "text": "…"},
        }
        return {"callback_query": query}
    if kind == 1:
        return {"inline_query": {"id": str(user), "from": person, "query": said["text"], "offset": ""}}
    if kind == 2:
        return {"edited_message": {**said, "edit_date": 1_700_000_100}}
    if kind == 3:
        return {
            "message": {
                **message,
                "sticker": {
                    "file_id": "a",
                    "file_unique_id": "b",
                    "width": 1,
                    "height": 1,
                    "type": "regular",
                    "is_animated": False,
                    "is_video": False,
                },
            }
        }
    return {"message": said}


def _mutated(update: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The update with up to three places dropped or replaced."""
    mutated = copy.deepcopy(update)
    for _ in range(chance.randrange(4)):
        spot: Any = mutated
        while True:
            key = chance.choice(list(spot)) if isinstance(spot, dict) and spot else None
            if key is None:
                break
            if isinstance(spot[key], dict) and chance.random() < 0.8:
                spot = spot[key]
                continue
            if chance.random() < 0.3:
                del spot[key]
            else:
                spot[key] = chance.choice(_WEIRD)
            break
    return mutated


def _drain(bot: stage.Bot) -> None:
    stage.until(lambda: "giaoban_inbox_depth 0.0" in bot.metrics(), 300)


def _megabytes(bot: stage.Bot) -> float:
    """Resident memory of the bot."""
    assert bot.process is not None
    status = Path(f"/proc/{bot.process.pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024
