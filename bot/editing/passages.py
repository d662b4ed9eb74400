"""What each sentence of an article does: opens the meeting, reports, admits a difficulty, gives a directive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.editing.article import Article, Paragraph
from bot.editing.persons import NamedPerson, speaker
from bot.editing.sentences import Sentence, sentences


class Part(StrEnum):
    """The part of an article a sentence belongs to."""

    ASIDE = "aside"  # navigation, captions, the author's line, remarks in brackets
    TITLE = "title"
    OPENING = "opening"
    REPORT = "report"
    DISCUSSION = "discussion"
    DIFFICULTY = "difficulty"
    DIRECTIVE = "directive"
    OUTLOOK = "outlook"  # what is to be done, without anybody who said it


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence with its part; `by` is who speaks in a directive, when the article says so."""

    part: Part
    sentence: Sentence
    by: NamedPerson | None = None


_MEETING = re.compile(r"giao ban|phiên họp|hội nghị|họp báo|hội thảo|cuộc họp|sơ kết|tổng kết|tình hình kinh tế", re.I)
_SENTENCE_END = re.compile(r"[.!?…:;][\"”)]*$")
_OPENING = re.compile(
    r"chủ trì|điều hành hội nghị|tham dự|\b[Dd]ự (?:hội nghị|phiên họp|buổi|cuộc|họp|giao ban)|cùng dự"
    r"|tổ chức (?:hội nghị|phiên họp|giao ban|họp báo)",
    re.I,
)
_ORDER = re.compile(
    r"\b(?:đồng chí|ông|bà|bí thư|chủ tịch|giám đốc|trưởng ban|thủ tướng)\b(?:(?!báo cáo|trình bày"
    r"|cho biết)[^;:]){0,240}?"
    r"(?<!bàn)(?<!được)(?<!phát biểu)(?<!sự)(?<!\bcó)\s"
    r"(?:yêu cầu|đề nghị|lưu ý|nhấn mạnh|chỉ đạo|giao|quán triệt|mong muốn|gợi ý)\s(?!của|hội nghị|phiên họp"
    r"|ban\b|thông|dịch)",
    re.I,
)
_DISCUSSION = re.compile(
    r"(?:đại biểu|các ý kiến|thành viên)[^.;]*(?:trao đổi|thảo luận|phát biểu ý kiến|tham luận|làm rõ)", re.I
)
_DIFFICULTY = re.compile(
    r"^\s*(?:tuy nhiên|tuy vậy|song,|mặc dù|bên cạnh (?:những |các )?(?:kết quả|mặt|ưu điểm|thành tích))"
    r"|(?:khó khăn|hạn chế|tồn tại|vướng mắc|bất cập)[^.;]{0,40}?(?:như|:|là)\s|(?:còn|vẫn)\s(?:một số |những "
    r"|có |gặp )*(?:khó khăn|hạn chế|tồn tại)",
    re.I,
)
_OUTLOOK = re.compile(
    r"^\s*(?:trong )?(?:những tháng cuối năm|các tháng cuối năm|thời gian tới|thời gian tiếp theo"
    r"|6 tháng cuối năm|quý [IV]+ tới"
    r"|nhiệm vụ (?:trọng tâm|thời gian tới))",
    re.I,
)
_REMARK = re.compile(r"^\s*\[.*\]\s*$", re.S)


def title_of(article: Article) -> Paragraph | None:
    """The headline: what the page's head says, else the line before the body that names a meeting, else the longest."""
    lines: list[Paragraph] = []
    for paragraph in article.paragraphs:
        if _REMARK.match(paragraph.text):
            continue
        if article.title and paragraph.text == article.title:
            return paragraph
        if len(paragraph.text) > 220 or (lines and _SENTENCE_END.search(paragraph.text)):
            break
        lines.append(paragraph)
    headlines = [line for line in lines[:6] if len(line.text.split()) >= 3]
    return next(
        (line for line in headlines if _MEETING.search(line.text)),
        max(headlines, key=lambda line: len(line.text), default=None),
    )


def passages_of(article: Article, people: tuple[NamedPerson, ...]) -> tuple[Passage, ...]:
    """Every sentence of the article with its part, in order."""
    title = title_of(article)
    found: list[Passage] = []
    by: NamedPerson | None = None
    for paragraph in article.paragraphs:
        if paragraph is title:
            found.append(Passage(Part.TITLE, Sentence(paragraph.start, paragraph.end, paragraph.text)))
        elif _aside(paragraph, title):
            found.append(Passage(Part.ASIDE, Sentence(paragraph.start, paragraph.end, paragraph.text)))
        else:
            for passage in _body(paragraph, people, by):
                by = passage.by or by
                found.append(passage)
    return tuple(found)


def _aside(paragraph: Paragraph, title: Paragraph | None) -> bool:
    """Before the headline, in brackets, or a line without an end: a caption or the author."""
    if (title and paragraph.start < title.start) or _REMARK.match(paragraph.text):
        return True
    return (
        len(paragraph.text.split()) <= 30
        and not _SENTENCE_END.search(paragraph.text)
        and not re.search(r"\d\S{0,30}\s", paragraph.text)
    )


def _body(paragraph: Paragraph, people: tuple[NamedPerson, ...], by: NamedPerson | None) -> Iterator[Passage]:
    mode = Part.REPORT
    for sentence in sentences(paragraph):
        text = sentence.text
        if _ORDER.search(text):
            mode, by = (
                Part.DIRECTIVE,
                speaker(text, people) or (by if re.match(r"\s*(?:đồng chí|ông|bà)\s", text, re.I) else None),
            )
        elif _DISCUSSION.search(text):
            mode = Part.DISCUSSION
        elif mode is Part.DIRECTIVE and not _OPENING.search(text):
            mode = Part.DIRECTIVE
        elif _OUTLOOK.search(text):
            mode = Part.OUTLOOK
        elif _DIFFICULTY.search(text):
            mode = Part.DIFFICULTY
        elif _OPENING.search(text):
            mode = Part.OPENING
        elif mode is Part.OPENING or mode is Part.DISCUSSION:
            mode = Part.REPORT
        yield Passage(mode, sentence, by if mode is Part.DIRECTIVE else None)
