"""Commands as head office carries them out: tasks, photos of receipts, client.merge and its like, coupon.give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_gift import Gift, why_not
from guide_app.protocol.coupon_terms import is_over
from guide_app.protocol.kinds import KINDS, full_fields
from guide_app.protocol.merge import State
from guide_app.protocol.messages import Mutation
from guide_app.protocol.one_person import SETTLED_FIELDS, UNDO_DAYS, settled_fields
from guide_app.protocol.photo import is_name
from guide_app.protocol.scopes import BRAND, store_scope
from tests.helpers.memory_office.feed import Feed, Key

if TYPE_CHECKING:
    from tests.helpers.memory_office.office import Done, MemoryOffice

#: What is about a client and nothing else; the rest of what names her is kept without her (`head_office.clients`).
_HERS = (
    "client_tag", "tag_bar", "consent", "relation", "client_date", "custom_value",
    "stated_size", "wish", "segment_member", "sop_run",
    "bought_for", "copied", "coupon_gift", "service", "company_view", "note", "task",
)  # fmt: skip


@dataclass(frozen=True)
class Merge:
    """What a merge did: the records that moved, and of the survivor's fields [what she said, what she says now]."""

    survivor: str
    at_ms: int
    archived_at: int | None
    moved: tuple[Key, ...]
    given: Mapping[str, tuple[Any, Any]]


def complete_task(office: MemoryOffice, mutation: Mutation) -> Done:
    """`{result, at}`: open → done; the first to complete it wins."""
    feed, key = office.feeds[store_scope(mutation.store)], ("task", mutation.id)
    if key not in feed.live:
        return office.refuse("record.gone" if key in feed.ended else "record.unknown")
    state = feed.live[key][1]
    status = state.data.get("status", "open")
    if status == "cancelled":
        return office.refuse("task.cancelled")
    if status == "done":
        return office.done(duplicate=True)
    asked = {"result": mutation.data.get("result", ""), "done_at": mutation.data.get("at"), "done_by": mutation.by}
    _change(feed, key, {"status": "done", **asked}, mutation.stamp)
    return office.done()


def receipt_photo(office: MemoryOffice, mutation: Mutation) -> Done:
    """`{photo}`: a noted purchase names another photo, or none."""
    feed, key = office.feeds[store_scope(mutation.store)], ("purchase", mutation.id)
    if key not in feed.live:
        return office.refuse("record.gone" if key in feed.ended else "record.unknown")
    said, held = mutation.data.get("photo"), feed.live[key][1].data
    if held.get("verified", True) or not (said == "" or is_name(said)):
        return office.refuse("record.invalid")
    if held.get("photo", "") == said:
        return office.done(duplicate=True)
    _change(feed, key, {"photo": said}, mutation.stamp)
    return office.done()


def merge_clients(office: MemoryOffice, mutation: Mutation) -> Done:
    """`{into, keep?}`: the loser's facts go to the survivor, whose empty fields she fills; `keep` is settled."""
    feed = office.feeds[store_scope(mutation.store)]
    try:
        keep = settled_fields(mutation.data.get("keep"))
    except ValueError:
        return office.refuse("record.invalid")
    if mutation.id == mutation.data.get("into"):
        return office.refuse("merge.same")
    loser, survivor = _last(feed, mutation.id), _last(feed, str(mutation.data.get("into")))
    if ("client", loser) not in feed.live:
        return office.refuse("record.gone" if ("client", loser) in feed.ended else "record.unknown")
    if ("client", survivor) not in feed.live:
        return office.refuse("merge.unknown")
    if loser == survivor:
        stamps = feed.live["client", survivor][1].stamps
        word = {name: value for name, value in keep.items() if mutation.stamp > stamps.get(name, "")}
        _change(feed, ("client", survivor), word, mutation.stamp)
        return office.done(duplicate=True, lost=_not_standing(feed, str(mutation.data["into"]), survivor, keep))
    kind = KINDS["client"]
    plain, hers = full_fields(kind, {}), feed.live["client", loser][1].data
    held = full_fields(kind, dict(feed.live["client", survivor][1].data))
    own = ("merged_into", "archived_at", "created_at")
    gifts = {n: v for n, v in hers.items() if n in plain and n not in own and held[n] == plain[n] != v}
    stamps = feed.live["client", survivor][1].stamps
    word = {name: value for name, value in keep.items() if mutation.stamp > stamps.get(name, "")}
    _change(feed, ("client", survivor), {name: value for name, value in gifts.items() if name not in word})
    _change(feed, ("client", survivor), word, mutation.stamp)
    moved = []
    for key, (_, state) in sorted(feed.live.items(), key=lambda one: one[1][0]):
        if state.data.get("client_id") == loser:
            _change(feed, key, {"client_id": survivor})
            moved.append(key)
    now, was = office.clock.now_ms(), hers.get("archived_at")
    given = {name: (held[name], value) for name, value in {**gifts, **word}.items()}
    office.merges[loser] = Merge(survivor, now, was, tuple(moved), given)
    _change(feed, ("client", loser), {"merged_into": survivor, "archived_at": was or now})
    return office.done(lost=_not_standing(feed, survivor, survivor, keep))


def _not_standing(feed: Feed, into: str, survivor: str, keep: Mapping[str, Any]) -> dict[str, Any]:
    """What was settled and does not stand; where another stays than was said, what `into` says otherwise too."""
    hers, now = feed.live["client", into][1].data, feed.live["client", survivor][1].data
    wanted = {n: v for n, v in hers.items() if n in SETTLED_FIELDS and v not in ("", None, "none")} | dict(keep)
    return {name: value for name, value in wanted.items() if value != now.get(name)}


def unmerge_client(office: MemoryOffice, mutation: Mutation) -> Done:
    """Who had ended is back with what moved by her merge; what the survivor had from it goes, unless edited since."""
    feed, key = office.feeds[store_scope(mutation.store)], ("client", mutation.id)
    if key not in feed.live:
        return office.refuse("record.gone" if key in feed.ended else "record.unknown")
    if feed.live[key][1].data.get("merged_into") is None:
        return office.done(duplicate=True)
    merge = office.merges[mutation.id]
    if office.clock.now_ms() - merge.at_ms > UNDO_DAYS * DAY_MS:
        return office.refuse("merge.too_old")
    for record in merge.moved:
        if record in feed.live:
            _change(feed, record, {"client_id": mutation.id})
    stays = ("client", _last(feed, merge.survivor))
    says = feed.live[stays][1].data
    _change(feed, stays, {name: was for name, (was, taken) in merge.given.items() if says.get(name) == taken})
    _change(feed, key, {"merged_into": None, "archived_at": merge.archived_at})
    return office.done()


def transfer_client(office: MemoryOffice, mutation: Mutation) -> Done:
    """`{to_store, to_guide?, reason}`: by a manager of her store; all that hangs on her goes along."""
    store, to_store = mutation.store, str(mutation.data.get("to_store"))
    manager = office.feeds[BRAND].live.get(("guide", mutation.by or ""))
    who: Mapping[str, Any] = manager[1].data if manager else {}
    if (who.get("role"), who.get("store_id")) != ("store_manager", store):
        return office.refuse("transfer.not_manager")
    if store_scope(to_store) not in office.feeds or to_store == store:
        return office.refuse("transfer.store_unknown")
    old, new = office.feeds[store_scope(store)], office.feeds[store_scope(to_store)]
    if ("client", mutation.id) not in old.live:
        return office.refuse("record.gone" if ("client", mutation.id) in old.ended else "record.unknown")
    moving = [key for key in _hanging(old, _family(old, mutation.id)) if key in old.live]
    for key in moving:
        state = old.live[key][1]
        guide = {"primary_guide_id": mutation.data.get("to_guide")} if key[0] == "client" else {}
        new.write(key, State({**state.data, **guide}, state.stamps))
        old.end(key, "l", office.clock.now_ms(), to_store)
    return office.done()


def erase_client(office: MemoryOffice, mutation: Mutation) -> Done:
    """`{reason}`: she and those merged into her, and every word about them."""
    feed = office.feeds[store_scope(mutation.store)]
    if ("client", mutation.id) not in feed.live:
        return office.done(duplicate=True) if ("client", mutation.id) in feed.ended else office.refuse("record.unknown")
    for client in _family(feed, mutation.id):
        _erase(office, feed, client)
    return office.done()


def give_coupon(office: MemoryOffice, mutation: Mutation) -> Done:
    """`{client_id, gave_id, got_id, deed_id, at, guide_id}`: an unused coupon changes hands by name, once."""
    feed, said = office.feeds[store_scope(mutation.store)], mutation.data
    key, receiver = ("coupon", mutation.id), _last(feed, str(said.get("client_id")))
    if key not in feed.live:
        return office.refuse("coupon.unknown")
    coupon: Mapping[str, Any] = full_fields(KINDS["coupon"], dict(feed.live[key][1].data))
    batch = office.feeds[BRAND].live.get(("coupon_template", coupon["template_id"]))
    if coupon["given_at"] is not None and coupon["client_id"] == receiver:
        return office.done(duplicate=True)
    if ("client", receiver) not in feed.live:
        return office.refuse("record.unknown")
    if batch is None:
        return office.refuse("coupon.unknown")
    terms: Mapping[str, Any] = full_fields(KINDS["coupon_template"], dict(batch[1].data))

    def ends(client: str, side: str) -> int:
        wanted = (client, coupon["template_id"], side)
        states = [state.data for (kind, _), (_, state) in feed.live.items() if kind == "coupon_gift"]
        return sum((d["client_id"], d["template_id"], d["side"]) == wanted for d in states)

    gift = Gift(
        coupon["status"], terms["transferable"], coupon["given_at"] is not None, terms["give_limit"],
        is_over=is_over(coupon["valid_until"], said["at"]), is_same=coupon["client_id"] == receiver,
        gave=ends(coupon["client_id"], "gave"), got=ends(receiver, "got"),
    )  # fmt: skip
    if why := why_not(gift):
        return office.refuse(why)
    both = {name: said[name] for name in ("deed_id", "at")} | {"guide_id": said.get("guide_id") or mutation.by}
    both |= {"coupon_id": mutation.id, "template_id": coupon["template_id"]}
    for name, side, client in (("gave_id", "gave", coupon["client_id"]), ("got_id", "got", receiver)):
        feed.write(("coupon_gift", said[name]), State({**both, "client_id": client, "side": side}))
    _change(feed, key, {"client_id": receiver, "given_at": office.clock.now_ms()})
    return office.done()


def _erase(office: MemoryOffice, feed: Feed, client: str) -> None:
    now = office.clock.now_ms()
    gone = {client}
    for place in office.feeds.values():  # also where she never was, or was before the office went back to a backup
        about = [key for key, (_, state) in place.live.items() if state.data.get("client_id") == client]
        for key in about:
            if key[0] in _HERS:
                place.end(key, "x", now)
                gone.add(key[1])
            else:
                void = key[0] == "coupon" and place.live[key][1].data.get("status", "claimed") == "claimed"
                more = {"status": "void"} if void else {"photo": ""} if key[0] == "purchase" else {}
                _change(place, key, {"client_id": None, **more})
        if place is feed or about or ("client", client) in place.ended:
            place.end(("client", client), "x", now)
    office.erased.add(client)
    for desk in office.desks.values():
        named = [mid for mid, m in desk.quarantine.items() if m.id in gone or client in str(m.data)]
        for mid in named:
            del desk.quarantine[mid]


def _family(feed: Feed, client: str) -> list[str]:
    """The client, and those merged into her."""
    return [key[1] for key in feed.live if key[0] == "client" and _last(feed, key[1]) == client]


def _hanging(feed: Feed, clients: Iterable[str]) -> list[Key]:
    """The clients and, over any number of steps, every record that names one of theirs by an `…_id`."""
    found: dict[str, Key] = {client: ("client", client) for client in clients}
    grew = True
    while grew:
        more = {
            record_id: (kind, record_id)
            for (kind, record_id), (_, state) in feed.live.items()
            if record_id not in found
            and any(name.endswith("_id") and isinstance(v, str) and v in found for name, v in state.data.items())
        }
        found |= more
        grew = bool(more)
    return list(found.values())


def _last(feed: Feed, client: str) -> str:
    """The client that this one is by now."""
    held = feed.live.get(("client", client))
    into = held[1].data.get("merged_into") if held else None
    return _last(feed, into) if into else client


def _change(feed: Feed, key: Key, fields: Mapping[str, Any], stamp: str = "") -> None:
    if fields:
        state = feed.live[key][1]
        stamps = {**state.stamps, **dict.fromkeys(fields, stamp)} if stamp else state.stamps
        feed.write(key, State({**state.data, **fields}, stamps))
