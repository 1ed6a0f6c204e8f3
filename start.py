"""Set up and start the dashboard, its tests or its checks, with nothing but Python.

python3 start.py            the dashboard in your browser
python3 start.py test       all tests
python3 start.py check      formatting, lint, types, import contracts and the quick tests

Whatever stands after the command goes to Streamlit or pytest. Every Python from 3.6 on can read this
file, so that an old one can tell that it is too old.
"""

import hashlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser
from pathlib import Path

OLDEST = (3, 11)
if sys.version_info < OLDEST:
    sys.exit(f"Dit programma heeft Python 3.11 of nieuwer nodig; u heeft {sys.version_info[0]}.{sys.version_info[1]}.")

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
PORTS = range(8501, 8521)
PATIENCE = 120  # seconds; a first start on a slow laptop reads many files
QUICK = "not browser and not slow"
PARALLEL = ["-n", "auto", "--dist", "loadfile"]  # a worker per core; a file of tests stays together
CHECKS = {
    "opmaak": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "typen": ["-m", "mypy"],
    "importcontracten": ["-c", "from importlinter.cli import lint_imports_command as check; check()"],
    "snelle tests": ["-m", "pytest", "-q", *PARALLEL, "-m", QUICK],
}


def main(arguments: list[str]) -> int:
    """Do what the first word asks and give the exit status."""
    os.chdir(HERE)
    command, rest = (arguments[0], arguments[1:]) if arguments[:1] in (["test"], ["check"]) else ("start", arguments)
    prepare("requirements.txt" if command == "start" else "requirements-dev.txt")
    return {"start": dashboard, "test": run_tests, "check": check}[command](rest)


def prepare(requirements: str) -> None:
    """Make ``.venv`` and install what the requirements file lists, only when something changed."""
    stamp = VENV / f"{requirements}.sha256"
    wanted = fingerprint(requirements)
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        sys.exit("Python mist het onderdeel 'venv'. Installeer het (op Debian en Ubuntu: het pakket python3-venv).")
    print("Ik zet alles klaar. Dat duurt de eerste keer een paar minuten.", flush=True)
    run([sys.executable, "-m", "venv", str(VENV)], "De map .venv kon niet worden gemaakt. Is er schijfruimte over?")
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]
    run(install, "Installeren is niet gelukt. Controleer de internetverbinding en probeer het opnieuw.")
    stamp.write_text(wanted)


def fingerprint(requirements: str) -> str:
    """Give a hash that changes with the lists of packages and with the version of Python."""
    texts = [Path(name).read_bytes() for name in ("constraints.txt", "requirements.txt", requirements)]
    return hashlib.sha256(b"\n".join([sys.version.encode(), *texts])).hexdigest()


def run(command: list[str], complaint: str) -> None:
    """Run a step of the set-up, or stop with one sentence."""
    if subprocess.call(command) != 0:
        sys.exit(complaint)


def dashboard(arguments: list[str]) -> int:
    """Start the dashboard on this computer only, and open the browser once it answers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    options = ["--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = subprocess.Popen([str(PYTHON), "-m", "streamlit", "run", "app.py", *options, *arguments])
    try:
        if answers(address + "/_stcore/health", server):
            print(f"Het dashboard staat op {address}. Stoppen: Ctrl+C.", flush=True)
            webbrowser.open(address)
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    """Find a port that nothing else uses, or stop with one sentence."""
    for port in PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    sys.exit(f"Alle poorten van {PORTS[0]} tot en met {PORTS[-1]} zijn bezet. Sluit andere dashboards.")


def answers(address: str, server: subprocess.Popen[bytes]) -> bool:
    """Wait until the address answers; no proxy, since the address is this computer."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with opener.open(address, timeout=2):
                return True
        except OSError:
            time.sleep(0.3)
    return False


def run_tests(arguments: list[str]) -> int:
    """Run every test."""
    return subprocess.call([str(PYTHON), "-m", "pytest", *PARALLEL, *arguments])


def check(arguments: list[str]) -> int:
    """Run all checks, also after one has failed, and name those that failed."""
    failed = []
    for name, command in CHECKS.items():
        print(f"== {name}", flush=True)
        extra = arguments if name == "snelle tests" else []
        if subprocess.call([str(PYTHON), *command, *extra]) != 0:
            failed.append(name)
    subprocess.call([str(PYTHON), str(Path("tools", "overdue_reviews.py"))])
    print("Niet goed: " + ", ".join(failed) if failed else "Alles is goed.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
