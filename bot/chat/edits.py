"""Which edited messages ask something new: Telegram also reports an edit when only a link preview appeared."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from bot.chat.incoming import Typed

_REMEMBERED = 2000


class Edits:
    """The words last seen of recent messages. After a restart an edit counts as news: better twice than never."""

    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[int, int], tuple[int, bytes]] = OrderedDict()

    def is_news(self, message: Typed, update_id: int) -> bool:
        """Whether these words have not been answered yet; a retry of the same update is still news."""
        key = (message.chat, message.message)
        words = hashlib.blake2b(message.text.encode(errors="replace"), digest_size=8).digest()
        before = self._seen.pop(key, None)
        self._seen[key] = (update_id, words)
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return not message.edited or before is None or before[1] != words or before[0] == update_id
