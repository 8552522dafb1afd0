"""Starts an app of a kind on a port: `serve.py KIND FILE PORT`.

The file is run as its author would run it, and whatever it starts a server with listens on that
port of the loopback; a file that starts none has its app served.
"""

import os
import runpy
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

HOST = "127.0.0.1"
NAMES = ("app", "application", "demo", "server", "api", "iface", "interface")
MAKERS = ("create_app", "make_app", "build_app", "get_app")
STREAMLIT = {
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "viewer",
    "global.developmentMode": "false",
    "server.address": HOST,
    "server.enableCORS": "false",
    "server.enableXsrfProtection": "false",
    "server.fileWatcherType": "none",
    "server.headless": "true",
}

Serve = Callable[[Any], object]


def uvicorn(port: int) -> Serve:
    """Have uvicorn listen on the port, whoever starts it."""
    module: Any = import_module("uvicorn")
    make = module.Config.__init__
    own = {
        "host": HOST,
        "port": port,
        "access_log": False,
        "fd": None,
        "reload": False,
        "ssl_certfile": None,
        "ssl_keyfile": None,
        "uds": None,
        "workers": 1,
    }

    def listening(config: Any, app: Any, *args: Any, **given: Any) -> None:
        make(config, app, **(given | own))

    module.Config.__init__ = listening
    run: Serve = module.run
    return run


def flask(port: int) -> Serve:
    """Have Flask listen on the port, without its debugger."""
    module: Any = import_module("flask")
    run = module.Flask.run

    def listening(app: Any, *args: Any, **given: Any) -> None:
        run(app, HOST, port, debug=False, use_reloader=False, threaded=True)

    module.Flask.run = listening
    return listening


def gradio(port: int) -> Serve:
    """Have Gradio listen on the port, and on nothing else."""
    module: Any = import_module("gradio")
    launch = module.Blocks.launch
    own = {
        "server_name": HOST,
        "server_port": port,
        # What stands at a page's foot by default leads to what there is not here.
        "footer_links": [],
        "inbrowser": False,
        "prevent_thread_lock": False,
        "share": False,
        "ssl_certfile": None,
        "ssl_keyfile": None,
    }

    def listening(app: Any, *args: Any, **given: Any) -> Any:
        return launch(app, **(given | own))

    module.Blocks.launch = listening
    return listening


KINDS: Mapping[str, tuple[Callable[[int], Serve], str, str]] = {
    "fastapi": (uvicorn, "fastapi", "FastAPI"),
    "flask": (flask, "flask", "Flask"),
    "gradio": (gradio, "gradio", "Blocks"),
}


def find(space: Mapping[str, Any], kind: type) -> Any:
    """The app in a file's names: by the usual ones first, then any, then what makes one."""
    named = [space[name] for name in NAMES if name in space] + list(space.values())
    for value in named:
        if isinstance(value, kind):
            return value
    for name in MAKERS:
        if callable(space.get(name)) and isinstance(made := space[name](), kind):
            return made
    return None


def main(kind: str, file: str, port: int) -> None:
    sys.path[0] = os.path.dirname(os.path.abspath(file))
    sys.argv = [file]
    if kind == "streamlit":
        options = {**STREAMLIT, "server.port": str(port)}
        sys.argv = ["streamlit", "run", file, *(f"--{n}={v}" for n, v in options.items())]
        sys.exit(import_module("streamlit.web.cli").main())
    prepare, module, name = KINDS[kind]
    serve = prepare(port)
    app = find(runpy.run_path(file, run_name="__main__"), getattr(import_module(module), name))
    if app is None:
        sys.exit(f"There is no {name} app in {file}.")
    serve(app)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
