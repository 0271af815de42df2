"""What a guide can do about a change that head office refused."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

# What was decided, or is over: the same change would be refused again whatever its fields say.
_FINAL = frozenset(
    {"stock.settled", "stock.over", "stock.no_neighbour", "task.cancelled", "record.gone", "merge.too_old"}
)


@dataclass(frozen=True, slots=True)
class Remedy:
    """The advice, and which ways lead on: handing in again, or where holds and transfers are asked for and answered."""

    words: str
    again: bool
    requests: bool


def remedy(kind: str, code: str) -> Remedy:
    """What to do about a change of `kind` (a record's or a command's) that was refused with `code`."""
    return Remedy(_advice(code), again=code not in _FINAL, requests=kind.startswith("stock."))


def _advice(code: str) -> str:
    translate = QCoreApplication.translate
    known = {
        "coupon.redeemed": translate(
            "SyncWords", "这张券已在别处核销。向客户说明，改用其他优惠；确认无误后放弃这条记录。"
        ),
        "coupon.expired": translate("SyncWords", "请店长向总部申请补发一张，再为客户核销；这条记录可以放弃。"),
        "coupon.void": translate("SyncWords", "请店长向总部申请补发一张，再为客户核销；这条记录可以放弃。"),
        "coupon.unknown": translate("SyncWords", "请客户出示券码再核对一次；不是本品牌的券就放弃。"),
        "coupon.min_spend": translate("SyncWords", "核对小票金额后改好重交；金额确实不够就放弃。"),
        "coupon.exhausted": translate("SyncWords", "换一批还有余量的券发给客户；这条记录可以放弃。"),
        "client.flagged": translate("SyncWords", "先处理投诉或请店长解除停止服务，再发券；这条记录可以放弃。"),
        "coupon.not_active": translate("SyncWords", "换一批还有余量的券发给客户；这条记录可以放弃。"),
        "coupon.limit": translate("SyncWords", "客户已有这批券，可直接使用；这条记录可以放弃。"),
        "consent.refused": translate("SyncWords", "请客户自己在会员页重新同意联系；这条修改可以放弃。"),
        "scope.forbidden": translate("SyncWords", "客户已转到其他门店，请联系对方门店；需要时先导出留底。"),
        "record.moved": translate("SyncWords", "客户已转到其他门店，请联系对方门店；需要时先导出留底。"),
        "record.gone": translate("SyncWords", "记录已按客户要求删除，不能再改；请放弃这条修改。"),
        "record.invalid": translate("SyncWords", "核对下面的内容，改好后重交。"),
        "request.invalid": translate("SyncWords", "核对下面的内容，改好后重交。"),
        "task.cancelled": translate("SyncWords", "总部已取消这项任务，不用再做；这条修改可以放弃。"),
        "transfer.not_manager": translate("SyncWords", "请店长登录后办理转店；这条修改可以放弃。"),
        "transfer.store_unknown": translate("SyncWords", "核对要转入的门店后改好重交。"),
        "merge.same": translate("SyncWords", "请重新选择要合并到的客户；这条修改可以放弃。"),
        "merge.unknown": translate("SyncWords", "请重新选择要合并到的客户；这条修改可以放弃。"),
        "merge.too_old": translate("SyncWords", "合并满 30 天后不能撤销；请新建客户，再放弃这条修改。"),
        "stock.no_neighbour": translate(
            "SyncWords",
            "那家门店不在本区域。请改向区域内有货的门店重新提出（商品页 F9）；这条可以放弃。",
        ),
        "stock.not_manager": translate(
            "SyncWords",
            "由有货门店的店长答复，由提出的门店取消或收货。请该办的人在「留货与调货」里办；这条可以放弃。",
        ),
        "stock.settled": translate(
            "SyncWords", "别人已先答复，先到总部的为准。结果见「留货与调货」；还要就重新提出，这条可以放弃。"
        ),
        "stock.over": translate("SyncWords", "对方要的时间已过，同意不再算数。货还在就请对方重新提出；这条可以放弃。"),
        "office.internal": translate(
            "SyncWords", "总部已留下这条修改，修好后会自动收下，这里会自己消失；不用重做，也可先导出留底。"
        ),
    }
    return known.get(code, translate("SyncWords", "核对内容后重交；若总部仍不接受，先导出留底，再放弃并告诉总部支持。"))
