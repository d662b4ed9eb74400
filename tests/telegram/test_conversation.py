"""What an official meets in Telegram: questions, buttons, commands, and whatever else people send."""

from __future__ import annotations

import time

import pytest

from tests.telegram.proxy import Call
from tests.telegram.stage import BOT_NAME, Telegram, lead, until, words

QUESTIONS = (
    ("giá trị sản xuất công nghiệp 6 tháng đầu năm 2023 được bao nhiêu", "405 nghìn tỷ"),
    ("gia tri san xuat cong nghiep 6 thang dau nam 2023 duoc bao nhieu", "405 nghìn tỷ"),
    ("6 tháng đầu năm 2023 kết nạp được bao nhiêu đảng viên", "780"),
    ("ket nap dang vien 6 thang 2023", "780"),
)


@pytest.mark.parametrize("question, figure", QUESTIONS)
def test_a_question_gets_its_figure_first_and_bold(town: Telegram, question: str, figure: str) -> None:
    """The figure leads the reply, with a link to its source."""
    reply = town.ask(100, question)
    assert figure in lead(reply)
    assert '<a href="https://' in reply.fields["text"]


def test_an_unknown_thing_is_not_answered(town: Telegram) -> None:
    """What no briefing holds gets an honest reply without a source link."""
    reply = town.ask(101, "giá vàng hôm nay bao nhiêu một chỉ")
    assert "<a href" not in reply.fields["text"]


def test_two_questions_in_one_message_get_two_answers(town: Telegram) -> None:
    """Both figures reach the chat."""
    before = len(town.sent(102))
    town.says(102, "6 tháng 2023 kết nạp bao nhiêu đảng viên? giá trị sản xuất công nghiệp 6 tháng 2023 bao nhiêu?")
    town.reply(102, before)
    time.sleep(0.3)
    text = " ".join(words(call) for call in town.sent(102)[before:])
    assert "780" in text
    assert "405" in text


def test_previews_are_hidden(town: Telegram) -> None:
    """A source link unfolds no preview under the answer."""
    assert town.ask(103, QUESTIONS[0][0]).fields["link_preview_options"] == {"is_disabled": True}


def test_start_greets_and_shows_how_to_ask(town: Telegram) -> None:
    """/start says what the bot is for."""
    assert "giao ban" in words(town.ask(104, "/start"))


def test_help_lists_the_commands(town: Telegram) -> None:
    """/help names every command of an official."""
    text = words(town.ask(105, "/help"))
    assert all(command in text for command in ("/hop", "/chude", "/xoa", "/help"))


def test_briefings_open_from_their_buttons(town: Telegram) -> None:
    """/hop lists the briefings, and a press shows one at a glance."""
    listed = town.ask(106, "/hop")
    overview = town.press(106, "quý II/2023", listed)
    assert "Nguyễn Thanh Hải" in words(overview)


def test_topics_open_from_their_buttons(town: Telegram) -> None:
    """/chude lists topics, and a press shows the entries of one."""
    listed = town.ask(107, "/chude")
    assert words(town.press(107, listed.buttons[0]["text"], listed)).strip()


def test_topics_turn_pages_in_place(town: Telegram) -> None:
    """The next page of topics replaces the message it belongs to."""
    listed = town.ask(108, "/chude")
    page = town.press(108, "Sau", listed)
    assert page.method == "editMessageText"
    assert page.buttons[0]["text"] != listed.buttons[0]["text"]


def test_a_suggestion_opens_its_entry(town: Telegram) -> None:
    """A button under an unsure answer leads to an answer with a source."""
    asked = (town.ask(109, vague) for vague in ("sản xuất", "công nghiệp", "giá trị sản xuất", "nông nghiệp"))
    unsure = next(reply for reply in asked if reply.buttons and reply.buttons[-1]["text"] != "👎")
    opened = town.press(109, unsure.buttons[0]["text"], unsure)
    assert '<a href="https://' in opened.fields["text"]


def test_a_series_comes_with_a_chart(town: Telegram) -> None:
    """A figure over several periods is also drawn: a picture follows the words."""
    before = len(town.sent(128))
    town.says(128, "giá trị sản xuất công nghiệp qua các kỳ")
    until(lambda: len(town.sent(128)) == before + 2)
    text, picture = town.sent(128)[before:]
    assert "695" in words(text)
    assert picture.method == "sendPhoto"
    assert set(picture.files) == {"photo"}


def test_thumbs_are_thanked_for(town: Telegram) -> None:
    """A press on a thumb under a found answer is acknowledged."""
    reply = town.ask(110, QUESTIONS[0][0])
    before = len(town.calls("answerCallbackQuery"))
    thumb = next(button["callback_data"] for button in reply.buttons if button["text"] == "👍")
    town.presses(110, thumb, reply)
    toast = _next_toast(town, before)
    assert "Cảm ơn" in toast


def test_another_persons_button_does_nothing(town: Telegram) -> None:
    """Data sealed for one person is refused from another, and nothing is shown."""
    listed = town.ask(111, "/hop")
    sent, toasts = len(town.sent(111)), len(town.calls("answerCallbackQuery"))
    town.presses(112, listed.buttons[0]["callback_data"], listed)
    assert _next_toast(town, toasts)
    assert len(town.sent(111)) == sent


@pytest.mark.parametrize("data", ["x", "s:1:0", "l::0", "A" * 64, "😀", "%s{0}<b>", "../../etc/passwd"])
def test_forged_and_stale_buttons_are_answered_kindly(town: Telegram, data: str) -> None:
    """Data that is not ours gets a toast and nothing else."""
    listed = town.ask(113, "/hop")
    sent, toasts = len(town.sent(113)), len(town.calls("answerCallbackQuery"))
    town.presses(113, data, listed)
    assert "cũ" in _next_toast(town, toasts)
    assert len(town.sent(113)) == sent


@pytest.mark.parametrize(
    "text",
    ["   ", "😀😀😀", "👍", "…?!", "\u200b\u200f", "\x00\x00", "شكرا جزيلا", "спасибо большое", "谢谢你", "a" * 20_000],
)
def test_what_is_no_question_gets_a_short_helpful_reply(town: Telegram, text: str) -> None:
    """Empty, emoji-only, foreign, invisible and endless texts get one or two lines."""
    assert 0 < len(words(town.ask(114, text))) < 200


def test_nul_and_direction_marks_inside_a_question_do_not_matter(town: Telegram) -> None:
    """Invisible characters neither hide the question nor come back in the answer."""
    reply = town.ask(115, "\u202egiá trị sản xuất\x00 công nghiệp 6 tháng\u200f đầu năm 2023 được bao nhiêu")
    assert "405" in lead(reply)


@pytest.mark.parametrize(
    "text", ["<b>đảng viên", "&lt;script&gt; {0} %s", "'; DROP TABLE query_log; --", "${HOME} `id`"]
)
def test_markup_and_code_are_only_words(town: Telegram, text: str) -> None:
    """Whatever is typed comes back escaped, if at all."""
    assert words(town.ask(116, text))


def test_an_unknown_command_points_to_help(town: Telegram) -> None:
    """A command nobody defined is answered, not ignored."""
    assert "/help" in words(town.ask(117, "/khongco"))


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]},
        {
            "sticker": {
                "file_id": "a",
                "file_unique_id": "b",
                "width": 1,
                "height": 1,
                "type": "regular",
                "is_animated": False,
                "is_video": False,
            }
        },
        {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 1}},
        {"location": {"latitude": 21.6, "longitude": 105.8}},
    ],
)
def test_what_is_not_text_gets_a_hint(town: Telegram, content: dict[str, object]) -> None:
    """Pictures, stickers, voices and places are answered with how to ask."""
    before = len(town.sent(118))
    town.inject({"message": town.message(118, **content)})
    assert "chữ" in words(town.reply(118, before))


def test_the_caption_of_a_picture_is_a_question(town: Telegram) -> None:
    """Words under a picture are read like any other."""
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    before = len(town.sent(119))
    town.inject({"message": town.message(119, photo=photo, caption=QUESTIONS[0][0])})
    assert "405" in lead(town.reply(119, before))


def test_an_edit_that_asks_something_else_is_answered(town: Telegram) -> None:
    """A changed message gets a new answer that shows which message it answers."""
    first = town.message(120, text="/help không")
    asked = {**first, "text": "đảng viên kết nạp 6 tháng 2023"}
    before = len(town.sent(120))
    town.inject({"message": asked})
    town.reply(120, before)
    town.inject({"message": {**asked, "text": QUESTIONS[0][0], "edit_date": asked["date"] + 5}})
    reply = town.reply(120, before + 1)
    assert "405" in lead(reply)
    assert reply.fields["reply_parameters"]["message_id"] == first["message_id"]


def test_an_edit_that_changes_no_word_is_not_answered_again(town: Telegram) -> None:
    """A preview that appears under a message is reported as an edit, and must not ask again."""
    asked = town.message(121, text=QUESTIONS[0][0])
    before = len(town.sent(121))
    town.inject({"message": asked})
    town.reply(121, before)
    town.inject({"message": {**asked, "edit_date": asked["date"] + 5}})
    town.ask(121, "/help")
    assert len(town.sent(121)) == before + 2


def test_group_talk_is_left_alone(town: Telegram) -> None:
    """In a group only a mention, a reply or a command for this bot is answered."""
    group = {"id": -500, "type": "group", "title": "Nhóm"}
    for text in ("giá trị sản xuất công nghiệp 2023?", "/hop", "/hop@another_bot"):
        town.says(122, text, chat=group)
    reply = town.ask(122, f"@{BOT_NAME} {QUESTIONS[0][0]}", chat=group)
    assert "405" in lead(reply)
    assert len(town.sent(-500)) == 1
    assert reply.fields["reply_parameters"]["message_id"]


def test_a_command_for_this_bot_and_a_reply_to_it_are_answered_in_a_group(town: Telegram) -> None:
    """command@bot and answers to the bot's own messages count as addressed."""
    group = {"id": -501, "type": "supergroup", "title": "Nhóm"}
    assert town.ask(123, f"/help@{BOT_NAME}", chat=group)
    ours = {
        "message_id": 3,
        "date": 1,
        "chat": group,
        "text": "…",
        "from": {"id": 7, "is_bot": True, "first_name": "B"},
    }
    assert "405" in lead(town.ask(123, QUESTIONS[0][0], chat=group, reply_to_message=ours))


def test_service_notes_and_bots_are_left_alone(town: Telegram) -> None:
    """Joins and other bots get no reply."""
    group = {"id": -502, "type": "group", "title": "Nhóm"}
    joined = [{"id": 7, "is_bot": True, "first_name": "B"}]
    town.inject({"message": town.message(124, chat=group, new_chat_members=joined)})
    robot = {"id": 125, "is_bot": True, "first_name": "Máy"}
    town.inject({"message": {**town.message(125, text="xin chào"), "from": robot}})
    town.ask(124, "/help")
    assert not town.sent(-502)
    assert not town.sent(125)


def test_inline_queries_find_answers(town: Telegram) -> None:
    """Typing @bot and a question offers the found answer, for the asker alone."""
    before = len(town.calls("answerInlineQuery"))
    town.searches(126, QUESTIONS[0][0])
    call = _next(town, "answerInlineQuery", before)
    assert "405" in call.fields["results"][0]["title"]
    assert call.fields["is_personal"] is True
    assert int(call.fields["cache_time"]) < 30


def test_forgetting_ends_the_follow_up(town: Telegram) -> None:
    """/xoa is confirmed."""
    assert "quên" in words(town.ask(127, "/xoa"))


def test_the_menu_is_published_in_vietnamese(town: Telegram) -> None:
    """Telegram is told the commands, the admins' own included."""
    menus = [call.fields["commands"] for call in town.calls("setMyCommands")]
    names = [{command["command"] for command in menu} for menu in menus]
    assert {"hop", "chude", "help", "xoa"} <= names[0]
    assert any("nhatky" in some for some in names)
    assert "nhatky" not in names[0]


def _next(town: Telegram, method: str, before: int) -> Call:
    call: Call = until(lambda: town.calls(method)[before:])[0]
    return call


def _next_toast(town: Telegram, before: int) -> str:
    return str(_next(town, "answerCallbackQuery", before).fields.get("text", ""))
