"""The pages' names, as rail, title line and search say them; apart from the pages, which are loaded when shown."""

from PySide6.QtCore import QCoreApplication


def page_title(key: str) -> str:
    """The name of page `key` in the language now in force. Raises `KeyError`."""
    return {
        "today": QCoreApplication.translate("Pages", "今日"),
        "clients": QCoreApplication.translate("Pages", "客户"),
        "products": QCoreApplication.translate("Pages", "商品"),
        "share": QCoreApplication.translate("Pages", "分享"),
        "scripts": QCoreApplication.translate("Pages", "话术"),
        "counter": QCoreApplication.translate("Pages", "核销"),
        "sync": QCoreApplication.translate("Pages", "同步"),
        "settings": QCoreApplication.translate("Pages", "设置"),
    }[key]


def quick_words(key: str) -> str:
    """What the key that takes along what is in hand does for page `key`. Raises `KeyError`."""
    return {"scripts": QCoreApplication.translate("Pages", "话术, 带上眼前的客户和商品")}[key]


def page_keys(key: str) -> list[tuple[str, str]]:
    """The shortcuts that page `key` has of its own, and what they do; none for most."""
    tr = QCoreApplication.translate
    return {
        "today": [("F8", tr("Pages", "跟进流程")), ("Ctrl+T", tr("Pages", "本店任务 (店长)"))],
        "clients": [
            ("F8", tr("Pages", "跟进流程")),
            ("F9", tr("Pages", "下一个跟进状态")),
            ("Shift+F9", tr("Pages", "上一个跟进状态")),
        ],
        "share": [
            ("Ctrl+C", tr("Pages", "复制图片")),
            ("Ctrl+Shift+C", tr("Pages", "复制文案+链接")),
            ("Ctrl+P", tr("Pages", "打印…")),
            ("Ctrl+S", tr("Pages", "存为文件")),
            ("Y / N", tr("Pages", "复制的已发送 / 没有发")),
        ],
        "scripts": [
            ("Enter", tr("Pages", "复制话术")),
            ("Ctrl+Shift+C", tr("Pages", "复制配图")),
            ("Y / N", tr("Pages", "复制的已发送 / 没有发")),
            ("Ctrl+D", tr("Pages", "收藏")),
            ("Ctrl+N", tr("Pages", "自己写一条")),
            ("F2", tr("Pages", "改自己的话术")),
            ("Ctrl+Del", tr("Pages", "删除自己的话术")),
            ("Ctrl+G", tr("Pages", "配海报发")),
            ("Ctrl+R", tr("Pages", "客户回复了")),
            ("Ctrl+O", tr("Pages", "坚持用词记录 (店长)")),
        ],
    }.get(key, [])


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
