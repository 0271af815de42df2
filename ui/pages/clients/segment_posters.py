"""A batch of posters for a segment: each rendered, read back, recorded, and written; refused ones with their reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from guide_app.base.actor import Actor
from guide_app.base.errors import GuideError
from guide_app.catalogue.model import ProductRow
from guide_app.flows.desk import Desk
from guide_app.flows.poster import poster_content, price_until
from guide_app.flows.segment_coupons import Refused
from guide_app.sharing.link import ShareLink
from guide_app.sharing.service import ShareDraft
from ui.kit.poster.maker import Commission, PosterMaker
from ui.kit.poster.press import Claim, Press, begun_ahead, press_for
from ui.kit.thumbs import Pictures
from ui.pages.clients.segment_give import PosterOrder

_LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class MadeBatch:
    """The files, in the order of the clients; who has none; whether it was stopped before its end."""

    files: tuple[Path, ...]
    refused: tuple[Refused, ...]
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class _Begun:
    """A client's poster under way: its share and link, the product, and how to come by it; or why there is none."""

    client_id: str | None
    name: str
    work: tuple[ShareDraft, ShareLink, ProductRow, Claim] | GuideError


class PosterBatch:
    """Makes the posters of an order; runs away from the GUI thread."""

    def __init__(self, desk: Desk, maker: PosterMaker, pictures: Pictures, processes: int | None = None) -> None:
        """`pictures` says where a product's photo lies; `processes` paint, as many as serve where none are given."""
        self._desk, self._maker, self._pictures, self._processes = desk, maker, pictures, processes

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
        with press_for(self._maker, len(wanted), self._processes) as press:
            coming = begun_ahead(wanted, lambda one: self._begin(order, *one, actor, press), press.ahead)
            for number, begun in enumerate(coming):
                if not going(number, len(wanted)):
                    return MadeBatch(tuple(files), tuple(refused), stopped=True)
                try:
                    files.append(self._kept(order, begun, actor))
                except GuideError as e:
                    if begun.client_id is None:
                        raise
                    refused.append(Refused(begun.client_id, e.said))
        return MadeBatch(tuple(files), tuple(refused))

    def _begin(self, order: PosterOrder, client_id: str | None, name: str, actor: Actor, press: Press) -> _Begun:
        """A client's share with a link of its own, and its poster under way."""
        desk = self._desk
        try:
            card = desk.catalogue.card(order.product_id, actor.store_id)
            offer = desk.sharing.offer(order.offer_id) if order.offer_id else None
            until = price_until(offer, desk.clock.now_ms(), desk.sharing.poster_days())
            draft = ShareDraft(
                product_id=card.row.id, product_no=card.row.no, price_fen=card.row.chat_price_fen,
                template=order.template, coupon_template_id=offer.id if offer else None,
                coupon_no=offer.no if offer else 0, client_id=client_id, price_until=until,
            )  # fmt: skip
            link = desk.share_deeds.link(draft, desk.share_deeds.take_number(actor), actor)
            content = poster_content(card, offer, desk.sharing.sender(actor), link.url, None, until)
            photo = self._pictures(card.row.image) if card.row.image else None
        except GuideError as e:
            return _Begun(client_id, name, e)
        claim = press.begin(Commission(order.template, content, photo, "png"))
        return _Begun(client_id, name, (draft, link, card.row, claim))

    def _kept(self, order: PosterOrder, begun: _Begun, actor: Actor) -> Path:
        """Wait for a poster, write and record it: both or neither."""
        if isinstance(begun.work, GuideError):
            raise begun.work
        draft, link, row, claim = begun.work
        path = order.folder / f"{row.spu}-{link.share_no:05d}{_file_part(begun.name)}.png"
        fresh = path.with_name(f"{path.name}.part")
        made = claim()
        try:
            fresh.write_bytes(made.data)
            # The file gets its name in the change that records it: what the limit on contacts refuses is not there,
            # and what the disk refuses is not recorded.
            self._desk.sending.record(draft, link, "save", actor, body=row.name, leave=lambda: fresh.replace(path))
        finally:
            fresh.unlink(missing_ok=True)
        return path


def _file_part(name: str) -> str:
    """A client's name as part of a file's name that every system takes."""
    kept = "".join(letter for letter in name if letter.isalnum())[:_LONGEST_NAME]
    return f"-{kept}" if kept else ""
