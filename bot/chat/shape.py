"""Whether a raw update has the shape Telegram promises, in the places the handlers rely on.

The client library takes whatever JSON it is given and trips over it later, deep in a handler; here it is found before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[int, Field(ge=-(2**63), lt=2**63)]
MessageId = Annotated[int, Field(ge=0, lt=2**31)]
Name = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    """Strict where we look, indifferent elsewhere: Telegram adds fields all the time."""

    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)


class _User(_Part):
    id: Id
    is_bot: bool
    first_name: str
    last_name: str | None = None
    username: str | None = None


class _Chat(_Part):
    id: Id
    type: Literal["private", "group", "supergroup", "channel"]


class _Document(_Part):
    file_id: Name
    file_name: str | None = None
    file_size: Id | None = None


class _Answered(_Part):
    message_id: MessageId
    date: Id
    chat: _Chat
    from_: Annotated[_User | None, Field(alias="from")] = None


class _Message(_Answered):
    text: str | None = None
    caption: str | None = None
    reply_to_message: _Answered | None = None
    document: _Document | None = None


class _Callback(_Part):
    id: Name
    from_: Annotated[_User, Field(alias="from")]
    message: _Answered | None = None
    data: str | None = None


class _Inline(_Part):
    id: Name
    from_: Annotated[_User, Field(alias="from")]
    query: str


class _Update(_Part):
    update_id: Id
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Callback | None = None
    inline_query: _Inline | None = None


def require_shape(update: Mapping[str, object]) -> None:
    """Raises pydantic.ValidationError, which repeats nothing of the update, when the shape is wrong."""
    _Update.model_validate(update)
