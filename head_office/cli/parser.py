"""The grammar of the command line."""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path

from guide_app.base.arguments import Grammar, hours, whole
from head_office.cli.batches import add_batch_arguments
from head_office.cli.coupons import add_coupon_verbs
from head_office.cli.deed_grammar import add_deeds
from head_office.cli.demand import add_demand_arguments
from head_office.cli.external import add_external_arguments
from head_office.cli.import_grammar import add_import_arguments
from head_office.cli.links import add_link_arguments
from head_office.cli.quarantine import add_quarantine_arguments
from head_office.cli.tags import add_tag_arguments
from head_office.cli.templates import add_template_arguments
from head_office.enrolment.api_keys import ALL, RIGHTS
from head_office.enrolment.codes import VALID_HOURS, VALID_HOURS_MAX

_Verbs = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its type no public name


def build_parser() -> argparse.ArgumentParser:
    """The parser of `head-office`."""
    parser: argparse.ArgumentParser = Grammar(
        prog="head-office", description="导购台总部: 同步、接口、落地页、数据维护。"
    )
    parser.add_argument("--version", action="version", version=f"head-office {version('guide-desk')}", help="显示版本")
    parser.add_argument("--database", metavar="URL", help="PostgreSQL 地址; 不给则在数据目录里运行自带的 PostgreSQL")
    parser.add_argument("--data-dir", type=Path, help="数据目录 (或 HEAD_OFFICE_DATA_DIR)")
    parser.add_argument("--json", action="store_true", help="在标准输出上只写一个 JSON 文档")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    _serve(verbs)
    _care(verbs)
    _data(verbs)
    _devices(verbs)
    add_deeds(verbs)
    add_coupon_verbs(verbs)
    add_external_arguments(verbs.add_parser("external-coupons", help="别家系统的券 (微信商家券): 查、核销、退"))
    return parser


def _serve(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    serve = verbs.add_parser("serve", help="运行总部: 接口和落地页同在一个端口")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=whole(0, 65535), default=8080, help="0 表示任选一个空闲端口")
    serve.add_argument("--workers", type=whole(1, 256), default=1, help="进程数; 1 表示就在本进程里服务")
    serve.add_argument("--ready-file", type=Path, help="就绪后把就绪 JSON 也写进这个文件")
    serve.add_argument("--link-origin", help="短链接的源, 如 https://go.example.com (默认即本机地址)")
    serve.add_argument("--brand", help="品牌名 (记入数据库)")
    serve.add_argument("--company", help="公司名: 落地页上的个人信息处理者 (记入数据库)")
    serve.add_argument("--contact", help="投诉与撤回同意的联系方式 (记入数据库)")
    serve.add_argument("--proxies", type=whole(0, 100), default=0, help="前面有几层自己的反向代理")


def _care(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    verbs.add_parser("migrate", help="把表结构升级到本程序需要的版本")
    verbs.add_parser("check", help="检查完整性: 表结构、重算摘要、孤立记录")
    verbs.add_parser("tidy", help="清理过期的墓碑、应答和登记码 (每天一次即可)")
    add_demand_arguments(verbs.add_parser("demand", help="缺货登记: 各规格被要过几次而没有货"))
    verbs.add_parser("company-views", help="告诉各店: 同一位客户近期被别店联系过几次 (每小时一次为宜)")
    add_quarantine_arguments(verbs.add_parser("quarantine", help="电脑上交而总部没有收下的修改: 查看、重放、放弃"))
    backup = verbs.add_parser("backup", help="备份数据库到一个文件 (secret.key 须另行保管)")
    backup.add_argument("file", type=Path)
    restore = verbs.add_parser("restore", help="从备份恢复; 现有数据库改名保留")
    restore.add_argument("file", type=Path)


def _data(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    seed = verbs.add_parser("seed", help="写入模拟数据").add_subparsers(dest="seed", metavar="WHAT", required=True)
    demo = seed.add_parser("demo", help="演示品牌: 三家门店")
    demo.add_argument("--seed", type=whole(), dest="number", help="随机数种子 (默认固定)")
    demo.add_argument("--pictures", type=whole(), metavar="N", help="最多画几张商品图 (默认全部; 画过的会保留在缓存里)")
    bench = seed.add_parser("bench", help="测量用的大量数据")
    for name, default in (("stores", 3), ("guides", 12), ("clients", 1000), ("products", 200), ("purchases", 2000)):
        bench.add_argument(f"--{name}", type=whole(), default=default)
    bench.add_argument("--seed", type=whole(), default=1, dest="number")

    publish = verbs.add_parser(
        "publish", help="发布标签、字段、话术、SOP、节日、规则、券和任务 (JSON, 见 docs/publishing.md)"
    )
    publish.add_argument("file", type=Path)
    publish.add_argument("--by", default="", metavar="NAME", help="发布人; 需要第二个人批准的任务必须写明")
    add_template_arguments(verbs.add_parser("templates", help="海报版式: 发布前检查"))
    add_batch_arguments(verbs.add_parser("tasks", help="各批任务: 列出、批准、催办、收回"))
    add_tag_arguments(verbs.add_parser("tags", help="标签库: 列出、改名、合并、撤销"))
    add_link_arguments(verbs.add_parser("links", help="已发出的链接: 改指、停用、换密钥、换域名"))
    add_import_arguments(verbs.add_parser("import", help="导入 CSV 或 XLSX; 重复导入不会重复计数"))


def _devices(verbs: _Verbs[argparse.ArgumentParser]) -> None:
    code = verbs.add_parser("enrol-code", help="生成一次性登记码")
    code.add_argument("--store", required=True, metavar="CODE", help="门店代码")
    code.add_argument("--valid", type=hours(VALID_HOURS_MAX), default=VALID_HOURS, metavar="HOURS", help="有效小时数")
    verbs.add_parser("devices", help="列出所有设备")
    revoke = verbs.add_parser("revoke", help="停用一台设备")
    revoke.add_argument("device")
    escrow = verbs.add_parser("recovery-key", help="取出一台设备托管的恢复密钥 (会记录)")
    escrow.add_argument("device")
    key = verbs.add_parser("api-key", help="POS/ERP 接口密钥").add_subparsers(
        dest="deed", metavar="DEED", required=True
    )
    create = key.add_parser("create", help="生成一个密钥 (只显示一次)")
    create.add_argument("--name", required=True)
    create.add_argument("--rights", required=True, nargs="+", choices=(*RIGHTS, ALL))
    key.add_parser("list", help="列出所有密钥 (不显示密钥本身)")
    key.add_parser("revoke", help="停用一个密钥, 立即生效").add_argument("name")
