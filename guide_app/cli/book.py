"""Verbs on the client book: clients …, today."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import msgspec

from guide_app.base.birth import birth_doubt
from guide_app.base.clock import china_date, china_datetime
from guide_app.base.errors import InvalidInputError
from guide_app.base.money import yuan
from guide_app.base.said import Said
from guide_app.base.tabular.birthdays import parse_birthday
from guide_app.cli.outcome import Outcome
from guide_app.clients.dates import with_age_band
from guide_app.clients.model import ClientRow
from guide_app.flows.desk import Desk
from guide_app.flows.timeline import timeline
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.misfit import field_misfit
from guide_app.protocol.one_person import BIRTH_FIELDS
from guide_app.protocol.records import Client

#: What a guide may write down: not when the record was made, nor an agreement, which `privacy grant` files.
_FIELDS = {
    f.name: f.type
    for f in msgspec.structs.fields(Client)
    if f.name in KINDS["client"].device_fields - {"created_at", "consent_at", "consent_version"}
}

#: Not a field: a birthday as people write it.
_BIRTHDAY = "birthday"


def clients(desk: Desk, args: argparse.Namespace) -> Outcome:
    """`clients search|show|add|set|tag|note|merge|merges|unmerge|transfer|brief`."""
    deeds = {
        "search": _search, "show": _show, "add": _add, "set": _set, "tag": _tag, "note": _note, "merge": _merge,
        "merges": _merges, "unmerge": _unmerge, "transfer": _transfer, "brief": _brief,
    }  # fmt: skip
    return deeds[args.deed](desk, args)


def today(desk: Desk, args: argparse.Namespace) -> Outcome:
    """`today`: whom to contact, with reasons."""
    actor = desk.roster.acting()
    found = desk.followup.today(actor.guide_id, limit=args.limit)
    rows = [
        {"client_id": s.client_id, "name": s.name, "tags": list(s.tags), "cause": s.cause.name.lower(),
         "reasons": [str(r) for r in s.reasons], "total_fen": s.total_fen}
        for s in found
    ]  # fmt: skip
    lines = [f"{s.name}  {' · '.join(map(str, s.reasons))}" for s in found] or ["今天没有需要联系的客户。"]
    if args.pdf is not None:
        from guide_app.cli.paper import write_call_list  # noqa: PLC0415 - Qt only where something is painted
        from ui.app import painting  # noqa: PLC0415 - same

        with painting():
            write_call_list(desk, found, args.pdf)
        lines.append(f"已写到 {args.pdf} (A5, 号码已打码)。")
    return Outcome({"guide": actor.name, "suggestions": rows}, lines)


def _search(desk: Desk, args: argparse.Namespace) -> Outcome:
    rows = desk.clients.search(args.text, args.limit, desk.roster.acting().guide_id)
    lines = [_line(row) for row in rows] or [f"没有找到「{args.text}」。"]
    return Outcome({"query": args.text, "clients": [_doc(row) for row in rows]}, lines)


def _show(desk: Desk, args: argparse.Namespace) -> Outcome:
    portrait = desk.clients.portrait(args.id)
    purchases = desk.clients.purchases(args.id)
    entries = timeline(desk.db, args.id)
    doc = {
        "id": portrait.id,
        "fields": {k: v for k, v in portrait.fields.items() if k not in ("seq", "extra", "id")},
        "tags": [tag.name for tag in portrait.tags],
        "orders": portrait.figures.orders,
        "total_fen": portrait.figures.total_fen,
        "last_at": portrait.figures.last_at,
        "primary_guide": portrait.primary_guide_name,
        "coupons": [
            {"code": c.code, "name": c.terms.name, "status": c.status} for c in desk.coupons.of_client(args.id)
        ],
        "purchases": [
            {
                "order_no": p.order_no,
                "at": p.at,
                "title": p.title,
                "size": p.size,
                "qty": p.qty,
                "amount_fen": p.amount_fen,
            }
            for p in purchases
        ],
        "timeline": [
            {"at": e.at, "kind": e.kind, "title": str(e.title), "detail": str(e.detail), "author": e.author}
            for e in entries
        ],
    }
    lines = [
        f"{portrait.fields['name']}  {portrait.phone_masked}  {' '.join(tag.name for tag in portrait.tags)}",
        f"累计 {yuan(portrait.figures.total_fen)} · {portrait.figures.orders} 次",
        *(f"{china_datetime(e.at):%Y-%m-%d} {e.title} {e.detail}" for e in entries),
    ]
    return Outcome(doc, lines)


def _brief(desk: Desk, args: argparse.Namespace) -> Outcome:
    from guide_app.cli.paper import write_brief  # noqa: PLC0415 - Qt only where something is painted
    from ui.app import painting  # noqa: PLC0415 - same

    with painting():
        write_brief(desk, args.id, args.pdf)
    return Outcome({"id": args.id, "file": str(args.pdf)}, [f"已写到 {args.pdf} (A5, 号码已打码)。"])


def _add(desk: Desk, args: argparse.Namespace) -> Outcome:
    typed = _aged(_parse_fields(args.fields), msgspec.structs.asdict(Client()), desk)
    fields = {"name": args.name, "phone": args.phone, **typed}
    said = Said(args.consent, args.notice, args.way, args.proof) if args.consent else None
    client_id = desk.client_deeds.add(fields, desk.roster.acting(), tuple(args.tag), said=said)
    return Outcome({"id": client_id}, [client_id])


def _set(desk: Desk, args: argparse.Namespace) -> Outcome:
    typed = _aged(_parse_fields(args.fields), desk.clients.portrait(args.id).fields, desk)
    edit = desk.client_deeds.edit(args.id, typed, desk.roster.acting())
    return Outcome({"id": args.id, "before": dict(edit.before), "after": dict(edit.after)}, ["已修改。"])


def _tag(desk: Desk, args: argparse.Namespace) -> Outcome:
    actor = desk.roster.acting()
    added, removed = [], []
    for mark in args.tags:
        name = mark[1:]
        if mark.startswith("+"):
            if desk.client_deeds.tag(args.id, name, actor) is not None:
                added.append(name)
        elif mark.startswith("-"):
            if desk.client_deeds.untag(args.id, name, actor):
                removed.append(name)
        else:
            raise InvalidInputError("tag.syntax", f"「{mark}」前面要有 + 或 -。", "例如 +金卡 -新客。")
    return Outcome({"id": args.id, "added": added, "removed": removed}, [f"加 {len(added)} · 去 {len(removed)}"])


def _note(desk: Desk, args: argparse.Namespace) -> Outcome:
    note_id = desk.client_deeds.note(args.id, args.text, desk.roster.acting(), args.kind)
    return Outcome({"id": note_id}, ["已记下。"])


def _merge(desk: Desk, args: argparse.Namespace) -> Outcome:
    keep = _parse_fields(args.keep)
    name = desk.client_deeds.merge(args.id, args.into, desk.roster.acting(), take=args.take, keep=keep)
    return Outcome({"id": args.id, "into": args.into}, [f"已并入「{name}」, 下次同步时生效, 30 天内可撤销。"])


def _merges(desk: Desk, _args: argparse.Namespace) -> Outcome:
    found = desk.clients.merges()
    lines = [f"{china_datetime(m.at):%Y-%m-%d %H:%M}  {m.id}  {m.name} {m.phone} → {m.into_name}" for m in found]
    return Outcome({"merges": [asdict(m) for m in found]}, lines or ["没有可撤销的合并。"])


def _unmerge(desk: Desk, args: argparse.Namespace) -> Outcome:
    name = desk.client_deeds.unmerge(args.id, desk.roster.acting())
    return Outcome({"id": args.id}, [f"已请求撤销合并, 「{name}」回到客户本; 合并以后写下的留在另一位名下。"])


def _transfer(desk: Desk, args: argparse.Namespace) -> Outcome:
    store = next((store for store in desk.roster.stores() if store.code == args.store), None)
    if store is None:
        known = "、".join(f"{store.code} {store.name}" for store in desk.roster.stores())
        raise InvalidInputError("transfer.store_unknown", f"没有代码为「{args.store}」的另一家门店。", f"可选: {known}")
    name = desk.client_deeds.transfer(args.id, store.id, args.reason, desk.roster.acting())
    return Outcome({"id": args.id, "store": store.code}, [f"{name} 将转到{store.name}, 下次同步后从本机移走。"])


def _parse_fields(pairs: list[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for pair in pairs:
        name, sep, text = pair.partition("=")
        if name == _BIRTHDAY and sep:
            fields |= _birth_fields(text)
            continue
        if not sep or name not in _FIELDS:
            raise InvalidInputError(
                "client.field", f"「{pair}」不是可修改的 字段=值。", f"字段有: {', '.join((*_FIELDS, _BIRTHDAY))}。"
            )
        try:
            # Numbers and truth values come as text here; an empty value means "not known".
            fields[name] = msgspec.convert(text or None, _FIELDS[name], strict=False) if text else _empty(name)
        except msgspec.ValidationError as e:
            raise InvalidInputError("client.field", field_misfit(Client, name, text), "请核对后重试。") from e
    return fields


def _birth_fields(text: str) -> dict[str, Any]:
    """A birthday as people write it (`1991-03-08`, `3月8日`, `农历闰六月三十`), as fields; nothing: not known."""
    if not text.strip():
        return {name: _empty(name) for name in BIRTH_FIELDS}
    said = parse_birthday(text)
    return {
        "birth_calendar": said.calendar, "birth_year": said.year, "birth_month": said.month, "birth_day": said.day,
        "birth_leap": said.leap,
    }  # fmt: skip


def _aged(typed: dict[str, Any], before: Mapping[str, Any], desk: Desk) -> dict[str, Any]:
    """What was typed, with the age band that follows from a birthday in it, as the window writes it."""
    if not typed.keys() & set(BIRTH_FIELDS) or "age_band" in typed:
        return typed
    whole = {**before, **typed}
    if birth_doubt(whole) is not None:
        return typed
    band = with_age_band({name: whole[name] for name in BIRTH_FIELDS}, china_date(desk.clock.now_ms())).get("age_band")
    return typed if band is None else {**typed, "age_band": band}


def _empty(name: str) -> Any:
    return msgspec.structs.asdict(Client())[name]


def _doc(row: ClientRow) -> dict[str, Any]:
    return {
        "id": row.id, "name": row.name, "phone": row.phone, "tags": list(row.tags), "last_at": row.last_at,
        "orders": row.orders, "total_fen": row.total_fen,
    }  # fmt: skip


def _line(row: ClientRow) -> str:
    return f"{row.id}  {row.name}  {row.phone}  {yuan(row.total_fen)}  {' '.join(row.tags)}"
