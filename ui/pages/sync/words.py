"""How the sync page words changes, fields, values and moments."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from guide_app.base.clock import china_date, china_datetime
from guide_app.base.money import yuan
from guide_app.protocol.coupon_code import LENGTH, show_code
from guide_app.sync.queries import QueuedChange

_CODE = re.compile(rf"\b[0-9A-Z]{{{LENGTH}}}\b")


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """A change at a glance: a letter on a tile of colour token `tone`, and a title."""

    letter: str
    tone: str
    title: str


def change_words(change: QueuedChange) -> ChangeWords:
    """Letter, colour and title of a change."""
    letter, tone, deed = _deeds().get((change.op, change.kind)) or _other(change.kind)
    about = change.about
    if change.kind.startswith("coupon."):
        about = _CODE.sub(lambda found: show_code(found.group()), about)
    return ChangeWords(letter, tone, f"{deed} {about}".strip())


def _other(kind: str) -> tuple[str, str, str]:
    translate = QCoreApplication.translate
    return (
        translate("SyncWords", "改"),
        "ink_3",
        translate("SyncWords", "修改（{kind}）").format(kind=kind),
    )


def _deeds() -> Mapping[tuple[str, str], tuple[str, str, str]]:
    translate = QCoreApplication.translate
    client = translate("SyncWords", "客")
    note = translate("SyncWords", "注")
    tag = translate("SyncWords", "签")
    task = translate("SyncWords", "办")
    share = translate("SyncWords", "享")
    goods = translate("SyncWords", "货")
    coupon = translate("SyncWords", "券")
    purchase = translate("SyncWords", "单")
    return {
        ("put", "client"): (client, "accent", translate("SyncWords", "新客户")),
        ("patch", "client"): (client, "accent", translate("SyncWords", "客户资料")),
        ("command", "client.erase"): (client, "red", translate("SyncWords", "抹除客户")),
        ("command", "client.merge"): (client, "gold", translate("SyncWords", "合并客户")),
        ("command", "client.unmerge"): (client, "gold", translate("SyncWords", "撤销合并")),
        ("command", "client.transfer"): (client, "gold", translate("SyncWords", "转店")),
        ("put", "note"): (note, "accent", translate("SyncWords", "跟进记录")),
        ("put", "client_tag"): (tag, "gold", translate("SyncWords", "打标签")),
        ("remove", "client_tag"): (tag, "gold", translate("SyncWords", "去标签")),
        ("put", "task"): (task, "gold", translate("SyncWords", "新待办")),
        ("patch", "task"): (task, "gold", translate("SyncWords", "待办进展")),
        ("command", "task.complete"): (task, "gold", translate("SyncWords", "完成待办")),
        ("put", "missing_size"): (goods, "gold", translate("SyncWords", "缺货登记")),
        ("remove", "missing_size"): (goods, "gold", translate("SyncWords", "撤销缺货登记")),
        ("command", "stock.request"): (goods, "gold", translate("SyncWords", "留货或调货")),
        ("command", "stock.answer"): (goods, "gold", translate("SyncWords", "答复留货或调货")),
        ("put", "share"): (share, "blue", translate("SyncWords", "分享")),
        ("command", "coupon.issue"): (coupon, "warm", translate("SyncWords", "发券")),
        ("command", "coupon.give"): (coupon, "warm", translate("SyncWords", "转赠券")),
        ("command", "coupon.redeem"): (coupon, "warm", translate("SyncWords", "核销")),
        ("command", "receipt.photo"): (purchase, "blue", translate("SyncWords", "小票照片")),
        ("put", "wish"): (client, "accent", translate("SyncWords", "心愿")),
        ("patch", "wish"): (client, "accent", translate("SyncWords", "心愿")),
        ("put", "relation"): (client, "accent", translate("SyncWords", "关系")),
        ("patch", "relation"): (client, "accent", translate("SyncWords", "关系")),
        ("put", "client_date"): (client, "accent", translate("SyncWords", "日子")),
        ("patch", "client_date"): (client, "accent", translate("SyncWords", "日子")),
        ("put", "stated_size"): (client, "accent", translate("SyncWords", "说的尺码")),
        ("put", "custom_value"): (client, "accent", translate("SyncWords", "客户资料")),
        ("patch", "custom_value"): (client, "accent", translate("SyncWords", "客户资料")),
        ("put", "consent"): (client, "accent", translate("SyncWords", "同意记录")),
        ("put", "service"): (client, "gold", translate("SyncWords", "售后")),
        ("patch", "service"): (client, "gold", translate("SyncWords", "售后")),
        ("put", "segment"): (tag, "gold", translate("SyncWords", "分群")),
        ("patch", "segment"): (tag, "gold", translate("SyncWords", "分群")),
        ("put", "sop_run"): (task, "gold", translate("SyncWords", "跟进流程")),
        ("patch", "sop_run"): (task, "gold", translate("SyncWords", "跟进流程")),
        ("put", "own_script"): (share, "blue", translate("SyncWords", "话术")),
        ("patch", "own_script"): (share, "blue", translate("SyncWords", "话术")),
        ("put", "copied"): (share, "blue", translate("SyncWords", "复制的话")),
        ("patch", "copied"): (share, "blue", translate("SyncWords", "复制的话")),
        ("put", "tag_bar"): (tag, "gold", translate("SyncWords", "标签错了")),
        ("remove", "tag_bar"): (tag, "gold", translate("SyncWords", "标签没错")),
        ("put", "segment_member"): (tag, "gold", translate("SyncWords", "加入分群")),
        ("remove", "segment_member"): (tag, "gold", translate("SyncWords", "移出分群")),
        ("put", "bought_for"): (client, "accent", translate("SyncWords", "给谁买的")),
        ("remove", "bought_for"): (client, "accent", translate("SyncWords", "给谁买的")),
        ("put", "favourite"): (share, "blue", translate("SyncWords", "收藏")),
        ("remove", "favourite"): (share, "blue", translate("SyncWords", "取消收藏")),
        ("put", "look"): (share, "blue", translate("SyncWords", "搭配")),
        ("patch", "look"): (share, "blue", translate("SyncWords", "搭配")),
        ("put", "own_template"): (share, "blue", translate("SyncWords", "本店版式")),
        ("patch", "own_template"): (share, "blue", translate("SyncWords", "本店版式")),
        ("put", "access_log"): (client, "ink_3", translate("SyncWords", "查看或导出的记录")),
        ("command", "allotment.lease"): (coupon, "warm", translate("SyncWords", "领离线券额度")),
        ("command", "allotment.return"): (coupon, "warm", translate("SyncWords", "交还离线券额度")),
        ("put", "purchase"): (purchase, "blue", translate("SyncWords", "购买")),
        ("put", "purchase_line"): (purchase, "blue", translate("SyncWords", "购买明细")),
    }


def field_words(name: str) -> str:
    """The word for a field; its own name where there is none."""
    translate = QCoreApplication.translate
    words = {
        "name": translate("SyncWords", "姓名"),
        "phone": translate("SyncWords", "手机"),
        "wechat": translate("SyncWords", "微信"),
        "sex": translate("SyncWords", "性别"),
        "age_band": translate("SyncWords", "年龄段"),
        "primary_guide_id": translate("SyncWords", "主导购"),
        "source_channel": translate("SyncWords", "来源"),
        "contact_state": translate("SyncWords", "联系意愿"),
        "shoe_size": translate("SyncWords", "鞋码"),
        "top_size": translate("SyncWords", "上装码"),
        "preference": translate("SyncWords", "偏好"),
        "remark": translate("SyncWords", "备注"),
        "follow_state": translate("SyncWords", "跟进状态"),
        "starred": translate("SyncWords", "星标"),
        "no_profiling": translate("SyncWords", "不做画像"),
        "archived_at": translate("SyncWords", "归档"),
        "title": translate("SyncWords", "标题"),
        "body": translate("SyncWords", "内容"),
        "status": translate("SyncWords", "状态"),
        "result": translate("SyncWords", "结果"),
        "due_at": translate("SyncWords", "期限"),
        "done_at": translate("SyncWords", "完成时间"),
        "client_id": translate("SyncWords", "客户"),
        "guide_id": translate("SyncWords", "导购"),
        "group": translate("SyncWords", "分组"),
        "kind": translate("SyncWords", "类型"),
        "discount_fen": translate("SyncWords", "优惠"),
        "order_no": translate("SyncWords", "单号"),
        "amount_fen": translate("SyncWords", "金额"),
        "coupon_code": translate("SyncWords", "券码"),
        "template_id": translate("SyncWords", "券批次"),
        "level": translate("SyncWords", "会员等级"),
        "member_no": translate("SyncWords", "会员号"),
        "at": translate("SyncWords", "时间"),
        "reason": translate("SyncWords", "原因"),
        "into": translate("SyncWords", "合并到"),
        "to_store": translate("SyncWords", "转入门店"),
        "to_guide": translate("SyncWords", "接手导购"),
        "qty": translate("SyncWords", "件数"),
        "total_fen": translate("SyncWords", "总额"),
        "from_store": translate("SyncWords", "有货门店"),
        "until": translate("SyncWords", "留到"),
        "state": translate("SyncWords", "状态"),
        "answer": translate("SyncWords", "答复"),
        # kinds, where a record has no name of its own
        "client": translate("SyncWords", "客户"),
        "client_tag": translate("SyncWords", "标签"),
        "note": translate("SyncWords", "跟进记录"),
        "task": translate("SyncWords", "待办"),
        "share": translate("SyncWords", "分享"),
        "coupon": translate("SyncWords", "券"),
        "purchase": translate("SyncWords", "购买"),
        "product": translate("SyncWords", "商品"),
        "sku": translate("SyncWords", "规格"),
        "stock": translate("SyncWords", "库存"),
        "guide": translate("SyncWords", "导购"),
    }
    if name.startswith("birth_"):
        return translate("SyncWords", "生日")
    if name.startswith("consent_"):
        return translate("SyncWords", "同意记录")
    return words.get(name, name)


def fields_words(names: Iterable[str]) -> str:
    """The words for several fields, each once."""
    between = QCoreApplication.translate("SyncWords", "、")
    return between.join(dict.fromkeys(field_words(name) for name in names))


def value_words(field: str, value: Any, guides: Mapping[str, str]) -> str:
    """A field's value as a person reads it; `guides` names guides by id."""
    translate = QCoreApplication.translate
    if value is None or value == "":
        return translate("SyncWords", "（空）")
    if isinstance(value, bool):
        return translate("SyncWords", "是") if value else translate("SyncWords", "否")
    if isinstance(value, int):
        return _number_words(field, value)
    if field.endswith("guide_id"):
        return guides.get(str(value)) or translate("SyncWords", "其他导购")
    return _choice_words(field, str(value))


def _number_words(field: str, value: int) -> str:
    if field.endswith("_fen"):
        return yuan(value)
    is_time = field in ("at", "until") or field.endswith("_at")
    return f"{china_datetime(value):%Y-%m-%d %H:%M}" if is_time else str(value)


def _choice_words(field: str, value: str) -> str:
    translate = QCoreApplication.translate
    known = {
        ("contact_state", "none"): translate("SyncWords", "未征求联系意见"),
        ("contact_state", "one_to_one"): translate("SyncWords", "只接受一对一联系"),
        ("contact_state", "marketing"): translate("SyncWords", "已同意接收优惠"),
        ("contact_state", "refused"): translate("SyncWords", "已拒绝联系"),
        ("sex", "female"): translate("SyncWords", "女"),
        ("sex", "male"): translate("SyncWords", "男"),
        ("birth_calendar", "solar"): translate("SyncWords", "公历"),
        ("birth_calendar", "lunar"): translate("SyncWords", "农历"),
        ("kind", "hold"): translate("SyncWords", "留货"),
        ("kind", "transfer"): translate("SyncWords", "调货"),
        ("state", "open"): translate("SyncWords", "未完成"),
        ("state", "running"): translate("SyncWords", "进行中"),
        ("state", "stopped"): translate("SyncWords", "已停下"),
        ("state", "accepted"): translate("SyncWords", "同意"),
        ("state", "refused"): translate("SyncWords", "没有了"),
        ("state", "done"): translate("SyncWords", "已完成"),
        ("state", "cancelled"): translate("SyncWords", "已取消"),
        ("state", "fulfilled"): translate("SyncWords", "已满足"),
        ("state", "dropped"): translate("SyncWords", "不再要"),
        ("state", "sent"): translate("SyncWords", "发出了"),
        ("state", "not_sent"): translate("SyncWords", "没有发出"),
        ("status", "open"): translate("SyncWords", "未完成"),
        ("status", "done"): translate("SyncWords", "已完成"),
        ("status", "cancelled"): translate("SyncWords", "已取消"),
    }
    if field == "coupon_code":
        return show_code(value)
    return known.get((field, value), value)


def moment(at_ms: int, now_ms: int) -> str:
    """`14:32` for today, `11/20 14:32` for other days of the year, else with the year."""
    at, today = china_datetime(at_ms), china_date(now_ms)
    if at.date() == today:
        return f"{at:%H:%M}"
    return f"{at.month}/{at.day} {at:%H:%M}" if at.year == today.year else f"{at:%Y-%m-%d %H:%M}"
