"""One window per data folder: a second start wakes the first and ends."""

from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 500


class SingleInstance(QObject):
    """One window per data folder. A second start asks the first to come forward and ends.

    The lock file comes first: it survives `kill -9` of its holder, which a local socket's name does not.
    """

    asked_forward = Signal()
    """A second start asks the window to come forward."""

    def __init__(self, folder: Path, name: str) -> None:
        """Lock inside `folder`; `name` is the local socket's, unique to that folder."""
        super().__init__()
        self._name = name
        self._lock = QLockFile(str(folder / "instance.lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def first(self) -> bool:
        """Become the one instance, or wake the one that is; False means: end now."""
        if not self._lock.tryLock(0):
            self._wake()
            return False
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self._server.listen(self._name)
        return True

    def release(self) -> None:
        """Let another start be the first."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _wake(self) -> None:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        socket.waitForConnected(_WAIT_MS)
        socket.disconnectFromServer()

    def _greet(self) -> None:
        if self._server is None:
            return
        waiting = self._server.nextPendingConnection()
        if waiting is not None:
            waiting.disconnected.connect(waiting.deleteLater)
            self.asked_forward.emit()
