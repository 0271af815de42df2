"""What came of a discount that was given twice: who bears it, and by which rule (docs/coupons.md). No widgets here."""

from PySide6.QtCore import QCoreApplication


def conflict_words(rule: str, borne_by: str) -> str:
    """One sentence; empty while head office has not said."""
    translate = QCoreApplication.translate
    why = {
        "twice.offline": translate("Conflict", "两个柜台当时都不可能互相知道"),
        "twice.known": translate("Conflict", "本机那时已收到它用过或作废的消息"),
        "twice.same_store": translate("Conflict", "两次核销都在本店"),
        "serial.copied": translate("Conflict", "同一序号的券发给了两位客户"),
        "beyond.limit": translate("Conflict", "超出了离线核销的额度"),
        "recalled.offline": translate("Conflict", "券已召回, 本机当时不可能知道"),
        "recalled.known": translate("Conflict", "券已召回, 本机那时已收到作废名单"),
        "allotment.over": translate("Conflict", "券不在发券门店的额度之内"),
        "terms.changed": translate("Conflict", "这批券的规则改了, 本机当时不可能知道"),
        "terms.limit": translate("Conflict", "规则改了, 且超出了离线核销的额度"),
        "terms.known": translate("Conflict", "规则不允许这样用, 本机那时已知道规则"),
        "holder.other": translate("Conflict", "总部的账上不是这位客户的券"),
    }.get(rule, "")
    who = {
        "brand": translate("Conflict", "优惠由品牌承担"),
        "store": translate("Conflict", "优惠由本店承担"),
        "issuer": translate("Conflict", "优惠由发券的门店承担"),
    }.get(borne_by, "")
    return " · ".join(filter(None, (who, why)))
