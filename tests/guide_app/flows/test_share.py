from guide_app.flows.desk import Desk
from guide_app.flows.poster import offer_text, poster_content
from guide_app.flows.timeline import timeline
from guide_app.protocol.link import verify
from guide_app.sharing.caption import caption
from guide_app.sharing.queries import Sender
from guide_app.sharing.service import ShareDraft
from tests.helpers.book import CHEN, LOAFER, OFFER, STORE, actor

SENDER = Sender("红枫叶 REDMAPLE", "王敏", "南京西路店", "021-62580000")


def test_a_share_made_without_network_says_who_what_and_stands_on_the_timeline(desk: Desk) -> None:
    number = desk.share_deeds.take_number(actor())
    draft = ShareDraft(LOAFER, 7, 56900, "moments", OFFER, 3, CHEN)
    link = desk.share_deeds.link(draft, number, actor())
    desk.share_deeds.record(draft, link, "copy", actor())
    said = verify(link.code, b"k" * 32)
    assert (said.guide_no, said.subject_no, said.coupon_no, said.share_no, said.key_no) == (1, 7, 3, number, 5)
    assert len(link.url.removeprefix("https://s.redmaple.example")) <= 30
    newest = timeline(desk.db, CHEN)[0]
    assert (str(newest.title), str(newest.detail), newest.author) == (
        "分享「软底乐福鞋 2026 秋」+ 券",
        "复制图片",
        "王敏",
    )


def test_a_number_is_never_given_twice(desk: Desk) -> None:
    numbers = [desk.share_deeds.take_number(actor()) for _ in range(5)]
    assert numbers == [1, 2, 3, 4, 5]


def test_the_poster_strikes_only_a_price_that_is_really_asked(desk: Desk) -> None:
    card = desk.catalogue.card(LOAFER, STORE)
    (offer,) = desk.sharing.offers()
    with_coupon = poster_content(card, offer, SENDER, "https://x/s/1", None)
    assert (with_coupon.price_fen, with_coupon.struck_fen()) == (48900, 56900)
    without = poster_content(card, None, SENDER, "https://x/s/1", None)
    assert (without.price_fen, without.struck_fen()) == (56900, None)
    assert offer_text(offer) == "满 ¥400 减 ¥80"


def test_the_caption_ends_with_the_link() -> None:
    text = caption(
        product="软底乐福鞋", price_fen=56900, coupon="满400减80", guide="王敏", store="南京西路店", url="https://x/s/1"
    )
    assert text.splitlines()[-1] == "https://x/s/1"
    assert "¥569" in text


def test_the_timeline_is_newest_first_and_complete(desk: Desk) -> None:
    desk.client_deeds.note(CHEN, "鞋跟略紧", actor(), kind="visit")
    entries = timeline(desk.db, CHEN)
    assert [e.at for e in entries] == sorted((e.at for e in entries), reverse=True)
    assert [e.kind for e in entries] == ["note", "coupon", *["purchase"] * 4]
