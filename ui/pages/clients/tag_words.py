"""Where a tag comes from, in words: who, when, which rule, why, until when, for whose eyes."""

from PySide6.QtCore import QCoreApplication

from guide_app.base.clock import china_date
from guide_app.clients.tags import HangingTag


def source_text(tag: HangingTag) -> str:
    """One line on who hung it and when: `王敏 打的 · 2026-11-21`."""
    day = china_date(tag.at).isoformat() if tag.at else ""
    if tag.origin == "rule":
        who = QCoreApplication.translate("TagSource", "总部规则自动打的")
    elif tag.guide_name:
        who = QCoreApplication.translate("TagSource", "{guide} 打的").format(guide=tag.guide_name)
    else:
        who = QCoreApplication.translate("TagSource", "总部带来的")
    return " · ".join(filter(None, (who, day)))


def detail_texts(tag: HangingTag) -> list[str]:
    """What else there is to say, a line each."""
    said = []
    if tag.why:
        said.append(QCoreApplication.translate("TagSource", "为什么: {why}").format(why=tag.why))
    if tag.until is not None:
        day = china_date(tag.until - 1).isoformat()
        said.append(QCoreApplication.translate("TagSource", "到 {day} 自动去掉").format(day=day))
    if tag.private:
        said.append(QCoreApplication.translate("TagSource", "仅自己可见"))
    if tag.blocks:
        said.append(QCoreApplication.translate("TagSource", "不进名单, 不派任务"))
    return said


def provenance(tag: HangingTag) -> str:
    """Everything on the source of a tag, for a tooltip and for screen readers."""
    head = f"{tag.group} · {tag.name}" if tag.group else tag.name
    return "\n".join((head, source_text(tag), *detail_texts(tag)))
