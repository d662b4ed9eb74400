"""HTTP to Telegram over aiohttp: the library's own client takes four times the processor time for a call."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.request import getproxies

from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar, FormData, TCPConnector
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

_CONNECT_SECONDS = 10.0
_UPLOAD_SECONDS = 120.0  # a whole call that carries a file
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": BaseRequest.USER_AGENT}
_FILES = {"User-Agent": BaseRequest.USER_AGENT}


class Line(BaseRequest):
    """Connections that are kept open, `connections` at most; `patience` is how many seconds a silent one is borne.

    Raises TimedOut and NetworkError as the library's own client does. What went wrong is told by its kind only: the
    text of an error may repeat the address, and that holds the token.
    """

    def __init__(self, connections: int, patience: float) -> None:
        self._connections = connections
        self._patience = patience
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._patience

    async def initialize(self) -> None:
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._connections),
                cookie_jar=DummyCookieJar(),
                # Looking for a proxy costs something at every call, and the environment does not change.
                trust_env=bool(getproxies()),
            )

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Status and body. Of the timeouts only the one for reading is heeded."""
        if self._session is None:
            raise RuntimeError("not initialized")
        files = request_data is not None and request_data.contains_files
        timeout = ClientTimeout(
            total=_UPLOAD_SECONDS if files else None,
            connect=self._patience,
            sock_connect=_CONNECT_SECONDS,
            sock_read=self._patience if isinstance(read_timeout, DefaultValue) else read_timeout,
        )
        try:
            async with self._session.request(
                method,
                url,
                data=_body(request_data),
                headers=_FILES if files else _FORM,
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except ClientError as error:
            raise NetworkError(type(error).__name__) from error


def _body(data: RequestData | None) -> bytes | FormData | None:
    if data is None:
        return None
    if not data.contains_files:
        return _encoded(data.json_parameters)
    form = FormData(data.json_parameters)
    for name, (file_name, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=kind)
    return form


def _encoded(parameters: Mapping[str, str]) -> bytes:
    """As a form in a body and as a query the same is written; the writer of queries is the faster one."""
    return URL.build(query=parameters).raw_query_string.encode()
