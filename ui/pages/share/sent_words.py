"""What is said when something has left the page."""

from PySide6.QtCore import QCoreApplication

from ui.pages.share.post import Way


def sent_words(way: Way, name: str) -> str:
    """How it left, and (`name`) on whose timeline it now stands."""
    done = {
        "copy": QCoreApplication.translate("SharePage", "已复制图片, 到微信里按 Ctrl+V"),
        "link": QCoreApplication.translate("SharePage", "已复制文案和链接"),
        "drag": QCoreApplication.translate("SharePage", "已拖出海报"),
        "print": QCoreApplication.translate("SharePage", "已送去打印"),
        "save": QCoreApplication.translate("SharePage", "已存为文件"),
        "pack": QCoreApplication.translate("SharePage", "素材包已放好, 文案已复制"),
    }[way]
    logged = QCoreApplication.translate("SharePage", " · 已记到{name}的时间线")
    return done + logged.format(name=name) if name else done
