"""Files and presses that must change nothing, each told why."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.desk.office import BRIEFING, QUESTION, Office
from tests.telegram.stage import ADMIN, lead, until, words

EDITOR, SECOND = 71, 72


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.yaml", "slug: a")
    return held.getvalue()


def test_files_that_are_no_knowledge_get_a_clear_line(office: Office) -> None:
    """Each is refused with the words for its own fault, without a button, and the knowledge stays as it was."""
    before = office.text()
    sent: tuple[tuple[str, bytes, dict[str, object], str], ...] = (
        ("a.yaml", b"just words", {}, "Không rõ"),
        ("a.yaml", b"slug: [a", {}, "a.yaml:2"),
        ("a.yaml", before.encode("utf-16"), {}, "UTF-16"),
        ("a.yaml", b"\xef\xbb\xbf" + before.encode(), {}, "BOM"),
        ("a.yaml", "slug: tỉnh".encode("cp1258", "replace") + b"\xff", {}, "UTF-8"),
        ("a.yaml", _zip(), {}, "tệp nén"),
        ("a.yaml", b"slug: a", {"file_size": 50_000_000}, "50 MB"),
        ("../secrets/a.yaml", before.encode(), {}, "không thuộc kho"),
        ("other/a.yaml", before.encode(), {}, "không thuộc kho"),
        ("a.docx", b"words", {}, ".yaml"),
        ("gone.yaml", b"slug: a", {"file_id": "no-such-file"}, "gửi lại"),
        ("empty.txt", b" ", {}, "empty.txt"),
        ("giao-ban-quy-2-2023.yaml", before.replace("kind:", "kindd:").encode(), {}, "kindd"),
    )
    for name, content, document, said in sent:
        reply = office.send(ADMIN, name, content, **document)
        assert said in words(reply), (name, said, words(reply))
        assert not reply.buttons
    assert office.text() == before
    assert office.rows("SELECT 1 FROM proposals") == []


def test_a_link_out_of_the_directory_is_neither_shown_nor_written(office: Office) -> None:
    """A symlink in place of a file hands nothing out and is not followed."""
    secret = office.knowledge.parent / "secret.yaml"
    secret.write_text("slug: geheim\n")
    (office.knowledge / "briefings" / "geheim.yaml").symlink_to(secret)
    library = office.account.ask(ADMIN, "/khotri")
    assert "liên kết" in words(office.account.press(ADMIN, "geheim", library))
    assert "liên kết" in words(office.send(ADMIN, "geheim.yaml", "slug: geheim\n"))
    assert secret.read_text() == "slug: geheim\n"


def test_only_an_editor_is_served(office: Office) -> None:
    """An official's file and commands lead nowhere."""
    for command in ("/khotri", "/chuatraloi", "/hoantac"):
        assert "biên tập viên" in words(office.account.ask(EDITOR, command))
    reply = office.send(EDITOR, "giao-ban-quy-2-2023.yaml", office.raised())
    assert not reply.buttons
    assert office.rows("SELECT 1 FROM proposals") == []


def test_another_editors_upload_cannot_be_confirmed(office: Office) -> None:
    """The press of a second editor is refused kindly; the first editor's still works, and the second is told."""
    account, before = office.account, office.text()
    office.hire(EDITOR)
    office.hire(SECOND)
    ready = office.send(EDITOR, "giao-ban-quy-2-2023.yaml", office.raised())
    told = len(account.calls("answerCallbackQuery"))
    account.presses(SECOND, ready.buttons[0]["callback_data"], ready)
    toast = until(lambda: account.calls("answerCallbackQuery")[told:])[0]
    assert "người khác gửi" in str(toast.fields["text"])
    assert office.text() == before
    announced = len(account.sent(SECOND))
    account.press(EDITOR, "Áp dụng", ready)
    assert BRIEFING in words(account.reply(SECOND, announced))
    assert "411" in lead(account.ask(31, QUESTION))


def test_of_two_editors_at_once_the_later_is_told_and_loses_nothing(office: Office) -> None:
    """Both judged the same file; the second yes changes nothing and says why."""
    account = office.account
    office.hire(EDITOR)
    office.hire(SECOND)
    first = office.send(EDITOR, "giao-ban-quy-2-2023.yaml", office.raised())
    second = office.send(SECOND, "giao-ban-quy-2-2023.yaml", office.raised().replace('"411"', '"412"'))
    assert "Đã áp dụng" in words(account.press(EDITOR, "Áp dụng", first))
    until(lambda: "📢" in words(account.sent(SECOND)[-1]))
    assert "người khác sửa" in words(account.press(SECOND, "Áp dụng", second))
    assert '"411"' in office.text()
    assert len(office.rows("SELECT 1 FROM knowledge_versions")) == 1


def test_a_cancelled_change_cannot_be_applied(office: Office) -> None:
    """Huỷ ends it, also for a later press on Áp dụng."""
    before = office.text()
    ready = office.send(ADMIN, "giao-ban-quy-2-2023.yaml", office.raised())
    assert "Đã huỷ" in words(office.account.press(ADMIN, "Huỷ", ready))
    assert "đã huỷ" in words(office.account.press(ADMIN, "Áp dụng", ready))
    assert office.text() == before


def test_the_library_hands_out_what_can_be_sent_back(office: Office) -> None:
    """/khotri sends the file byte for byte."""
    sent = office.account.press(ADMIN, "giao-ban-quy-2-2023", office.account.ask(ADMIN, "/khotri"))
    name, content = sent.files["document"]
    assert (name, content.decode()) == ("giao-ban-quy-2-2023.yaml", office.text())
    assert "giống hệt" in words(office.send(ADMIN, name, content))


TITLE = "Giao ban quý III năm 2030"
PARAGRAPHS = (
    "Sáng 5/10/2030, Tỉnh uỷ Mẫu tổ chức giao ban quý III năm 2030.",
    "Trong 9 tháng, toàn tỉnh kết nạp 1.234 đảng viên, đạt 61,7% kế hoạch năm.",
)
PAGE = (
    f"<!doctype html><html lang=vi><head><meta charset=utf-8></head><body><article><h1>{TITLE}</h1>"
    f"{''.join(f'<p>{paragraph}</p>' for paragraph in PARAGRAPHS)}</article></body></html>"
)


@pytest.mark.parametrize(
    ("name", "article"), [("bai.txt", "\n\n".join((TITLE, *PARAGRAPHS))), ("bai.html", PAGE)], ids=["text", "page"]
)
def test_a_sent_article_comes_back_as_a_draft(office: Office, name: str, article: str) -> None:
    """Text or a saved page, it comes back with its figures and with what is left to be looked at."""
    before = len(office.account.sent(ADMIN))
    office.account.sends_file(ADMIN, name, article.encode())
    drafted = until(lambda: [call for call in office.account.sent(ADMIN)[before:] if "document" in call.files], 30)[0]
    assert "1.234" in drafted.files["document"][1].decode()
    assert "KIỂM TRA" in str(drafted.fields["caption"])
