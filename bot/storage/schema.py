"""The tables as the newest schema version has them; `migrations.py` makes them, a test holds the two together."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine

METADATA = MetaData()
_SQLITE_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC: TIMESTAMPTZ on PostgreSQL, text of fixed width that sorts by time on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[dt.datetime]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))  # type: ignore[arg-type]  # bound and read as text below
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> object:
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(dt.UTC).strftime(_SQLITE_FORM)

    def process_result_value(self, value: object, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        if isinstance(value, str):
            return dt.datetime.fromisoformat(value)
        return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else None


# SQLite numbers rows by itself only for a primary key typed INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")

SCHEMA_VERSIONS = Table(
    "schema_versions",
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("applied_at", Moment, nullable=False),
)

# Few named values: the pseudonyms' salt, the last confirmed update.
MARKS = Table(
    "marks",
    METADATA,
    Column("name", String(60), primary_key=True),
    Column("value", Text, nullable=False),
    Column("set_at", Moment, nullable=False),
)

QUERY_LOG = Table(
    "query_log",
    METADATA,
    Column("id", RowId, primary_key=True),
    Column("update_id", BigInteger, unique=True),  # null when the question did not come from Telegram
    Column("asked_at", Moment, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("pseudonym", String(20), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("folded", Text, nullable=False),  # lower case without marks, for "contains"
    Column("status", String(10), nullable=False),
    Column("entries", Text, nullable=False),  # JSON list of ids
    Column("scores", Text, nullable=False),  # JSON list of numbers, one per entry when known
    Column("reason", Text, nullable=False),  # JSON list, one object per part
    Column("milliseconds", Float(53), nullable=False),
    Column("knowledge", String(100), nullable=False),
    Column("feedback", SmallInteger),  # 1 helpful, -1 not, null not said
)

INBOX = Table(
    "inbox",
    METADATA,
    Column("id", RowId, primary_key=True),  # order of arrival
    Column("update_id", BigInteger, nullable=False, unique=True),
    Column("chat_id", BigInteger),  # null: an update of no chat, kept in no order
    Column("raw", Text, nullable=False),  # emptied when done: nobody needs the words a second time
    Column("state", String(8), nullable=False),  # ready, claimed, done, dead
    Column("received_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("worker", String(80)),
    Column("lease_until", Moment),
    Column("tries", Integer, nullable=False),  # failures that count against the row
    Column("waits", Integer, nullable=False),  # failures of Telegram or the network, which do not
    Column("losses", Integer, nullable=False),  # workers that died holding it
    Column("error", String(80)),  # kind of the last failure
    Column("finished_at", Moment),
)

PEOPLE = Table(
    "people",
    METADATA,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(200), nullable=False),
    Column("role", String(10), nullable=False),
    Column("added_by", BigInteger),  # null: claimed by the operator's one-time link
    Column("added_at", Moment, nullable=False),
)

INVITATIONS = Table(
    "invitations",
    METADATA,
    Column("digest", String(64), primary_key=True),  # of the payload; the payload itself is kept nowhere
    Column("role", String(10), nullable=False),
    Column("first_admin", Boolean, nullable=False),
    Column("created_by", BigInteger),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_by", BigInteger),
    Column("used_at", Moment),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", RowId, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor_id", BigInteger),  # null: the operator at the machine
    Column("action", String(30), nullable=False),
    Column("subject_id", BigInteger),
    Column("detail", Text, nullable=False),  # JSON object
)

# Every change made to a knowledge file through the bot, in order. It is what replicas bring their directories up to.
KNOWLEDGE_VERSIONS = Table(
    "knowledge_versions",
    METADATA,
    Column("id", RowId, primary_key=True),
    Column("name", String(200), nullable=False),  # briefings/<slug>.yaml
    Column("before", LargeBinary),  # null: there was no file
    Column("after", LargeBinary),  # null: the file is taken away
    Column("before_digest", String(32), nullable=False),  # empty: no file
    Column("after_digest", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    Column("editor_id", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
    Column("undoes", BigInteger),  # the version it takes back
    Column("cause", String(40), nullable=False, unique=True),  # what asked for it, so that a retry does nothing twice
)

# A change that was judged and waits for its editor's yes.
PROPOSALS = Table(
    "proposals",
    METADATA,
    Column("id", RowId, primary_key=True),
    Column("editor_id", BigInteger, nullable=False),
    Column("name", String(200), nullable=False),
    Column("base_digest", String(32), nullable=False),  # the content it was judged against
    Column("content", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
    Column("state", String(10), nullable=False),  # waiting, applied, dropped
    Column("created_at", Moment, nullable=False),
    Column("cause", String(40), nullable=False, unique=True),
)

# Questions nobody wants to see again among the unanswered.
SETTLED_QUESTIONS = Table(
    "settled_questions",
    METADATA,
    Column("signature", String(64), primary_key=True),
    Column("text", Text, nullable=False),
    Column("verdict", String(10), nullable=False),  # ignored, attached, absent
    Column("editor_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
)
