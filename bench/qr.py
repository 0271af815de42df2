"""QR symbols at level M, all masks scored: symbols a second, beside qrcode's own `make` and other makers' code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count

import zxingcpp
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from bench.measure import options, usual
from bench.peers import ask
from bench.report import Bench, Peer, Target
from guide_app.sharing.qr import qr_matrix

_SHORT = "https://s.redmaple.example/s/EAAFAOcAA3AAMAATXWVd9nW"
_LONG = "https://s.redmaple.example/01/06901234567892?21=EAAFAOcAA3AAMAATXWVd9nWT6iQ&g=0231&"
_MS = 1000
_MATRIX = Target(ratio_least=5)
_BESIDE_C = Target(ratio_least=0.5)


def _qrcode(text: str) -> None:
    code = QRCode(error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)


def _zxing(text: str) -> None:
    zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")


def _rate(make: Callable[[str], object], texts: Iterator[str], repeats: int) -> float:
    return _MS / usual(lambda: make(next(texts)), repeats).cpu


def main(arguments: Sequence[str] | None = None) -> None:
    """Make symbols for links of two lengths, each text another."""
    given = options("qr", arguments, repeats=200)
    bench = Bench("qr", given.given, given.out)
    for base in (_SHORT, _LONG):
        texts = (f"{base}{n:04d}" for n in count())
        ours = _rate(qr_matrix, texts, given.repeats)
        theirs = _rate(_qrcode, texts, max(3, given.repeats // 10))
        name = f"QR matrix of {len(base) + 4} characters"
        bench.add(name, ours, "/s", _MATRIX, Peer("qrcode, all masks", theirs))
        segno = ask("qr_segno.py", bench, base)
        if segno:
            bench.add(name, ours, "/s", _MATRIX, Peer("segno, all masks", segno["rate"]))
        bench.add(name, ours, "/s", _BESIDE_C, Peer("zxing-cpp (C++)", _rate(_zxing, texts, given.repeats)))
    bench.finish()


if __name__ == "__main__":
    main()
