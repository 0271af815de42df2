"""The grammar of the verbs about handing over, leaving, grants, erasures and accounts."""

from __future__ import annotations

import argparse
from pathlib import Path

from guide_app.base.arguments import DAYS_MAX, whole

_PER_MINUTE = 3_000


def add_deeds(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The verbs that `head_office.cli.handing_over` and `head_office.cli.erasures` carry out."""
    move = verbs.add_parser("transfer", help="把整家门店或一位导购的客户移交出去 (中断后再运行一次即继续)")
    move.add_argument("--from-store", required=True, metavar="CODE")
    move.add_argument("--guide", metavar="NUMBER", help="只移交这位导购的客户")
    move.add_argument("--to-store", required=True, metavar="CODE", help="同一家门店表示只换导购")
    move.add_argument("--to-guide", metavar="NUMBER")
    move.add_argument("--reason", required=True)
    move.add_argument("--preview", action="store_true", help="只列出会动到什么, 不改动")
    _pace(move)
    verbs.add_parser("transfers", help="列出移交: 谁、给谁、多少、迟到的修改收下和拒绝了几条")
    leave = verbs.add_parser("guide-leaves", help="导购离职: 取消登录, 客户和未完成任务转给接手的人")
    leave.add_argument("number")
    leave.add_argument("--to", required=True, metavar="NUMBER")
    _pace(leave)
    verbs.add_parser("merges", help="列出 30 天内可撤销的客户合并")
    verbs.add_parser("unmerge", help="撤销一次客户合并").add_argument("client", metavar="ID", help="被并掉的客户")
    allow = verbs.add_parser("grant", help="让一台电脑看另一家门店 (区域经理、临时支援), 或收回; 或列出谁能看")
    allow.add_argument("device", nargs="?", help="不写设备或不写门店: 只列出已给的")
    allow.add_argument("--store", metavar="CODE")
    when = allow.add_mutually_exclusive_group()
    when.add_argument("--until", metavar="DATE", help="到这一天为止 (含), 如 2026-12-31")
    when.add_argument("--end", action="store_true", help="现在就收回")
    erasures = verbs.add_parser("erasures", help="列出依法抹除: 何时要求、何时到期、哪些电脑已确认, 哪些还没有")
    erasures.add_argument("--certificate", metavar="ID", help="为这位客户出具删除证明")
    erasures.add_argument("--out", type=Path, metavar="FILE", help="证明写到这个文件 (不给则显示)")
    lost = verbs.add_parser("lost-device", help="电脑丢了: 列出可能涉及的客户")
    lost.add_argument("device")
    lost.add_argument("--revoke", action="store_true", help="立即停用它")
    lost.add_argument("--out", type=Path, metavar="FILE", help="把名单 (含完整手机号, 供通知本人) 写到这个 CSV")
    account = verbs.add_parser("audit", help="导出一段时间的个人信息处理记录: 查看、导出、抹除、同意、总部操作")
    account.add_argument("--from", dest="since", required=True, metavar="DATE")
    account.add_argument("--to", dest="until", required=True, metavar="DATE", help="含这一天")
    account.add_argument("--out", type=Path, required=True, metavar="DIR")
    looks = verbs.add_parser("reveals", help="谁今天查看客户完整号码接近每天的上限 (有人时退出码为需要处理)")
    looks.add_argument("--days", type=whole(1, DAYS_MAX), default=1, metavar="N", help="看最近几天, 含今天")
    verbs.add_parser("scrub", help="重写数据库文件, 让被抹除的人不再留在其中 (会锁表, 请在夜里运行)")


def _pace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--per-minute", type=whole(1), default=_PER_MINUTE, metavar="N", help="每分钟最多移交几位客户")
