"""The floor of paintings in a browser: a page with two pictures, each as the double answers it."""

from __future__ import annotations

import base64
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import aiohttp
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from floor import Server

UPSTREAM = os.environ.get("BENCH_UPSTREAM", "")
PAGE = '<!doctype html><img src="/artifacts/one"><img src="/artifacts/two">'


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncGenerator[None]:
    async with aiohttp.ClientSession() as app.state.client:
        yield


async def page(request: Request) -> HTMLResponse:
    """The page; it is there at once and waits for its pictures."""
    return HTMLResponse(PAGE)


async def picture(request: Request) -> Response:
    """A picture, asked for now and given on as it comes."""
    url = f"{UPSTREAM}/{request.path_params['name']}/v1/images/generations"
    async with request.app.state.client.post(url, json={"prompt": "A lighthouse"}) as answer:
        (made,) = (await answer.json())["data"]
    return Response(base64.b64decode(made["b64_json"]), media_type="image/*")


APP = Starlette(
    routes=[Route("/", page), Route("/artifacts/{name}", picture)],
    lifespan=lifespan,
)


if __name__ == "__main__":
    Server(
        uvicorn.Config(APP, host="127.0.0.1", port=0, access_log=False, log_level="warning")
    ).run()
