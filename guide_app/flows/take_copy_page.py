"""The access copy as a page that a client can read and print: one table for each kind of record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from guide_app.base.clock import china_datetime
from guide_app.base.money import yuan
from guide_app.flows.take_copy_content import AccessCopy
from guide_app.flows.take_tables import CLIENTS

#: What each kind is called on the page.
TITLES: Mapping[str, str] = {
    "client": "基本资料",
    "client_tag": "标签",
    "tag_bar": "不再打的标签",
    "consent": "同意与撤回",
    "relation": "家人与朋友",
    "client_date": "重要日子",
    "custom_value": "其他资料",
    "stated_size": "说过的尺码",
    "wish": "心愿单",
    "segment_member": "所在分群",
    "sop_run": "跟进流程",
    "purchase": "小票",
    "purchase_line": "购买明细",
    "bought_for": "为他人购买",
    "copied": "复制过的消息",
    "service": "售后",
    "task": "任务与承诺",
    "note": "跟进记录",
    "access_log": "谁查看或导出过",
    "company_view": "其他门店的联系次数",
    "share": "发给您的分享",
    "share_event": "您打开与领取的分享",
    "coupon": "优惠券",
    "coupon_gift": "转赠的券",
    "redemption": "核销",
    "attribution": "业绩归属",
}
_WORDS = {
    "at": "时间", "claimed_at": "领取时间", "redeemed_at": "核销时间", "valid_until": "有效期至", "due_at": "期限",
    "done_at": "完成时间", "until": "保留到", "ended_at": "结束时间", "started_at": "开始时间", "as_of": "截至",
    "order_no": "单号", "kind": "种类", "status": "状态", "state": "状态", "purpose": "用途", "channel": "渠道",
    "granted": "同意", "version": "告知书版本", "way": "方式", "proof": "凭据", "group": "分组", "name": "名称",
    "title": "标题", "body": "内容", "want": "想要", "who": "给谁", "value": "内容", "why": "为什么", "reason": "原因",
    "deed": "做了什么", "colour": "颜色", "size": "尺码", "qty": "件数", "amount_fen": "金额", "total_fen": "总额",
    "discount_fen": "优惠", "code": "号码", "result": "结果", "rule": "规则", "month": "月", "day": "日", "year": "年",
    "field_id": "项目", "product_id": "商品", "template_id": "券", "coupon_template_id": "券", "sop_id": "流程",
    "guide_id": "导购", "note": "备注", "size_kind": "尺码种类", "brand": "品牌", "contacts": "联系时间",
    "colleagues": "导购人数", "origin": "谁打的", "photo": "小票照片",
}  # fmt: skip
#: Fields of her record that an export of many leaves out.
_MORE = {
    "trousers_size": "裤码", "ring_size": "戒指号", "follow_state": "跟进状态", "no_profiling": "不做画像",
    "flag": "标记", "flag_why": "标记原因",
}  # fmt: skip
#: Words of the wire as she reads them.
_VALUES = {
    "sale": "销售", "return": "退货", "claimed": "未使用", "redeemed": "已核销", "expired": "已过期", "void": "已作废",
    "open": "未完成", "done": "已完成", "cancelled": "已取消", "note": "备注", "call": "电话", "visit": "到店",
    "message": "消息", "reply": "回复", "service": "服务", "marketing": "营销", "profiling": "画像",
    "sensitive": "敏感信息", "child": "儿童", "share": "提供给他人", "any": "全部渠道", "wechat": "微信",
    "phone": "电话", "sms": "短信", "spoken": "口头", "paper": "纸质", "page": "页面", "scan": "扫码",
    "office": "总部", "reveal": "查看号码", "export": "导出", "access_copy": "提供副本", "print_list": "打印名单",
    "copy_script": "复制话术", "word_override": "坚持用词", "receipt_photo": "改小票照片", "sent": "已发送",
    "not_sent": "没有发出", "spouse": "配偶", "parent": "父母", "family": "家人", "friend": "朋友",
    "referred_by": "介绍人", "repair": "维修", "exchange": "换货", "alteration": "改衣", "complaint": "投诉",
    "warranty": "保修", "task": "任务", "promise": "承诺", "care": "关怀", "birthday": "生日", "callback": "回访",
    "child_birthday": "孩子生日", "anniversary": "纪念日", "custom": "其他", "pending": "待确认", "confirmed": "已确认",
    "conflict": "冲突", "link": "链接", "bound": "专属导购", "served": "接待", "coupon": "券", "none": "无",
    "fulfilled": "已满足", "dropped": "已放弃", "running": "进行中", "stopped": "已停止", "copy": "复制",
    "save": "保存", "print": "打印", "cli": "命令行", "claim": "领取", "blocked": "不再联系",
    "state": "状态", "sop": "流程", "guide": "导购", "hq": "总部", "rule": "自动规则",
}  # fmt: skip
#: Fields whose values are such words; all others are what somebody wrote.
_WORDED = frozenset({"flag", "kind", "status", "state", "purpose", "channel", "way", "deed", "rule", "origin"})
_STYLE = """body{font:14px/1.6 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1d2321;max-width:960px;
margin:32px auto;padding:0 24px}h1{font-size:22px}h2{font-size:16px;margin:28px 0 8px}table{border-collapse:collapse;
width:100%}th,td{border:1px solid #e6e8e4;padding:6px 10px;text-align:left;vertical-align:top;word-break:break-word}
th{background:#f6f7f5;font-weight:600;white-space:nowrap}.hint{color:#5d6763}
td img{max-width:100%;max-height:420px}@media print{body{margin:0;max-width:none}tr{break-inside:avoid}}"""


def page(copy: AccessCopy, head: Mapping[str, str], sha256: str) -> str:
    """The page in UTF-8; whatever was written about her is shown as text, never as markup."""
    parts = [
        f"<h1>{escape(str(copy.clients[0]['name']))} 的个人信息副本</h1>",
        (
            f"<p class=hint>{escape(head['store'])} · {escape(head['made_at'])} · 经办 {escape(head['made_by'])}"
            f" · 本人核实: {escape(head['proven_by'])}<br>依据《个人信息保护法》第 45 条。完整数据在 copy.json, "
            f"其 SHA-256 为 {sha256}。</p>"
        ),
    ]
    for record in copy.clients:
        row = {"guide_number": copy.names.get(str(record["primary_guide_id"]), ""), "tags": "", **record}
        cells = [(column.title, column.text(row)) for column in CLIENTS.columns]
        cells += [(word, _text(field, record[field] or None, copy.names)) for field, word in _MORE.items()]
        parts.append(f"<h2>{TITLES['client']}</h2>{_facts(cells)}")
    for kind, found in copy.records.items():
        if found:
            parts.append(f"<h2>{TITLES[kind]} ({len(found)})</h2>{_table(found, copy)}")
    parts.append(_why_suggested(any(record["no_profiling"] for record in copy.clients)))
    if copy.withheld:
        lines = "".join(
            f"<li>{TITLES[one.kind]} · {escape(one.guide)} · {_moment(one.at)}</li>" for one in copy.withheld
        )
        parts.append(
            f"<h2>由本人保管的记录 ({len(copy.withheld)})</h2><p class=hint>以下记录只有记录人能看, 内容请向记录人"
            f"或总部索取。</p><ul>{lines}</ul>"
        )
    title = escape(f"个人信息副本 — {head['store']}")
    body = "\n".join(parts)
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style><body>{body}</body></html>\n"
    )


def _why_suggested(refused: bool) -> str:
    """Why her guide is told to think of her, in plain words (个人信息保护法 24): rules, no score, a person decides."""
    told = "您已要求不做画像, 第二类不再使用。" if refused else "您可以随时要求不做画像, 第二类就不再使用。"
    return (
        "<h2>为什么会联系您</h2><p>系统按写明的规则提醒导购, 不打分, 是否联系由导购本人决定。"
        "一、您说过或我们答应过的: 约定、生日和纪念日、领取的券、售后。"
        "二、从您的购买和打开链接推出的: 超过平时的购买间隔、看过的商品、买过之后的关怀。"
        f"{told}价格和优惠不因此不同。</p>"
    )


def _facts(cells: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"<tr><th>{escape(word)}</th><td>{escape(text)}</td></tr>" for word, text in cells if text)
    return f"<table>{rows}</table>"


def _table(found: tuple[dict[str, Any], ...], copy: AccessCopy) -> str:
    fields = [name for name in _WORDS if any(record.get(name) not in (None, "", [], 0) for record in found)]
    head = "".join(f"<th>{_WORDS[name]}</th>" for name in fields)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_cell(name, record.get(name), copy)}</td>" for name in fields) + "</tr>"
        for record in found
    )
    return f"<table><tr>{head}</tr>{rows}</table>"


def _cell(name: str, value: Any, copy: AccessCopy) -> str:
    """What stands in a field as markup: a photo where it names one."""
    if isinstance(value, str) and value in copy.photos:
        file = copy.photo_file(value)
        return f'<img src="{file}" alt="照片">' if file else "照片还没有同步到这台电脑"
    return escape(_text(name, value, copy.names))


def _text(name: str, value: Any, names: Mapping[str, str]) -> str:
    if value is None or isinstance(value, bool):
        return {None: "", True: "是", False: "否"}[value]
    if name.endswith("_fen"):
        return yuan(int(value))
    if name == "at" or name.endswith("_at") or name in ("until", "valid_until", "as_of"):
        return _moment(int(value))
    if name == "contacts":
        return "、".join(_moment(int(at)) for at in value)
    return (_VALUES if name in _WORDED else names).get(str(value), str(value))


def _moment(at: int) -> str:
    return f"{china_datetime(at):%Y-%m-%d %H:%M}" if at else ""
