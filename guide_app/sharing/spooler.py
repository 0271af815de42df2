"""Raw jobs into a print queue of Windows (winspool.drv, documented as "Sending Data Directly to a Printer")."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _DocInfo(ctypes.Structure):
        """DOC_INFO_1."""

        _fields_ = (
            ("name", wintypes.LPWSTR),
            ("output", wintypes.LPWSTR),
            ("datatype", wintypes.LPWSTR),
        )

    def spool(data: bytes, queue: str) -> None:
        """Write one raw job. Raises OSError with what Windows says."""
        spooler = ctypes.WinDLL("winspool.drv", use_last_error=True)
        handle = wintypes.HANDLE()
        _require(spooler.OpenPrinterW(queue, ctypes.byref(handle), None))
        try:
            document = _DocInfo("Guide Desk", None, "RAW")
            _require(spooler.StartDocPrinterW(handle, 1, ctypes.byref(document)))
            try:
                written = wintypes.DWORD()
                _require(spooler.WritePrinter(handle, data, len(data), ctypes.byref(written)))
                if written.value != len(data):
                    raise OSError(f"{written.value} of {len(data)} bytes")
            finally:
                spooler.EndDocPrinter(handle)
        finally:
            spooler.ClosePrinter(handle)

    def _require(done: int) -> None:
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())
