"""A batch of posters for a segment: each rendered, read back, recorded, and written; refused ones with their reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError
from guide_app.flows.desk import Desk
from guide_app.flows.poster import poster_content, price_until
from guide_app.flows.segment_coupons import Refused
from guide_app.sharing.service import ShareDraft
from ui.kit.poster.maker import PosterMaker
from ui.kit.thumbs import Pictures
from ui.pages.clients.segment_give import PosterOrder

_LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class MadeBatch:
    """The files, in the order of the clients; who has none; whether it was stopped before its end."""

    files: tuple[Path, ...]
    refused: tuple[Refused, ...]
    stopped: bool = False


class PosterBatch:
    """Makes the posters of an order; runs away from the GUI thread."""

    def __init__(self, desk: Desk, maker: PosterMaker, pictures: Pictures) -> None:
        """`pictures` says where a product's photo lies."""
        self._desk, self._maker, self._pictures = desk, maker, pictures

    def make(
        self, order: PosterOrder, clients: Sequence[tuple[str, str]], actor: Actor, going: Callable[[int, int], bool]
    ) -> MadeBatch:
        """A poster for each of these clients (id, name), or one for all; `going(done, total)` says whether to go on.

        What was made before a stop stays. Raises OSError where the folder takes nothing, NotFoundError for a product
        or coupon that has gone.
        """
        order.folder.mkdir(parents=True, exist_ok=True)
        wanted: Sequence[tuple[str | None, str]] = clients if order.each else [(None, "")]
        files: list[Path] = []
        refused: list[Refused] = []
        for number, (client_id, name) in enumerate(wanted):
            if not going(number, len(wanted)):
                return MadeBatch(tuple(files), tuple(refused), stopped=True)
            try:
                files.append(self._one(order, client_id, name, actor))
            except GuideError as e:
                if client_id is None:
                    raise
                refused.append(Refused(client_id, e.said))
        return MadeBatch(tuple(files), tuple(refused))

    def _one(self, order: PosterOrder, client_id: str | None, name: str, actor: Actor) -> Path:
        desk = self._desk
        card = desk.catalogue.card(order.product_id, actor.store_id)
        offer = desk.sharing.offer(order.offer_id) if order.offer_id else None
        until = price_until(offer, desk.clock.now_ms(), desk.sharing.poster_days())
        draft = ShareDraft(
            product_id=card.row.id, product_no=card.row.no, price_fen=card.row.chat_price_fen, template=order.template,
            coupon_template_id=offer.id if offer else None, coupon_no=offer.no if offer else 0, client_id=client_id,
            price_until=until,
        )  # fmt: skip
        link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor), actor)
        photo = self._maker.photo(self._pictures(card.row.image) if card.row.image else None)
        content = poster_content(card, offer, desk.sharing.sender(actor), link.url, photo, until)
        made = self._maker.make(order.template, content, "png")
        path = order.folder / f"{card.row.spu}-{link.share_no:05d}{_file_part(name)}.png"
        fresh = path.with_name(f"{path.name}.part")
        try:
            fresh.write_bytes(made.data)
            # The file gets its name in the change that records it: what the limit on contacts refuses is not there,
            # and what the disk refuses is not recorded.
            desk.sending.record(draft, link, "save", actor, body=card.row.name, leave=lambda: fresh.replace(path))
        finally:
            fresh.unlink(missing_ok=True)
        return path


def _file_part(name: str) -> str:
    """A client's name as part of a file's name that every system takes."""
    kept = "".join(letter for letter in name if letter.isalnum())[:_LONGEST_NAME]
    return f"-{kept}" if kept else ""
