"""Questions about a meeting itself: when, where, who, what for, and where it was reported."""

from __future__ import annotations

from collections.abc import Sequence

from bot import declining
from bot.explanation import reason_of
from bot.figures import has_number
from bot.index import Index
from bot.item import Item, Role
from bot.match import Matcher
from bot.model import Ask, ConceptKind
from bot.outcome import Part
from bot.phrases import answers as phrases
from bot.reading import Reading
from bot.reply import Replier
from bot.subject import Subject
from bot.text import phrase
from bot.time_mention import TimeRole

MEETING_ASKS: dict[Ask, Role] = {
    Ask.VENUE: Role.VENUE,
    Ask.DATE: Role.DATE,
    Ask.SESSION: Role.DATE,
    Ask.PARTICIPANTS: Role.PARTICIPANTS,
    Ask.ORGANISER: Role.ORGANISER,
    Ask.SOURCE: Role.SOURCE,
    Ask.PURPOSE: Role.PURPOSE,
    Ask.DISCUSSION: Role.DISCUSSION,
    Ask.SOLUTION: Role.DISCUSSION,
    Ask.PERIOD: Role.PERIOD,
}
_LEADERS = frozenset({"provincial_leader", "leader"})
_WHEN = ("ngay", "thoi gian", "lich")  # right before the name of a meeting
_HELD = frozenset({Role.DATE, Role.VENUE})  # no report says when or where the next meeting will be
_OF_A_REPORT = frozenset({Role.DATE, Role.SOURCE, Role.ORGANISER})  # what a figure's report can be asked for


class MeetingDesk:
    """Answers from the data every briefing has of itself."""

    def __init__(self, index: Index, matcher: Matcher, replier: Replier) -> None:
        self._index = index
        self._matcher = matcher
        self._replier = replier

    @staticmethod
    def _of_leaders(reading: Reading) -> bool:
        """Whether nothing but leaders or persons is named: `những lãnh đạo nào có tên trong bài`."""
        leaders = all(not _LEADERS.isdisjoint(h.concepts) for h in reading.content)
        return leaders and (bool(reading.content) or Ask.PERSON in reading.asks)

    def answer(self, reading: Reading) -> Part | None:
        """The meeting's own data: when, where, who, what for; None when the question is about something else."""
        roles = [role for ask, role in MEETING_ASKS.items() if ask in reading.asks]
        if Ask.PERSON in reading.asks and roles == [Role.DISCUSSION]:
            return None  # who proposed or discussed it, not what
        dated = any(m.day for m in reading.subject_times) and bool(reading.meetings)
        where = (ConceptKind.BODY, ConceptKind.PLACE)
        if dated and set(reading.content) <= set(reading.of_kind(*where)) and reading.asks <= {Ask.CHECK}:
            roles = [Role.DATE]
        asked_names = reading.asks & {Ask.LIST, Ask.NAMES} and reading.asks <= {Ask.LIST, Ask.NAMES, Ask.PERSON}
        if not roles and asked_names and self._of_leaders(reading):
            roles = [Role.PARTICIPANTS]
        if not roles and not reading.content and not reading.asks and reading.meetings:
            roles = self._named_role(reading)
        if roles[:2] == [Role.VENUE, Role.SOURCE]:
            roles = [Role.SOURCE]  # `where was the article published`
        if roles[:1] == [Role.SOURCE] and "participants" in reading.concepts:
            roles = [Role.PARTICIPANTS]  # `phóng viên báo nào dự họp`
        if not roles or (roles[0] is Role.VENUE and self._elsewhere(reading)):
            return None
        if roles[0] is Role.DATE and "ask_how_long" in reading.concepts:
            return declining.plain(phrases.NOTHING, reason_of(reading))  # a deadline is no day of a meeting
        if roles[0] in _HELD and any(m.role is TimeRole.FUTURE for _, _, m in reading.times):
            return declining.plain(phrases.NOTHING, reason_of(reading))
        told = self._of_figure(reading) if roles[0] in _OF_A_REPORT else None
        if told:
            of_report = [i for i in self._index.meeting_items if i.briefing is told.briefing]
            found = next((i for role in (roles[0], Role.SOURCE) for i in of_report if i.role is role), None)
            return self._replier.reply(reading, found, (), reason_of(reading)) if found else None
        items = self._index.of_role(roles[0])
        explained = self._about_meeting(reading, items)
        if roles[0] is Role.ORGANISER and not any(map(self._matcher.admission(reading).passes, explained)):
            # Nobody is named as its organiser: who published it is what can be said.
            items = self._index.of_role(Role.SOURCE)
            explained = self._about_meeting(reading, items)
        if not items and roles[0] is Role.VENUE and self._only_meeting(reading):
            return declining.plain(phrases.NO_VENUE, reason_of(reading))
        if (
            roles[0] is Role.DATE
            and reading.ordinals
            and not any(self._index.meeting_fits(reading, i.briefing) for i in items)
        ):
            return declining.plain(phrases.NO_DATE, reason_of(reading))
        if not explained:
            return None
        passed, barred = self._matcher.gate(reading, explained)
        reason = reason_of(reading)
        if not passed and roles[0] is Role.DATE:
            # Not every report is of a meeting: when it was published is the day there is.
            passed, _ = self._matcher.gate(reading, self._index.of_role(Role.SOURCE))
        if not passed:
            of_this = [i for i in barred if self._index.meeting_fits(reading, i.briefing)]
            return declining.barred(reading, of_this, reason) if of_this else None
        item = min(
            passed,
            key=lambda i: (-self._index.named_meeting(reading, i), -(i.briefing.date or i.latest.last).toordinal()),
        )
        if Ask.AUTHOR in reading.asks and item.role is Role.SOURCE and not item.briefing.source.author:
            return declining.no_author(item, reason)
        return self._replier.reply(reading, item, (), reason)

    def _of_figure(self, reading: Reading) -> Item | None:
        """`bài báo có số công nghiệp 186,7 đăng ngày nào`, `GRDP do ai công bố`: the latest fact that is spoken of."""
        sources = self._index.of_role(Role.SOURCE)[:1]
        own = frozenset(c for i in sources for c in self._index.subject_of[i.id].named)
        published = Ask.ORGANISER in reading.asks and bool(reading.content)
        numbers = reading.numbers
        numbered = len(numbers) == 1 and any(set(h.concepts) & own for h in reading.content)
        if len(numbers) > 1 or not (published or numbered):
            return None
        explain = self._matcher.explainer(reading)

        def explained(subject: Subject) -> bool:
            explanation = explain(subject)
            known = all(set(h.concepts) & own for h in explanation.unexplained)
            return known and bool(numbers or explanation.signals.named > 0)

        if numbers:
            having = (i for i in self._index.of_role(Role.FACT) if i.fact and has_number(i.fact, numbers[0]))
            told = [i for i in having if explained(self._index.subject_of[i.id])]
        else:
            near = (s for s in self._index.candidates(reading.focus, reading.places) if s.role is Role.FACT)
            admission = self._matcher.admission(reading)
            told = [item for subject in near if explained(subject) for item in admission.of_subject(subject)[0]]
        return max(told, key=lambda i: i.latest.last, default=None)

    def _named_role(self, reading: Reading) -> list[Role]:
        """`ngày họp …` as keywords: the meeting's datum whose short name stands in the question word for word."""
        before = (" ".join(w.folded for w in reading.words[max(0, h.start - 2) : h.start]) for h in reading.meetings)
        if any(words.endswith(_WHEN) for words in before):
            return [Role.DATE]
        words = {w.folded for w in reading.words[reading.start : reading.end]}
        return [
            i.role
            for i in self._index.meeting_items
            if any(set(phrase(view)) <= words and len(phrase(view)) > 1 for view in i.views)
        ][:1]

    def _elsewhere(self, reading: Reading) -> bool:
        """`việc … còn thiếu sót ở chỗ nào`: where something went wrong is no question for the place of a meeting."""
        named = (h for h in reading.of_kind(ConceptKind.TOPIC, ConceptKind.ACT) if h in reading.content)
        return Ask.DIFFICULTY in reading.asks or any(not set(h.concepts) & self._index.context for h in named)

    def _about_meeting(self, reading: Reading, items: Sequence[Item]) -> list[Item]:
        """The items that, with the names of their meeting, explain everything the question names."""
        explain = self._matcher.explainer(reading)
        found: list[Item] = []
        for item in items:
            explanation = explain(self._index.subject_of[item.id])
            closed = [h for h in (*explanation.unexplained, *explanation.contradicted) if h in reading.content]
            names = self._index.meeting_concepts(item.briefing) if closed else frozenset()
            if not explanation.unknown and all(set(h.concepts) & names for h in closed):
                found.append(item)
        return found

    def _only_meeting(self, reading: Reading) -> bool:
        """Whether nothing is named but a meeting, by its kind or by who met."""
        names = [self._index.context | self._index.meeting_concepts(b) for b in self._index.briefings]
        return any(all(set(h.concepts) & known for h in reading.content) for known in names)
