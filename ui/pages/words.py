"""The pages' names, as rail, title line and search say them; apart from the pages, which are loaded when shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from ui.kit.problems import error_words

if TYPE_CHECKING:
    from guide_app.flows.scanned import Found


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
    return {
        "today": [
            ("1–6", QCoreApplication.translate("Pages", "记下这次联系的结果")),
            ("Ctrl+P", QCoreApplication.translate("Pages", "打印今日名单")),
            ("F8", QCoreApplication.translate("Pages", "跟进流程")),
            ("Ctrl+T", QCoreApplication.translate("Pages", "本店任务 (店长)")),
            ("Y / N", QCoreApplication.translate("Pages", "复制的已发送 / 没有发")),
            ("Shift+Y / N", QCoreApplication.translate("Pages", "复制过的都已发送 / 都没有发")),
        ],
        "products": [
            ("F7", QCoreApplication.translate("Pages", "加到客户的心愿")),
            ("F8", QCoreApplication.translate("Pages", "缺货登记")),
            ("Shift+F8", QCoreApplication.translate("Pages", "登记过的缺货")),
            ("F9", QCoreApplication.translate("Pages", "留货或调货")),
            ("Shift+F9", QCoreApplication.translate("Pages", "留货与调货的答复")),
        ],
        "clients": [
            ("Ctrl+N", QCoreApplication.translate("Pages", "新增客户")),
            ("F7", QCoreApplication.translate("Pages", "选标签")),
            ("Shift+F7", QCoreApplication.translate("Pages", "标签来历")),
            ("F8", QCoreApplication.translate("Pages", "跟进流程")),
            ("F9", QCoreApplication.translate("Pages", "下一个跟进状态")),
            ("Shift+F9", QCoreApplication.translate("Pages", "上一个跟进状态")),
            ("Ctrl+P", QCoreApplication.translate("Pages", "30 秒速览")),
        ],
        "counter": [
            ("Enter", QCoreApplication.translate("Pages", "核销")),
            ("F8", QCoreApplication.translate("Pages", "改用更省的组合")),
            ("F9", QCoreApplication.translate("Pages", "把这张券转赠给朋友")),
            ("Ctrl+V", QCoreApplication.translate("Pages", "识别粘贴的截图")),
            ("Ctrl+O", QCoreApplication.translate("Pages", "识别图片文件")),
            ("Ctrl+Del", QCoreApplication.translate("Pages", "去掉一行商品")),
            ("Esc", QCoreApplication.translate("Pages", "放弃这张单")),
        ],
        "share": [
            ("Ctrl+C", QCoreApplication.translate("Pages", "复制图片")),
            ("Ctrl+Shift+C", QCoreApplication.translate("Pages", "复制文案+链接")),
            ("Ctrl+P", QCoreApplication.translate("Pages", "打印…")),
            ("Ctrl+Shift+P", QCoreApplication.translate("Pages", "打印记录, 原样再打")),
            ("Ctrl+S", QCoreApplication.translate("Pages", "存为文件")),
            ("Ctrl+Shift+S", QCoreApplication.translate("Pages", "朋友圈素材包")),
            ("Ctrl+B", QCoreApplication.translate("Pages", "加入搭配")),
            ("Ctrl+M", QCoreApplication.translate("Pages", "批量海报")),
            ("Ctrl+H", QCoreApplication.translate("Pages", "分享记录")),
            ("Ctrl+E", QCoreApplication.translate("Pages", "改版式 (店长)")),
            ("Y / N", QCoreApplication.translate("Pages", "复制的已发送 / 没有发")),
            ("Shift+Y / N", QCoreApplication.translate("Pages", "复制过的都已发送 / 都没有发")),
        ],
        "scripts": [
            ("Enter", QCoreApplication.translate("Pages", "复制话术")),
            ("Ctrl+Shift+C", QCoreApplication.translate("Pages", "复制配图")),
            ("Y / N", QCoreApplication.translate("Pages", "复制的已发送 / 没有发")),
            ("Shift+Y / N", QCoreApplication.translate("Pages", "复制过的都已发送 / 都没有发")),
            ("Ctrl+D", QCoreApplication.translate("Pages", "收藏")),
            ("Ctrl+N", QCoreApplication.translate("Pages", "自己写一条")),
            ("F2", QCoreApplication.translate("Pages", "改自己的话术")),
            ("Ctrl+Del", QCoreApplication.translate("Pages", "删除自己的话术")),
            ("Ctrl+G", QCoreApplication.translate("Pages", "配海报发")),
            ("Ctrl+R", QCoreApplication.translate("Pages", "客户回复了")),
            ("Ctrl+O", QCoreApplication.translate("Pages", "坚持用词记录 (店长)")),
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


def not_known_words(found: Found) -> str:
    """What is said of a scan that leads nowhere: misread, somebody's card, or nothing this PC knows."""
    if found.kind == "card":
        return QCoreApplication.translate("Pages", "这是微信或企业微信名片码，不是券和商品；找客户请用手机号")
    if found.fault is not None:
        misread = QCoreApplication.translate("Pages", "没有找到「{code}」，像是没读准，请再扫一次：{why}")
        return misread.format(code=found.text, why=error_words(found.fault).sentence)
    return not_found_words(found.text)


def printing_words() -> str:
    """What the progress strip says while the test page is printed."""
    return QCoreApplication.translate("Pages", "正在打印测试页")
