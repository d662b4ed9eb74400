"""Lists of words written as a reader sees them, made ready for looking up."""

from __future__ import annotations

import re


def word_set(listed: str) -> frozenset[str]:
    """Words with spaces between them."""
    return frozenset(listed.split())


def either(listed: str) -> str:
    """A pattern of phrases with bars or line breaks between them; the longest fits first."""
    phrases = {phrase for line in listed.split("\n") for phrase in line.split("|") if phrase}
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))
