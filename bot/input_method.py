"""Syllables whose input method was off: the Telex and VNI keys left standing, read as the letters they make."""

from __future__ import annotations

import unicodedata

from bot.text import fold

_TELEX_TONE = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_HOOKED = {"a": "ă", "â": "ă", "o": "ơ", "ô": "ơ", "u": "ư"}  # by the key w, whatever key came before
_VNI_TONE = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_QUALITY = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}, "9": {"d": "đ"}}
VOWELS = frozenset("aeiouyăâêôơư")


def _with_tone(letters: list[str], tone: str) -> str:
    """Puts the tone on the last vowel; where exactly does not matter, see `accent_key`."""
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in VOWELS:
            letters[at] = unicodedata.normalize("NFC", letters[at] + tone)
            break
    return "".join(letters)


def decode_telex(word: str) -> str:
    """The syllable whose Telex keys were left standing: `ddangr` → `đảng`, `thuw` → `thư`."""
    letters: list[str] = []
    tone = ""
    for c in unicodedata.normalize("NFC", word.lower()):
        if c in _TELEX_TONE and any(x in VOWELS or fold(x) in VOWELS for x in letters):
            tone = _TELEX_TONE[c]
        elif c == "w" and letters and any(x in _HOOKED for x in letters):
            at = max(i for i, x in enumerate(letters) if x in _HOOKED)
            letters[at] = _HOOKED[letters[at]]
            if letters[at] == "ơ" and at and letters[at - 1] == "u":
                letters[at - 1] = "ư"
        elif c == "w" and not any(x in VOWELS for x in letters):
            letters.append("ư")
        elif c in "aeo" and c in letters and letters[-1] in VOWELS | set("cghmnpt"):
            letters[letters.index(c)] = {"a": "â", "e": "ê", "o": "ô"}[c]
        elif c == "d" and letters and letters[0] == "d":
            letters[0] = "đ"
        else:
            letters.append(c)
    return _with_tone(letters, tone) if tone else "".join(letters)


def decode_vni(word: str) -> str:
    """The syllable whose VNI digits were left standing: `tong63` → `tổng`."""
    letters: list[str] = []
    tone = ""
    for c in word.lower():
        if c in _VNI_TONE:
            tone = _VNI_TONE[c]
        elif c in _VNI_QUALITY:
            changes = _VNI_QUALITY[c]
            at = next((i for i in range(len(letters) - 1, -1, -1) if letters[i] in changes), None)
            if at is not None:
                letters[at] = changes[letters[at]]
        else:
            letters.append(c)
    return _with_tone(letters, tone) if tone else "".join(letters)
