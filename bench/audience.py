"""An audience of sockets that follow the wall on live; run as a process of its own."""

from __future__ import annotations

import asyncio
import json
import resource
import sys

from websockets.asyncio.client import connect


async def sit_down(url: str, token: str, count: int, origin: str) -> None:
    """Follow the wall with many sockets until the process is ended; prints when all are there."""
    opening = asyncio.Semaphore(50)

    async def sit() -> None:
        async with opening:
            socket_ = await connect(url, origin=origin, compression=None, max_queue=None, open_timeout=60)
            await socket_.send(json.dumps({"do": "hello", "v": 1, "token": token, "name": "wall"}))
            await socket_.send(json.dumps({"do": "follow", "topic": "wall"}))
            while "caught-up" not in str(await socket_.recv()):
                pass
        ready.release()
        async for _message in socket_:
            pass

    ready = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(sit()) for _ in range(count)]
    for _ in range(count):
        waiting = asyncio.create_task(ready.acquire())
        await asyncio.wait({waiting, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():
            await next(task for task in tasks if task.done())
    sys.stdout.write("seated\n")
    sys.stdout.flush()
    await asyncio.gather(*tasks)


if __name__ == "__main__":
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(sit_down(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
