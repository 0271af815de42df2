"""The grammar of the command line."""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path

from guide_app.base.arguments import Grammar, whole
from guide_app.cli.privacy_grammar import add_privacy
from guide_app.cli.segments_grammar import add_segments


def build_parser() -> argparse.ArgumentParser:
    """The parser of `guide`; `args.verb` is None when the window is wanted."""
    parser: argparse.ArgumentParser = Grammar(
        prog="guide", description="导购台: 客户本、分享、核销、同步。不带动词时打开窗口。"
    )
    parser.add_argument("--version", action="version", version=f"guide {version('guide-desk')}", help="显示版本")
    parser.add_argument("--data-dir", type=Path, help="数据目录 (默认为本用户的应用数据目录, 或 GUIDE_DATA_DIR)")
    parser.add_argument("--json", action="store_true", help="在标准输出上只写一个 JSON 文档")
    parser.add_argument("--self-test", action="store_true", help="检查本机能否运行: 数据库、二维码、窗口")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    _office(verbs)
    _clients(verbs)
    _book(verbs)
    _sharing(verbs)
    _care(verbs)
    add_segments(verbs)
    add_privacy(verbs)
    return parser


def _office(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = verbs.add_parser("demo", help="用演示数据走完整个流程 (自带总部)")
    demo.add_argument("--headless", action="store_true", help="不开窗口, 逐步打印并留下海报、截图和报告")
    demo.add_argument("--out", type=Path, default=Path("out/demo"), help="产物目录")
    demo.add_argument("--keep", action="store_true", help="结束后保留演示数据目录")
    demo.add_argument("--pictures", type=whole(), metavar="N", help="只画卖得最好的这么多款的图片 (默认全部)")

    init = verbs.add_parser("init", help="把这台电脑登记到总部")
    init.add_argument("--office", help="总部地址, 如 https://office.example.com (或 GUIDE_OFFICE)")
    init.add_argument("--code", required=True, help="总部给的登记码")
    init.add_argument(
        "--rejoin", action="store_true", help="作为新设备重新登记, 未上交的修改保留 (恢复备份或复制硬盘后)"
    )
    init.add_argument("--name", default="", help="这台电脑的名字, 如 收银台 1")

    login = verbs.add_parser("login", help="选择当班导购 (PIN 从标准输入读)")
    login.add_argument("--guide", required=True, metavar="NUMBER", help="工号")

    sync = verbs.add_parser("sync", help="与总部同步")
    how = sync.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help="一轮 (默认)")
    how.add_argument("--watch", action="store_true", help="一直同步, 直到按 Ctrl+C")
    sync.add_argument("--pictures", action="store_true", help="同时取回商品图片")

    sync.add_argument(
        "--allow-removal",
        action="append",
        default=[],
        metavar="SCOPE",
        help="允许总部从本机删除这个范围里的大批记录 (guide status 列出等待确认的范围)",
    )

    verbs.add_parser("status", help="登记、范围、待上传、校验、上次联系、本店电脑、版本")
    _parked(verbs)


def _parked(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parked = verbs.add_parser("parked", help="未能上交的修改").add_subparsers(
        dest="deed", metavar="DEED", required=True
    )
    parked.add_parser("list", help="编号、内容、原因")
    export = parked.add_parser("export", help="写到文件 (.json 或 .csv)")
    export.add_argument("mids", nargs="*", type=whole(), metavar="NUMBER", help="编号 (默认全部)")
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    resubmit = parked.add_parser("resubmit", help="修改后重交")
    resubmit.add_argument("mid", type=whole(), metavar="NUMBER")
    resubmit.add_argument("fields", nargs="*", metavar="FIELD=VALUE")
    discard = parked.add_parser("discard", help="放弃, 不能恢复")
    discard.add_argument("mids", nargs="+", type=whole(), metavar="NUMBER")


def _clients(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    clients = verbs.add_parser("clients", help="客户本").add_subparsers(dest="deed", metavar="DEED", required=True)
    search = clients.add_parser("search", help="按姓名、拼音、首字母、手机号、标签、备注找客户")
    search.add_argument("text")
    search.add_argument("--limit", type=whole(), default=20)
    show = clients.add_parser("show", help="一位客户的全部资料")
    show.add_argument("id")
    add = clients.add_parser("add", help="新增客户")
    add.add_argument("--name", required=True)
    add.add_argument("--phone", default="")
    add.add_argument("--tag", action="append", default=[])
    add.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", dest="fields")
    willing = ("one_to_one", "marketing", "refused")
    add.add_argument("--consent", choices=willing, help="本人怎么说: 只一对一联系, 也要优惠, 拒绝")
    add.add_argument("--notice", default="", metavar="VERSION", help="给她看的告知书版本, 同意时必填")
    add.add_argument("--way", choices=("spoken", "paper", "scan"), default="spoken", help="口头、纸质或扫码")
    add.add_argument("--proof", default="", metavar="TEXT", help="凭据: 告知书编号, 或她说了什么; 同意时必填")
    change = clients.add_parser("set", help="修改字段")
    change.add_argument("id")
    change.add_argument("fields", nargs="+", metavar="FIELD=VALUE")
    tag = clients.add_parser("tag", help="打标签或去标签: +金卡 -新客")
    tag.add_argument("id")
    tag.add_argument("tags", nargs=argparse.REMAINDER, metavar="+TAG|-TAG")
    note = clients.add_parser("note", help="记一笔")
    note.add_argument("id")
    note.add_argument("text")
    note.add_argument("--kind", choices=("note", "call", "visit", "message", "reply"), default="note", help="是什么")

    merge = clients.add_parser("merge", help="两条是同一位客户: 前一条并入后一条 (30 天内可撤销)")
    merge.add_argument("id")
    merge.add_argument("into")
    merge.add_argument("--take", action="append", default=[], metavar="FIELD", help="这一项以前一条为准 (生日用 birth)")
    merge.add_argument("--keep", action="append", default=[], metavar="FIELD=VALUE", help="这一项改成这样")
    clients.add_parser("merges", help="30 天内可撤销的合并")
    clients.add_parser("unmerge", help="撤销合并").add_argument("id", help="被并掉的客户")
    brief = clients.add_parser("brief", help="到店前 30 秒速览, 写成一页 A5")
    brief.add_argument("id")
    brief.add_argument("--pdf", type=Path, required=True, metavar="FILE")
    move = clients.add_parser("transfer", help="转到别的门店 (店长)")
    move.add_argument("id")
    move.add_argument("--store", required=True, metavar="CODE", help="转入门店的代码")
    move.add_argument("--reason", required=True, help="原因, 如 客户搬家")


def _book(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    today = verbs.add_parser("today", help="今天联系谁, 为什么")
    today.add_argument("--limit", type=whole(), default=18)
    today.add_argument("--pdf", type=Path, metavar="FILE", help="同时写成一张 A5 名单 (号码打码, 可勾选结果)")

    bring = verbs.add_parser("import", help="导入 CSV / XLSX / vCard")
    bring.add_argument("what", choices=["clients", "purchases"])
    bring.add_argument("file", type=Path)
    bring.add_argument(
        "--map", action="append", default=[], metavar="COLUMN=FIELD", help="这一列是哪个字段; COLUMN= 表示不用"
    )
    bring.add_argument("--encoding", help="文字编码, 如 gb18030 (默认自动识别)")
    bring.add_argument(
        "--separator", choices=("comma", "tab", "semicolon", "bar"), help="列之间的分隔符 (默认自动识别)"
    )
    bring.add_argument("--sheet", help="工作表名 (默认第一张有数据的)")
    bring.add_argument("--dry-run", action="store_true", help="只检查, 不写入")
    bring.add_argument("--errors", type=Path, help="把被拒的行写到这个 CSV, 改好后可再导入")

    take = verbs.add_parser("export", help="导出为开放格式: 目录 (CSV, 带说明), 或用 --format 导出成一个文件")
    take.add_argument("dir", type=Path, metavar="DIR|FILE")
    take.add_argument("--format", choices=("csv", "xlsx", "vcard", "json"), help="一个文件, 只有自己的客户")
    take.add_argument("--columns", default="", metavar="TITLES", help="只要这些列, 以逗号分开 (和 --format 一起用)")
    take.add_argument("--seal", action="store_true", help="用密码加密 (age 格式; 和 --format 一起用, 密码从标准输入读)")
    take.add_argument("--clients", action="store_true", help="只导出客户")
    take.add_argument("--reason", help="为什么导出, 记入日志 (有批准人时必须写)")
    take.add_argument(
        "--approver", default="", metavar="NUMBER", help="批准的店长的工号, 超过 200 行时要 (PIN 从标准输入读)"
    )
    dates = verbs.add_parser("calendar", help="自己客户的生日、日子、答应过的事和任务, 写成日历文件 (.ics)")
    dates.add_argument("--out", type=Path, required=True, metavar="FILE")
    dates.add_argument("--reason", required=True, help="为什么导出, 记入日志")
    dates.add_argument("--names", action="store_true", help="写全名 (默认只留姓)")
    dates.add_argument(
        "--approver", default="", metavar="NUMBER", help="批准的店长的工号, 客户多于上限时要 (PIN 从标准输入读)"
    )
    opened = verbs.add_parser("open", help="打开用密码加密的导出 (密码从标准输入读; 也可用 age --decrypt)")
    opened.add_argument("file", type=Path)
    opened.add_argument("--out", type=Path, required=True, metavar="FILE")


def _sharing(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    share = verbs.add_parser("share", help="生成海报和链接, 并记录这次分享")
    what = share.add_mutually_exclusive_group(required=True)
    what.add_argument("--product", metavar="SKU", help="货号、规格编码或条码")
    what.add_argument("--batch", type=Path, metavar="FILE", help="每行一个货号 (CSV 首列), 批量生成")
    share.add_argument("--coupon", metavar="BATCH", help="券名、编号或 ID")
    share.add_argument("--client", metavar="ID")
    share.add_argument(
        "--guides", default="", metavar="NUMBERS", help="店长替这些工号的导购做 (逗号分开, all 为全店), 每人一个目录"
    )
    share.add_argument("--template", default="moments", help="版式名, 也可用总部发布的和本店自制的")
    share.add_argument("--gs1", action="store_true", help="二维码用 GS1 Digital Link: 手机开页面, 收银得条码")
    share.add_argument("--format", choices=["png", "jpg", "webp", "pdf"], default="png")
    share.add_argument("--out", type=Path, help="文件 (批量时为目录)")

    coupon = verbs.add_parser("coupon", help="发券、转赠、验券、核销").add_subparsers(
        dest="deed", metavar="DEED", required=True
    )
    issue = coupon.add_parser("issue", help="发一张券给客户")
    issue.add_argument("batch")
    issue.add_argument("--client", required=True, metavar="ID")
    verify = coupon.add_parser("verify", help="这张券能不能用")
    verify.add_argument("code")
    verify.add_argument("--amount", type=whole(), metavar="FEN")
    _bill(verify)
    redeem = coupon.add_parser("redeem", help="核销")
    redeem.add_argument("code")
    redeem.add_argument("--order", default="", metavar="NO")
    redeem.add_argument("--amount", type=whole(), metavar="FEN")
    _bill(redeem)
    give = coupon.add_parser("give", help="把客户的券转赠给她的朋友")
    give.add_argument("code")
    give.add_argument("--to", required=True, metavar="ID", help="收券的客户")
    coupon.add_parser("allotments", help="离线还能发多少、核销多少")


def _bill(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--lines", type=Path, metavar="FILE", help="明细 (JSON), 代替 --amount")
    verb.add_argument("--client", metavar="ID", help="谁在用这张券")


def _care(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    backup = verbs.add_parser("backup", help="备份 (仍加密, 写完即验证)")
    backup.add_argument("file", type=Path)
    restore = verbs.add_parser("restore", help="从备份恢复")
    restore.add_argument("file", type=Path)
    restore.add_argument("--recovery-key", default="", help="密钥环丢失时用登记时给出的恢复密钥")
    verbs.add_parser("db-check", help="逐页检查数据库")
    decrypt = verbs.add_parser("db-decrypt", help="导出为不加密的 SQLite 文件 (须有密钥)")
    decrypt.add_argument("file", type=Path)
    erase = verbs.add_parser("erase", help="依法抹除一位客户 (个人信息保护法第 47 条)")
    erase.add_argument("id")
    erase.add_argument("--reason", required=True, help="原因, 如 客户本人要求")
    verbs.add_parser("doctor", help="检查帮助台会问的一切")
