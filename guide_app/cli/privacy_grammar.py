"""The grammar of `guide privacy …`."""

from __future__ import annotations

import argparse
from pathlib import Path

from guide_app.base.arguments import DAYS_MAX, whole
from guide_app.privacy.model import CHANNELS, PURPOSES, WAYS


def add_privacy(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb and its deeds."""
    deeds = verbs.add_parser("privacy", help="同意、查看号码、个人信息副本、保存期限、重复的客户").add_subparsers(
        dest="deed", metavar="DEED", required=True
    )
    ledger = deeds.add_parser("ledger", help="一位客户同意过什么、撤回过什么")
    ledger.add_argument("id")
    grant = deeds.add_parser("grant", help="登记同意 (须有凭据)")
    grant.add_argument("id")
    grant.add_argument("purpose", choices=PURPOSES)
    grant.add_argument("--channel", choices=CHANNELS, default="any")
    grant.add_argument("--version", required=True, help="告知书版本")
    grant.add_argument("--way", choices=WAYS, default="paper", help="怎样同意的")
    grant.add_argument("--proof", required=True, help="凭据在哪里, 如 告知书编号")
    withdraw = deeds.add_parser("withdraw", help="登记撤回; 撤回后只有客户本人能重新同意")
    withdraw.add_argument("id")
    withdraw.add_argument("purpose", choices=PURPOSES)
    withdraw.add_argument("--channel", choices=CHANNELS, default="any")
    withdraw.add_argument("--proof", default="", help="凭据 (可不填)")
    reveal = deeds.add_parser("reveal", help="查看完整手机号 (记入日志)")
    reveal.add_argument("id")
    reveal.add_argument("--reason", required=True, help="原因, 如 电话回访")
    copy = deeds.add_parser("copy", help="客户本人要的个人信息副本 (个人信息保护法第 45 条)")
    copy.add_argument("id")
    copy.add_argument("dir", type=Path)
    copy.add_argument("--proven-by", required=True, metavar="TEXT", help="怎样核实了本人, 如 当面, 手机号验证")
    review = deeds.add_parser("review", help="多年没有购买和联系、须复核的客户 (只列出, 不删除)")
    review.add_argument("--limit", type=whole(), default=100)
    deeds.add_parser("doubles", help="可能是同一个人的客户, 用 clients merge 合并")
    log = deeds.add_parser("log", help="谁查看或导出过 (店长)")
    log.add_argument("--days", type=whole(1, DAYS_MAX), default=30)
