"""The least a python-telegram-bot bot can do: say back what was said. It is what `tools/load.py` measures ours beside.

Nothing is stored and nothing is looked up, and the library is used as it comes: a smaller connection pool and updates
handled side by side made it no faster. By polling it is the library's own Updater. By webhook a Starlette route takes
the place of the library's own (tornado, which is not among our packages); like that one it acknowledges an update as
soon as it lies in memory. Settings come from the environment, under the names our own bot uses.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters


async def _echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def _builder() -> ApplicationBuilder[Any, Any, Any, Any, Any, Any]:
    return Application.builder().token(os.environ["BOT_TOKEN"]).base_url(os.environ["BOT_API_URL"])


def _poll() -> None:
    application = _builder().build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    application.run_polling(allowed_updates=["message"])


async def _hook(url: str) -> None:
    application = _builder().updater(None).build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))

    async def receive(request: Request) -> Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != os.environ["WEBHOOK_SECRET"]:
            return Response(status_code=403)
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return Response()

    app = Starlette(routes=[Route("/telegram", receive, methods=["POST"])])
    config = uvicorn.Config(app, port=int(os.environ["WEB_PORT"]), log_config=None, access_log=False, lifespan="off")
    async with application:
        await application.bot.set_webhook(url, secret_token=os.environ["WEBHOOK_SECRET"], allowed_updates=["message"])
        await application.start()
        await uvicorn.Server(config).serve()
        await application.stop()


def main() -> None:
    """Echo until killed."""
    url = os.environ.get("WEBHOOK_URL")
    if url:
        asyncio.run(_hook(url))
    else:
        _poll()


if __name__ == "__main__":
    main()
