"""What a person reads when something failed: a title, a sentence, the way out, and a detail to copy."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from guide_app.base.errors import (
    DamagedError,
    GuideError,
    InvalidInputError,
    LockedError,
    NotEnrolledError,
    NotFoundError,
    OfficeUnreachableError,
)
from ui.kit.problems import error_words


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure, in words for the user; `detail` is technical and meant for copying to support."""

    title: str
    sentence: str
    way_out: str
    detail: str
    code: str = ""
    """Of an expected error, so that a page may say it in its own place; empty for others."""


Presenter = Callable[[BaseException], Failure]

#: Codes of errors that no login helps with: the key of the book is missing or another one.
_NO_KEY = ("key.", "store.wrong_key")


def present(error: BaseException) -> Failure:
    """Put an exception into words. Expected errors bring their own sentence; the rest get a general one."""
    detail = "".join(traceback.format_exception(error))
    if isinstance(error, GuideError):
        told = error_words(error)
        return Failure(_title(error), told.sentence, told.way_out, f"{error.code}\n{detail}", error.code)
    return Failure(
        title=QCoreApplication.translate("Failure", "这一步没有完成"),
        sentence=QCoreApplication.translate("Failure", "程序遇到没有预料到的情况，已有的数据没有改动。"),
        way_out=QCoreApplication.translate("Failure", "请再试一次；若仍不行，复制详情发给总部支持。"),
        detail=detail,
    )


def _title(error: GuideError) -> str:
    if error.code.startswith(_NO_KEY):
        return QCoreApplication.translate("Failure", "客户簿打不开")
    titles: tuple[tuple[type[GuideError], str], ...] = (
        (NotEnrolledError, QCoreApplication.translate("Failure", "这台电脑还没有接入总部")),
        (LockedError, QCoreApplication.translate("Failure", "需要先登录")),
        (OfficeUnreachableError, QCoreApplication.translate("Failure", "暂时连不上总部")),
        (DamagedError, QCoreApplication.translate("Failure", "数据校验没有通过")),
        (InvalidInputError, QCoreApplication.translate("Failure", "填写的内容需要修改")),
        (NotFoundError, QCoreApplication.translate("Failure", "没有找到这条记录")),
    )
    for kind, title in titles:
        if isinstance(error, kind):
            return title
    return QCoreApplication.translate("Failure", "这一步没有完成")
