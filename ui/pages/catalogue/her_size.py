"""Whether what was scanned is there in the client's size, in one sentence. No widgets here."""

from PySide6.QtCore import QCoreApplication

from guide_app.flows.her_size import HerSize
from ui.kit.ages import age_text


def her_size_words(found: HerSize, now_ms: int) -> str:
    """`陈雅婷穿 37: 本店 2 件 (12 分钟前), 附近门店 6 件`; stock is never shown without its age."""
    translate = QCoreApplication.translate
    who = translate("HerSize", "{name}穿 {size}") if found.stated else translate("HerSize", "{name}常买 {size}")
    if found.available is None:
        here = translate("HerSize", "本店库存未知")
    else:
        here = translate("HerSize", "本店 {count} 件 ({age})").format(
            count=found.available, age=age_text(found.as_of, now_ms)
        )
    near = translate("HerSize", "附近门店 {count} 件").format(count=found.elsewhere) if found.elsewhere else ""
    return f"{who.format(name=found.name, size=found.size)}: " + ", ".join(filter(None, (here, near)))
