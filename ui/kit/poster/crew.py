"""Processes that make posters for this one, each at the end of a pipe of its own.

Of its own, because the pipe then breaks when the process ends, at whatever moment it is killed. In one that they share,
as in `concurrent.futures.ProcessPoolExecutor`, half a picture may be left, whose rest is waited for in vain.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue

from guide_app.protocol.poster_layers import Template
from ui.kit.poster.maker import Commission, MadePoster

WORKER = "--make-posters"
"""The command's only word when it is started to make posters; see `worker.work`."""

_log = logging.getLogger(__name__)


class ProcessEndedError(Exception):
    """A process is no more, or has not come up."""


class Process:
    """A process beside this one, ready to make posters. One thread at a time asks it; any may end it."""

    def __init__(self, platform: str, templates: Mapping[str, Template]) -> None:
        """Start it; `platform` is Qt's plugin. Raises OSError where no process may be started."""
        self._running = subprocess.Popen(  # noqa: S603 - this same program
            [*_this_program(), WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl+C reaches all processes of a terminal's session; the first one decides
            creationflags=_without_window(),
        )
        self._first = (platform, dict(templates))

    @property
    def pid(self) -> int:
        """Its number at the operating system."""
        return self._running.pid

    def come_up(self) -> None:
        """Wait until it is ready. Raises ProcessEndedError."""
        self._asked(self._first)

    def make(self, commission: Commission) -> MadePoster | None:
        """The poster; None where it is refused. Raises ProcessEndedError."""
        return self._asked(commission)

    def end(self) -> None:
        """End it at once, whatever it is at, and wait until it has gone: it has nothing to tidy. Once more is free."""
        self._running.kill()
        self._running.wait()

    def let_go(self) -> None:
        """End it and close the pipes, which nobody uses any more."""
        self.end()
        for pipe in (self._running.stdin, self._running.stdout):
            if pipe is not None:
                with suppress(OSError):  # what it has not taken is still in the pipe's buffer
                    pipe.close()

    def _asked(self, question: object) -> MadePoster | None:
        to, back = self._running.stdin, self._running.stdout
        if to is None or back is None:
            raise ProcessEndedError
        words = pickle.dumps(question)
        try:
            to.write(words)
            to.flush()
            answer: MadePoster | None = pickle.load(back)  # noqa: S301 - from the process started here
        except (OSError, EOFError, pickle.UnpicklingError) as e:
            raise ProcessEndedError from e
        return answer


def _this_program() -> list[str]:
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "guide_app"]


def _without_window() -> int:
    """Windows would open a console for it, and pass Ctrl+C on."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return 0


class Crew:
    """So many processes, started when they are first needed, and anew when one has ended. `close` ends them."""

    def __init__(self, processes: int, platform: str, templates: Mapping[str, Template]) -> None:
        self._platform, self._templates = platform, templates
        self._threads = ThreadPoolExecutor(processes, "posters")  # each waits for one process
        self._idle: SimpleQueue[Process] = SimpleQueue()
        self._started: list[Process] = []
        self._closing = self._barred = False

    @property
    def pids(self) -> list[int]:
        """The numbers of all processes that were started."""
        return [process.pid for process in self._started]

    def begin(self, commission: Commission) -> Future[MadePoster | None]:
        """The poster to come; None where it is refused or no process comes up.

        Its result raises ProcessEndedError if two processes ended over it.
        """
        return self._threads.submit(self._made, commission)

    def close(self) -> None:
        """Give up what is under way; when this returns the processes have gone."""
        self._closing = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in list(self._started):
            process.end()
        self._threads.shutdown(wait=True)
        for process in self._started:  # and who was just starting
            process.let_go()

    def _made(self, commission: Commission) -> MadePoster | None:
        """Whose process was ended by something else gets a new one; who ends that, too, is the reason."""
        for ready in (self._free, self._new):
            process = ready()
            if process is None:
                return None
            try:
                made = process.make(commission)
            except ProcessEndedError:
                process.end()
                continue
            self._idle.put(process)
            return made
        raise ProcessEndedError

    def _free(self) -> Process | None:
        """A process that has nothing to do, else a new one."""
        try:
            return self._idle.get_nowait()
        except Empty:
            return self._new()

    def _new(self) -> Process | None:
        """Another process; None when there cannot be any."""
        if self._closing or self._barred:
            return None
        try:
            process = Process(self._platform, self._templates)
            self._started.append(process)
            process.come_up()
        except (OSError, ProcessEndedError) as e:
            if not (self._closing or self._barred):
                self._barred = True
                _log.warning("no process can be started beside this one; posters are made on one: %r", e)
            return None
        return process
