"""What to do about each problem of the table (`guide_app.protocol.problems`): one way out for every code.

The wire carries the code alone; either end says the way out in its own words.
"""

from __future__ import annotations

from types import MappingProxyType

_ENROL = "请店长向总部要一个新的登记码, 重新登记这台电脑; 未上交的修改会保留。"
_KEPT = "所有工作都已保存在本机, 会自动重试。"
_UPDATE = "请升级这台电脑的导购台; 未上交的修改会在升级后照常上交。"
_CHECK = "请核对内容后再交; 仍不行就联系总部信息部门。"
_OFFICE = "请总部办理; 这条修改可以放弃。"
_SYNC = "先同步一次再看; 这条修改可以放弃。"
_MANAGER = "请店长登录后办理; 这条修改可以放弃。"
_CHOOSE = "请重新选择客户; 这条修改可以放弃。"
_OTHER_COUPON = "换一种券, 或请店长向总部申请补发。"
_TERMS = "请核对券面上的使用条件; 不符合就换一种券。"
_GIFT = "券还是原来那位客户的, 由她本人使用。"
_ALLOTMENT = "连上网同步一次会领到新额度; 或换一种券。"

_WAYS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_ENROL, ("auth.missing", "auth.invalid", "device.forked", "device.revoked")),
    ("请总部给它相应的权限, 或换一个有权限的凭证。", ("auth.forbidden",)),
    ("请核对地址和编号。", ("not_found",)),
    ("请按总部的接口说明改正。", ("method.not_allowed", "request.malformed", "idempotency.reused")),
    ("登记码只能用一次, 请总部用 head-office enrol-code 另发一个。", ("enrol.code_invalid",)),
    (_KEPT, ("mutation.gap", "request.corrupt", "rate.limited", "office.busy", "office.internal")),
    ("请分成几次上传。", ("request.too_large",)),
    (_UPDATE, ("schema.unsupported", "kind.unknown")),
    (_CHECK, ("request.invalid", "record.invalid")),
    (_SYNC, ("record.unknown", "record.gone", "stock.settled", "task.cancelled")),
    ("请另建一条新的; 这条修改可以放弃。", ("record.immutable",)),
    (_OFFICE, ("kind.office_only", "field.office_only")),
    ("请联系客户现在的门店; 这条修改可以放弃。", ("scope.forbidden", "record.moved")),
    (_MANAGER, ("transfer.not_manager", "stock.not_manager")),
    ("请核对要转入的门店。", ("transfer.store_unknown",)),
    (_CHOOSE, ("merge.same", "merge.unknown", "coupon.give_same")),
    ("请手工新建客户。", ("merge.too_old",)),
    ("请向本区域内有货的门店重新提出。", ("stock.no_neighbour",)),
    ("货还在就请对方重新提出。", ("stock.over",)),
    ("请客户自己在会员页重新同意。", ("consent.refused",)),
    ("先处理投诉, 或请店长解除停止服务。", ("client.flagged",)),
    ("请重新扫码, 或核对 14 位券码。", ("coupon.unknown", "coupon.forged")),
    (_OTHER_COUPON, ("coupon.redeemed", "coupon.expired", "coupon.void", "coupon.recalled")),
    (
        _TERMS,
        (
            "coupon.min_spend", "coupon.not_yet", "coupon.weekday", "coupon.hour", "coupon.store", "coupon.channel",
            "coupon.level", "coupon.new_only", "coupon.goods", "coupon.min_qty", "coupon.gift", "coupon.no_freight",
            "coupon.exclusive",
        ),
    ),
    ("请领券的客户本人出示。", ("coupon.holder",)),
    (_GIFT, ("coupon.given", "coupon.not_transferable", "coupon.give_limit", "coupon.got_limit")),
    (_ALLOTMENT, ("coupon.serial_used", "coupon.beyond_allotment", "allotment.enough", "allotment.not_offered")),
    ("换一批还有余量的券。", ("coupon.exhausted", "coupon.not_active")),
    ("她已有的券可以直接使用。", ("coupon.limit",)),
)  # fmt: skip

#: Code → what a guide or a member of staff does next, in Chinese as shown on screen.
WAYS_OUT = MappingProxyType({code: way for way, codes in _WAYS for code in codes})
