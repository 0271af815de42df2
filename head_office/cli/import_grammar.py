"""The grammar of the verb `import`."""

from __future__ import annotations

import argparse
from pathlib import Path

from guide_app.base.tabular.decimals import CURRENCIES

_KINDS = ("stores", "guides", "catalogue", "coupons", "stock", "clients", "purchases", "targets")


def add_import_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what to import, from which file, and how the file is meant."""
    parser.add_argument("what", choices=_KINDS)
    parser.add_argument("file", type=Path, help="CSV、TSV (也可 .gz)、XLSX、XLS 或 ODS")
    parser.add_argument(
        "--map", action="append", default=[], metavar="COLUMN=FIELD", help="这一列是哪个字段; COLUMN= 表示不用这一列"
    )
    parser.add_argument("--dry-run", action="store_true", help="只检查, 不写入")
    parser.add_argument("--errors", type=Path, metavar="FILE", help="把被拒的行写到这个 CSV, 改好后可再导入")
    parser.add_argument("--store", default="", metavar="CODE", help="所有行都属于这家门店")
    parser.add_argument("--store-by", default="", metavar="COLUMN", help="这一列写着门店的代码或名称")
    parser.add_argument("--encoding", help="文字编码, 如 gb18030 (默认自动识别)")
    parser.add_argument("--sheet", help="工作表名 (默认第一张有数据的)")
    parser.add_argument("--currency", default="CNY", metavar="CODE", help=f"币种: {', '.join(CURRENCIES)}")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="商品图片的文件夹 (默认为表格所在的文件夹)")
    parser.add_argument("--adjustments", default="", metavar="PREFIX", help="单号以此开头的是账务调整, 不收")
    parser.add_argument("--new-clients", action="store_true", help="小票上没见过的会员号, 按「顾客 会员号」建档")
    parser.add_argument("--as-of", metavar="TIME", help="库存的盘点时间 (默认为文件的修改时间)")
