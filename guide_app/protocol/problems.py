"""Problem codes that cross the wire: RFC 9457 documents with a stable `code`."""

from __future__ import annotations

from types import MappingProxyType
from typing import NamedTuple

import msgspec

MEDIA_TYPE = "application/problem+json"


class ProblemKind(NamedTuple):
    """HTTP status, title and a sentence for the user, in Chinese as shown on screen."""

    status: int
    title: str
    sentence: str


PROBLEMS = MappingProxyType(
    {
        "auth.missing": ProblemKind(401, "未登录", "请求没有设备凭证。"),
        "auth.invalid": ProblemKind(401, "凭证无效", "设备凭证不被总部接受, 请重新登记这台电脑。"),
        "auth.forbidden": ProblemKind(403, "没有权限", "这个凭证不能做这件事。"),
        "device.revoked": ProblemKind(403, "设备已停用", "总部已停用这台电脑。"),
        "not_found": ProblemKind(404, "没有找到", "没有这个资源。"),
        "method.not_allowed": ProblemKind(405, "方法不对", "这个地址不接受这种请求方法。"),
        "enrol.code_invalid": ProblemKind(403, "登记码无效", "登记码不对、已用过或已过期, 请向总部要一个新的。"),
        "mutation.gap": ProblemKind(409, "上传次序有缺口", "总部还缺更早的修改, 将从缺口处重新上传。"),
        "device.forked": ProblemKind(409, "电脑数据有两份", "这台电脑的数据曾被复制或恢复, 需要重新登记。"),
        "request.malformed": ProblemKind(400, "请求有误", "请求内容读不懂。"),
        "request.corrupt": ProblemKind(400, "内容损坏", "内容与校验和不符, 请重发。"),
        "request.too_large": ProblemKind(413, "内容太大", "请求超过大小上限。"),
        "request.invalid": ProblemKind(422, "内容不合规则", "有字段不合规则。"),
        "idempotency.reused": ProblemKind(422, "幂等键被重复使用", "同一个 Idempotency-Key 用在了不同内容上。"),
        "rate.limited": ProblemKind(429, "请求太频繁", "请稍后再试。"),
        "schema.unsupported": ProblemKind(409, "版本太旧", "这个版本的程序太旧, 请先升级。"),
        "office.busy": ProblemKind(503, "总部繁忙", "总部暂时繁忙, 稍后自动重试。"),
        "office.internal": ProblemKind(500, "总部出错", "总部处理时出错, 稍后自动重试。"),
        # results of single mutations
        "record.unknown": ProblemKind(422, "记录不存在", "总部没有这条记录。"),
        "record.gone": ProblemKind(422, "记录已删除", "这条记录已被删除。"),
        "record.immutable": ProblemKind(422, "不能修改", "这类记录写下后不再修改。"),
        "record.invalid": ProblemKind(422, "内容不合规则", "有字段不合规则。"),
        "kind.unknown": ProblemKind(422, "未知类型", "总部不认识这类记录。"),
        "kind.office_only": ProblemKind(422, "只能由总部修改", "这类记录只能由总部修改。"),
        "field.office_only": ProblemKind(422, "只能由总部修改", "这个字段只能由总部修改。"),
        "scope.forbidden": ProblemKind(422, "不属于本店", "这条记录不属于这台电脑的门店。"),
        "record.moved": ProblemKind(422, "已转出本店", "这位客户已转到别的门店, 转出之后的修改不再收下。"),
        "task.cancelled": ProblemKind(422, "任务已取消", "总部已取消这项任务。"),
        "transfer.not_manager": ProblemKind(422, "需要店长", "转店由店长或总部办理。"),
        "transfer.store_unknown": ProblemKind(422, "没有这家门店", "没有要转入的门店。"),
        "merge.same": ProblemKind(422, "同一位客户", "不能把客户合并到她自己。"),
        "merge.unknown": ProblemKind(422, "没有合并对象", "要合并到的客户不在本店。"),
        "merge.too_old": ProblemKind(422, "合并已久", "合并满 30 天后不能撤销。"),
        "stock.no_neighbour": ProblemKind(422, "不是附近门店", "只能向同一区域的门店留货或调货。"),
        "stock.not_manager": ProblemKind(422, "需要店长", "留货和调货由有货门店的店长答复, 由提出的门店取消或收货。"),
        "stock.settled": ProblemKind(422, "已有结果", "这个留货或调货已经有结果。"),
        "stock.over": ProblemKind(422, "已过期", "留货的时间已过。"),
        "consent.refused": ProblemKind(422, "客户已拒绝联系", "客户拒绝后只有本人可以重新同意。"),
        "client.flagged": ProblemKind(422, "客户不宜打扰", "客户有投诉未结或已停止服务, 不能发券。"),
        "coupon.unknown": ProblemKind(422, "没有这张券", "没有这张券, 请核对券码。"),
        "coupon.redeemed": ProblemKind(422, "已核销过", "这张券之前已核销。"),
        "coupon.expired": ProblemKind(422, "券已过期", "这张券不在有效期内。"),
        "coupon.void": ProblemKind(422, "券已作废", "这张券已作废。"),
        "coupon.min_spend": ProblemKind(422, "未达门槛", "订单金额没有达到这张券的门槛。"),
        "coupon.recalled": ProblemKind(422, "券已召回", "这批券已停用召回。"),
        "coupon.not_yet": ProblemKind(422, "还没到使用时间", "这张券还没到使用时间。"),
        "coupon.weekday": ProblemKind(422, "今天不能用", "这张券今天不能用。"),
        "coupon.hour": ProblemKind(422, "这个时段不能用", "这张券这个时段不能用。"),
        "coupon.store": ProblemKind(422, "本店不能用", "这张券不能在这家门店用。"),
        "coupon.channel": ProblemKind(422, "渠道不符", "这张券不能在这个渠道用。"),
        "coupon.level": ProblemKind(422, "会员等级不符", "这位客户的会员等级不能用这张券。"),
        "coupon.new_only": ProblemKind(422, "仅限新客", "这张券只给第一次购买的客户用。"),
        "coupon.goods": ProblemKind(422, "商品不适用", "订单里没有这张券适用的商品。"),
        "coupon.min_qty": ProblemKind(422, "件数不够", "订单件数没有达到这张券的要求。"),
        "coupon.gift": ProblemKind(422, "未带兑换商品", "订单里没有这张券兑换的商品。"),
        "coupon.no_freight": ProblemKind(422, "没有运费", "订单没有运费可减。"),
        "coupon.exclusive": ProblemKind(422, "不能同用", "这张券不能和订单上的另一张券同用。"),
        "coupon.forged": ProblemKind(422, "签名不对", "这张券的签名验不过, 不是真券。"),
        "coupon.holder": ProblemKind(422, "不是本人", "这张券只能由领券的客户本人用。"),
        "coupon.given": ProblemKind(422, "已转赠过", "这张券已转赠给别人, 一张券只能转赠一次。"),
        "coupon.not_transferable": ProblemKind(422, "只限本人", "这批券只限领券的客户本人用, 不能转赠。"),
        "coupon.give_same": ProblemKind(422, "同一位客户", "不能把券转赠给她自己。"),
        "coupon.give_limit": ProblemKind(422, "已达转赠上限", "她转赠的这批券已到上限。"),
        "coupon.got_limit": ProblemKind(422, "已达受赠上限", "收券的人受赠的这批券已到上限。"),
        "coupon.serial_used": ProblemKind(422, "额度序号重复", "额度里的这个序号已发给另一位客户。"),
        "coupon.beyond_allotment": ProblemKind(422, "超出额度", "这张券不在导购的额度之内。"),
        "allotment.enough": ProblemKind(422, "额度还够", "这位导购的额度还没用完。"),
        "allotment.not_offered": ProblemKind(422, "不发额度", "这批券不给导购额度。"),
        "coupon.exhausted": ProblemKind(422, "券已领完", "这批券已经发完。"),
        "coupon.limit": ProblemKind(422, "已达领取上限", "这位客户已领过这批券。"),
        "coupon.not_active": ProblemKind(422, "活动未进行", "这批券没有在发放。"),
    }
)


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An RFC 9457 problem document. `detail` says what happened here; `extra` carries data for programs."""

    code: str
    title: str
    status: int
    detail: str = ""
    type: str = "about:blank"
    extra: dict[str, object] = msgspec.field(default_factory=dict)


def problem(code: str, detail: str = "", **extra: object) -> Problem:
    """The document for a code of the table. Raises KeyError for an unknown code."""
    kind = PROBLEMS[code]
    return Problem(code=code, title=kind.title, status=kind.status, detail=detail or kind.sentence, extra=extra)
