"""What editors do in a test: send files, press yes, ask whether it is live."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from tests.telegram.proxy import Call
from tests.telegram.stage import ADMIN, BOT_NAME, Bot, Telegram, until, words

BRIEFING = "briefings/giao-ban-quy-2-2023.yaml"
QUESTION = "giá trị sản xuất công nghiệp giao ban quý 2 năm 2023 được bao nhiêu"


@dataclass(slots=True)
class Office:
    """The bot, its knowledge directory, and its editors."""

    account: Telegram
    bot: Bot
    knowledge: Path

    def text(self, name: str = BRIEFING) -> str:
        return (self.knowledge / name).read_text(encoding="utf-8")

    def raised(self) -> str:
        """The shipped briefing with another industrial output: 405 becomes 411."""
        text = self.text()
        assert text.count('number: "405"\n') == 1
        return text.replace('number: "405"\n', 'number: "411"\n')

    def hire(self, user: int) -> None:
        """Make `user` an editor."""
        link = self.account.press(ADMIN, "biên tập", self.account.ask(ADMIN, "/moi"))
        found = re.search(rf"https://t\.me/{BOT_NAME}\?start=([A-Za-z0-9_-]+)", words(link))
        assert found
        self.account.ask(user, f"/start {found[1]}")

    def send(self, user: int, name: str, content: bytes | str, **document: object) -> Call:
        """`user` sends a file; the first reply that is no sign of progress."""
        before = len(self.account.sent(user))
        raw = content.encode() if isinstance(content, str) else content
        self.account.sends_file(user, name, raw, **document)

        def verdict() -> list[Call]:
            calls = self.account.sent(user)[before:]
            return [call for call in calls if "Tôi đang" not in words(call)]

        call: Call = until(verdict, 40)[0]
        return call

    def everything(self, user: int, after: int) -> str:
        """All words sent to `user` beyond the first `after` messages."""
        return "\n".join(words(call) for call in self.account.sent(user)[after:])

    def rows(self, query: str) -> list[tuple[object, ...]]:
        path = self.bot.settings["DATABASE_URL"].removeprefix("sqlite+aiosqlite:///")
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()
