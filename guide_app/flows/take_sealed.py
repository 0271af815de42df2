"""Files that open with a password: the age format, version 1, for a passphrase (C2SP age, https://c2sp.org/age).

Anybody with the password opens one without this program: `age --decrypt -o clients.csv clients.csv.age`. The key comes
from the password by scrypt (RFC 7914, N = 2**17, r = 8: 128 MiB for each guess); the content is ChaCha20-Poly1305 in
pieces of 64 KiB (RFC 8439), so that a changed, cut or reordered file is refused (docs/decisions/050-sealed-exports.md).
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import secrets
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from guide_app.base.errors import InvalidInputError

SUFFIX = ".age"
#: Characters that a password must have; a shorter one is tried out in an afternoon.
LEAST_PASSWORD = 10

_VERSION = b"age-encryption.org/v1"
_LABEL = b"age-encryption.org/v1/scrypt"
_LOG_N, _MOST_LOG_N, _BLOCK = 17, 20, 8
_SALT, _FILE_KEY, _KEY, _NONCE, _TAG = 16, 16, 32, 16, 16
_PIECE = 64 << 10
_HEADER = re.compile(
    rb"(?P<told>age-encryption\.org/v1\n-> scrypt (?P<salt>[A-Za-z0-9+/]{22}) (?P<log_n>[1-9][0-9]?)\n"
    rb"(?P<wrapped>[A-Za-z0-9+/]{43})\n---) (?P<mac>[A-Za-z0-9+/]{43})\n"
)


def check_password(password: str) -> None:
    """Raise InvalidInputError (`sealed.password`) for a password that is too short."""
    if len(password) < LEAST_PASSWORD:
        raise InvalidInputError(
            "sealed.password", "密码至少 {least} 个字。", "例如四个不相关的词; 另行告诉收件人。", least=LEAST_PASSWORD
        )


def seal(content: bytes, password: str) -> bytes:
    """`content` as an age file for the password. Raises InvalidInputError for one that is too short."""
    check_password(password)
    salt, file_key, nonce = (secrets.token_bytes(size) for size in (_SALT, _FILE_KEY, _NONCE))
    wrapped = ChaCha20Poly1305(_password_key(password, salt, _LOG_N)).encrypt(bytes(12), file_key, None)
    told = b"%s\n-> scrypt %s %d\n%s\n---" % (_VERSION, _text(salt), _LOG_N, _text(wrapped))
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    pieces = [cipher.encrypt(place, piece, None) for place, piece in _pieces(content, _PIECE)]
    return b"%s %s\n%s%s" % (told, _text(_mac(file_key, told)), nonce, b"".join(pieces))


def unseal(sealed: bytes, password: str) -> bytes:
    """The content of an age file. Raises InvalidInputError: `sealed.format`, `sealed.wrong`, `sealed.damaged`."""
    header = _HEADER.match(sealed)
    if header is None or int(header["log_n"]) > _MOST_LOG_N:
        raise InvalidInputError("sealed.format", "这不是用密码加密的 age 文件。", "请选导出时带 .age 的文件。")
    key = _password_key(password, _bytes(header["salt"]), int(header["log_n"]))
    try:
        file_key = ChaCha20Poly1305(key).decrypt(bytes(12), _bytes(header["wrapped"]), None)
    except InvalidTag as e:
        raise InvalidInputError("sealed.wrong", "密码不对。", "请向导出的人问清密码。") from e
    body = sealed[header.end() :]
    nonce, body = body[:_NONCE], body[_NONCE:]
    cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
    if not hmac.compare_digest(_mac(file_key, header["told"]), _bytes(header["mac"])):
        raise _damaged()
    try:
        return b"".join(cipher.decrypt(place, piece, None) for place, piece in _pieces(body, _PIECE + _TAG))
    except InvalidTag as e:
        raise _damaged() from e


def _damaged() -> InvalidInputError:
    return InvalidInputError("sealed.damaged", "文件被改动过或不完整。", "请重新导出。")


def _pieces(content: bytes, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Pieces with their places: a counter of 11 bytes, and one that is 1 for the last."""
    count = max(1, -(-len(content) // size))
    for n in range(count):
        yield n.to_bytes(11, "big") + bytes((n == count - 1,)), content[n * size : (n + 1) * size]


def _password_key(password: str, salt: bytes, log_n: int) -> bytes:
    return Scrypt(salt=_LABEL + salt, length=_KEY, n=1 << log_n, r=_BLOCK, p=1).derive(password.encode())


def _derived(file_key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY, salt=salt, info=info).derive(file_key)


def _mac(file_key: bytes, told: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), told, "sha256")


def _text(value: bytes) -> bytes:
    return base64.b64encode(value).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as e:
        raise InvalidInputError("sealed.format", "这不是用密码加密的 age 文件。", "请选导购台加密导出的文件。") from e
