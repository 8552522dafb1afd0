"""The floor: the smallest FastAPI relay of two aiohttp streams; no storage, no rendering."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import aiohttp
import orjson
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

UPSTREAM = os.environ.get("BENCH_UPSTREAM", "")
Queue = asyncio.Queue[bytes | None]
battles: dict[str, Queue] = {}
tasks: set[asyncio.Task[None]] = set()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as app.state.client:
        yield


app = FastAPI(lifespan=lifespan)


async def _side(client: aiohttp.ClientSession, side: str, prompt: str, queue: Queue) -> None:
    url = f"{UPSTREAM}/{'one' if side == 'a' else 'two'}/v1/chat/completions"
    asked = {
        "model": "double",
        "stream": True,
        "messages": [{"role": "user", "content": prompt}],
    }
    async with client.post(url, json=asked) as answer:
        async for line in answer.content:
            if not line.startswith(b"data: {"):
                continue
            choices = orjson.loads(line[6:])["choices"]
            text = choices[0]["delta"].get("content") if choices else None
            if text:
                delta = orjson.dumps({"side": side, "text": text})
                queue.put_nowait(b"event: delta\ndata: " + delta + b"\n\n")
    queue.put_nowait(None)


@app.post("/battles", status_code=201)
async def begin(request: Request) -> dict[str, str]:
    prompt = orjson.loads(await request.body())["prompt"][0]["text"]
    battle = secrets.token_urlsafe(16)
    queue = battles[battle] = Queue()
    for side in "ab":
        task = asyncio.create_task(_side(request.app.state.client, side, prompt, queue))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    return {"id": battle}


@app.get("/battles/{battle}/events")
async def events(battle: str) -> StreamingResponse:
    return StreamingResponse(_relay(battles.pop(battle)), media_type="text/event-stream")


@app.get("/healthz")
async def health() -> dict[str, str]:
    return {"status": "ok"}


async def _relay(queue: Queue) -> AsyncGenerator[bytes]:
    open_sides = 2
    while open_sides:
        chunk = await queue.get()
        if chunk is None:
            open_sides -= 1
        else:
            yield chunk
    yield b"event: ballot\ndata: {}\n\n"


class Server(uvicorn.Server):
    """Prints its address when it is ready."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        port = self.servers[0].sockets[0].getsockname()[1]
        print(f"open at http://127.0.0.1:{port}", flush=True)


if __name__ == "__main__":
    Server(
        uvicorn.Config(
            app,
            host="127.0.0.1",
            port=0,
            loop="uvloop",
            http="httptools",
            access_log=False,
            log_level="warning",
        )
    ).run()
