"""The database key: 32 random bytes, from a file named by `GUIDE_KEY_FILE` or from the system's keyring.

The recovery key is the same 32 bytes as text that a person can copy: 52 base32 characters (RFC 4648: no 0, 1, 8, 9) and
a check character, in groups of four, `ABCD-EFGH-…`. It is shown once at enrolment and kept in escrow by head office,
because a lost keyring must not lose the book.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from guide_app.base.errors import InvalidInputError, LockedError
from guide_app.base.phrase import Phrase

KEY_BYTES = 32
KEY_FILE_VARIABLE = "GUIDE_KEY_FILE"
_SERVICE = "guide-desk"
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_DATA_CHARACTERS = 52
_GROUP = 4
_WAY_OUT = Phrase("设置环境变量 {variable} 指向密钥文件, 或用恢复密钥恢复。", {"variable": KEY_FILE_VARIABLE})


def database_key(
    account: str,
    environ: Mapping[str, str] = os.environ,
    *,
    may_create: bool,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> bytes:
    """The key of the database named `account` (its path).

    A missing key is made only if `may_create` (there is no database yet). Raises LockedError if there is neither a key
    file nor a working keyring, or if the key is missing while a database is there.
    """
    named = environ.get(KEY_FILE_VARIABLE)
    if named:
        return _from_file(Path(named), may_create, random_bytes)
    return _from_keyring(account, may_create, random_bytes)


def save_key(account: str, key: bytes, environ: Mapping[str, str] = os.environ) -> None:
    """Put a key (from a recovery key) where `database_key` will find it. Raises LockedError."""
    named = environ.get(KEY_FILE_VARIABLE)
    if named:
        _write_file(Path(named), key, os.O_TRUNC)
    else:
        _to_keyring(account, key)


def recovery_text(key: bytes) -> str:
    """The key as text for a person: 14 groups, the last of one check character."""
    plain = base64.b32encode(key).decode().rstrip("=")
    text = plain + _check_character(plain)
    return "-".join(text[i : i + _GROUP] for i in range(0, len(text), _GROUP))


def parse_recovery(text: str) -> bytes:
    """The key that a person typed, in any case, with or without separators. Raises InvalidInputError."""
    plain = "".join(c for c in text.upper() if c not in "-–— \t\r\n").translate(str.maketrans("018", "OIB"))
    right_length = len(plain) == _DATA_CHARACTERS + 1
    if not right_length or any(c not in _ALPHABET for c in plain) or _check_character(plain[:-1]) != plain[-1]:
        raise InvalidInputError("key.recovery", "恢复密钥不对: 有漏写或写错的字符。", "请逐组核对后再输入。")
    return base64.b32decode(plain[:-1] + "====")


def _check_character(plain: str) -> str:
    # Weights are odd, hence invertible modulo 32: every single wrong character shows; so do most swaps.
    total = sum((2 * i + 1) * _ALPHABET.index(c) for i, c in enumerate(plain))
    return _ALPHABET[total % len(_ALPHABET)]


def _from_file(path: Path, may_create: bool, random_bytes: Callable[[int], bytes]) -> bytes:
    try:
        text = path.read_text("ascii")
    except FileNotFoundError as e:
        if not may_create:
            raise LockedError("key.missing", "密钥文件 {path} 不存在。", _WAY_OUT, path=path) from e
        key = random_bytes(KEY_BYTES)
        _write_file(path, key, os.O_EXCL)
        return key
    except (OSError, UnicodeDecodeError) as e:
        raise LockedError("key.unreadable", "密钥文件 {path} 读不出来。", _WAY_OUT, path=path) from e
    return _parse_hex(text, str(path))


def _write_file(path: Path, key: bytes, flag: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | flag, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as e:
        raise LockedError("key.unwritable", "密钥文件 {path} 写不进去。", "请换一个可写的位置。", path=path) from e


def _from_keyring(account: str, may_create: bool, random_bytes: Callable[[int], bytes]) -> bytes:
    import keyring  # noqa: PLC0415 - slow to import, and not needed where a key file is named
    from keyring.errors import KeyringError  # noqa: PLC0415 - same

    try:
        text = keyring.get_password(_SERVICE, account)
    except KeyringError as e:
        raise LockedError("key.no_keyring", "系统密钥环不可用, 数据库不能打开。", _WAY_OUT) from e
    if text is not None:
        return _parse_hex(text, "系统密钥环")
    if not may_create:
        raise LockedError("key.missing", "系统密钥环里没有这个数据库的密钥。", _WAY_OUT)
    key = random_bytes(KEY_BYTES)
    _to_keyring(account, key)
    return key


def _to_keyring(account: str, key: bytes) -> None:
    import keyring  # noqa: PLC0415 - slow to import
    from keyring.errors import KeyringError  # noqa: PLC0415 - same

    try:
        keyring.set_password(_SERVICE, account, key.hex())
    except KeyringError as e:
        raise LockedError("key.no_keyring", "系统密钥环不可用, 密钥存不进去。", _WAY_OUT) from e


def _parse_hex(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise LockedError("key.malformed", "{where} 里的密钥格式不对 (应为 64 位十六进制)。", _WAY_OUT, where=where)
    return key
