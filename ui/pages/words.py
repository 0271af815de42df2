"""The pages' names, as rail, title line and search say them; apart from the pages, which are loaded when shown."""

from PySide6.QtCore import QCoreApplication


def page_title(key: str) -> str:
    """The name of page `key` in the language now in force. Raises `KeyError`."""
    return {
        "today": QCoreApplication.translate("Pages", "今日"),
        "clients": QCoreApplication.translate("Pages", "客户"),
        "products": QCoreApplication.translate("Pages", "商品"),
        "share": QCoreApplication.translate("Pages", "分享"),
        "counter": QCoreApplication.translate("Pages", "核销"),
        "sync": QCoreApplication.translate("Pages", "同步"),
        "settings": QCoreApplication.translate("Pages", "设置"),
    }[key]


def loading_words() -> str:
    """What the progress strip says while the book is opened."""
    return QCoreApplication.translate("Pages", "正在打开资料")


def again_words() -> str:
    """The button under a book that could not be opened."""
    return QCoreApplication.translate("Pages", "再试一次")


def not_found_words(code: str) -> str:
    """What is said of a scanned code that this PC does not know."""
    return QCoreApplication.translate("Pages", "没有找到「{code}」，先按 F5 同步再扫一次").format(code=code)


def printing_words() -> str:
    """What the progress strip says while the test page is printed."""
    return QCoreApplication.translate("Pages", "正在打印测试页")
