"""`head-office links`: lead printed links elsewhere or take them out of use, change a PC's key, change the domain."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import Connection

from guide_app.base.arguments import whole
from guide_app.base.clock import Clock, china_datetime
from guide_app.base.errors import InvalidInputError
from head_office.cli.database import Office
from head_office.cli.outcome import Outcome
from head_office.enrolment.link_keys import rotate_link_key
from head_office.feed.write import in_transaction
from head_office.sharing import link_rules
from head_office.sharing.link_rules import Detour, Range, RuleLine
from head_office.sharing.origins import read_origins, set_origins, tell_devices
from head_office.store.secret import OfficeSecret, load_secret

_WHAT = {"link": "链接", "device": "电脑", "product": "商品", "campaign": "活动"}


def add_link_arguments(parser: argparse.ArgumentParser) -> None:
    """What stands after `links`."""
    deeds = parser.add_subparsers(dest="deed", metavar="DEED", required=True)
    deeds.add_parser("list", help="列出改指与停用: 生效的在前")
    retarget = deeds.add_parser("retarget", help="已经印出去的链接改开别的页面; 归属和券不变")
    _range(retarget)
    to = retarget.add_mutually_exclusive_group(required=True)
    to.add_argument("--to-product", metavar="SPU", help="改开这件商品")
    to.add_argument("--to-card", action="store_true", help="改开导购名片")
    revoke = deeds.add_parser("revoke", help="停用: 打开只说已停用")
    _range(revoke)
    restore = deeds.add_parser("restore", help="撤回改指和停用, 恢复原样")
    _range(restore)
    for deed in (retarget, revoke, restore):
        deed.add_argument("--by", required=True, metavar="NAME", help="经办人 (记入审计)")
    for deed in (retarget, revoke):
        deed.add_argument("--reason", required=True)
    rotate = deeds.add_parser("rotate-key", help="换一台电脑签链接的密钥; 已送达的旧链接照常有效")
    rotate.add_argument("device")
    origin = deeds.add_parser("origin", help="看或改短链接的域名; 换下来的留作备用")
    origin.add_argument("first", nargs="?", metavar="ORIGIN", help="如 https://go.example.com; 不给则只列出")
    origin.add_argument("--standby", nargs="+", default=[], metavar="ORIGIN", help="备用域名 (给了就以此为准)")


def links_verb(office: Office, args: argparse.Namespace, clock: Clock, environ: Mapping[str, str]) -> Outcome:
    """Carry out one deed. Raises GuideError."""
    now = clock.now_ms()
    if args.deed == "list":
        with office.engine.connect() as connection:
            lines = link_rules.list_rules(connection)
        return Outcome({"rules": [asdict(line) for line in lines]}, [*map(_line, lines)] or ["没有改指或停用。"])
    if args.deed == "origin":
        return _origin(office, args, now)
    if args.deed == "rotate-key":
        return _rotate(office, args, now)
    secret = load_secret(office.data_dir, environ)

    def work(connection: Connection) -> tuple[Range, RuleLine | int]:
        about = _about(connection, secret, args)
        if args.deed == "restore":
            return about, link_rules.take_back(connection, about, by=args.by, now_ms=now)
        detour = None
        if args.deed == "retarget":
            spu = args.to_product
            detour = Detour(link_rules.product_id_of(connection, spu) if spu else None)
        return about, link_rules.decree(connection, about, detour, by=args.by, reason=args.reason, now_ms=now)

    about, done = in_transaction(office.engine, work)
    if isinstance(done, int):
        return Outcome({"restored": asdict(about), "ended": done}, [f"已恢复原样: 撤回 {done} 条。"])
    return Outcome({"rule": asdict(done)}, [_line(done)])


def _origin(office: Office, args: argparse.Namespace, now_ms: int) -> Outcome:
    if args.first:
        found = in_transaction(office.engine, lambda c: set_origins(c, args.first, args.standby, now_ms))
    elif args.standby:
        raise InvalidInputError(
            "link.origin", "改备用域名时也要写出主域名。", "把主域名写在 origin 后面, 再写 --standby。"
        )
    else:
        with office.engine.connect() as connection:
            found = read_origins(connection)
    lines = [f"新海报用  {found.first or '总部自己的地址'}", *(f"备用      {one}" for one in found.standby)]
    lines.append("域名须由贵司解析到总部; 能否从外网打开、是否被聊天软件拦截, 本程序看不到。")
    return Outcome({"origin": found.first, "standby": list(found.standby)}, lines)


def _rotate(office: Office, args: argparse.Namespace, now_ms: int) -> Outcome:
    def work(connection: Connection) -> int:
        key_no = rotate_link_key(connection, args.device, now_ms)
        tell_devices(connection, now_ms)
        return key_no

    key_no = in_transaction(office.engine, work)
    return Outcome({"device": args.device, "key_no": key_no}, [f"新密钥编号 {key_no}; 这台电脑下次同步时换上。"])


def _range(parser: argparse.ArgumentParser) -> None:
    one = parser.add_mutually_exclusive_group(required=True)
    one.add_argument("code", nargs="?", help="一个链接: 短码或整个网址")
    one.add_argument("--device", metavar="ID", help="一台电脑发出的全部链接")
    one.add_argument("--product", metavar="SPU", help="一件商品的全部链接")
    one.add_argument("--campaign", type=whole(), metavar="NO", help="一场活动的全部链接")


def _about(connection: Connection, secret: OfficeSecret, args: argparse.Namespace) -> Range:
    if args.code:
        return link_rules.link_range(secret, args.code)
    if args.device:
        return link_rules.device_range(connection, args.device)
    if args.product:
        return Range("product", link_rules.product_id_of(connection, args.product))
    return Range("campaign", str(args.campaign))


def _line(rule: RuleLine) -> str:
    where = "停用" if rule.deed == "revoke" else f"改开商品 {rule.spu}" if rule.product_id else "改开导购名片"
    when = f"{china_datetime(rule.at_ms):%Y-%m-%d %H:%M}"
    over = f"  {china_datetime(rule.ended_ms):%Y-%m-%d %H:%M} 撤回 ({rule.ended_by})" if rule.ended_ms else ""
    return f"{_WHAT[rule.what]} {rule.ref}  {where}  {when} {rule.by_name}: {rule.reason}{over}"
