"""The floor of previews: a plain server of files, `bare_files.py FOLDER`."""

from __future__ import annotations

import sys

import uvicorn
from starlette.staticfiles import StaticFiles

from floor import Server


def main() -> None:
    files = StaticFiles(directory=sys.argv[1], html=True)
    Server(
        uvicorn.Config(
            files,
            host="127.0.0.1",
            port=0,
            lifespan="off",
            access_log=False,
            log_level="warning",
        )
    ).run()


if __name__ == "__main__":
    main()
