"""批量: every poster scans to its own link and is recorded; stopping keeps what was made."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from guide_app.base.errors import GuideError
from guide_app.catalogue.model import ProductRow
from guide_app.flows.desk import Desk
from guide_app.flows.for_guides import chosen, colleagues
from guide_app.protocol.link import verify
from guide_app.sharing.calibration import Offset, from_ruler
from guide_app.sharing.sheet import A4
from tests.helpers.book import LI, LOAFER, actor
from tests.helpers.pictures import PictureFolder
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.poster.maker import PosterMaker
from ui.kit.poster.verify import read
from ui.pages.share.batch import Batch, BatchKind, BatchOrder
from ui.pages.share.page import SharePage
from ui.pages.share.studio import Look, Studio

ORIGIN = "https://s.redmaple.example/s/"
MOMENTS, LABEL = Look("moments", "sand"), Look("label", "sand")


@pytest.fixture
def pictures(tmp_path: Path) -> PictureFolder:
    return PictureFolder(tmp_path / "pictures")


@pytest.fixture
def batch(qapp: QGuiApplication, desk: Desk, pictures: PictureFolder) -> Batch:
    del qapp
    maker = PosterMaker()
    return Batch(desk, maker, Studio(maker, pictures.path), processes=0)


@pytest.fixture
def shown(open_pages: Open, desk: Desk, pictures: PictureFolder) -> Shown:
    maker = PosterMaker()
    return open_pages(share=lambda context: SharePage(context, desk, actor, maker, pictures.path))


def go_on(_done: int, _total: int) -> bool:
    return True


def shares(desk: Desk) -> list[tuple[str, str]]:
    rows = desk.db.query(lambda c: c.exec_driver_sql("SELECT channel, template FROM share ORDER BY share_no").all())
    return [(row.channel, row.template) for row in rows]


def order(desk: Desk, folder: Path, look: Look = MOMENTS, kind: BatchKind = "png", times: int = 1) -> BatchOrder:
    return BatchOrder(desk.catalogue.products() * times, look, "", kind, folder)


@pytest.mark.parametrize("kind", ["png", "jpg", "webp"])
def test_each_file_scans_to_a_link_of_its_own(batch: Batch, desk: Desk, tmp_path: Path, kind: BatchKind) -> None:
    made = batch.make(order(desk, tmp_path / "out", kind=kind), actor(), go_on)
    assert (made.posters, made.refused, made.stopped) == (2, (), False)
    urls = [text for file in made.files for text in read(QImage(str(file)), file.name).texts]
    links = [verify(url.removeprefix(ORIGIN), b"k" * 32) for url in urls]
    assert sorted(link.subject_no for link in links) == [7, 8]
    assert len({link.share_no for link in links}) == 2
    assert shares(desk) == [("save", "moments")] * 2


def test_stopping_keeps_and_records_what_was_made(batch: Batch, desk: Desk, tmp_path: Path) -> None:
    made = batch.make(order(desk, tmp_path, times=3), actor(), lambda done, _total: done < 4)
    assert (made.posters, made.stopped) == (4, True)
    assert len(list(tmp_path.glob("*.png"))) == len(shares(desk)) == 4


def test_what_must_not_be_shared_is_named_and_left_out(batch: Batch, desk: Desk, tmp_path: Path) -> None:
    good, bad = desk.catalogue.products()
    stopped: ProductRow = dataclasses.replace(bad, status="stopped")
    made = batch.make(BatchOrder((stopped, good), MOMENTS, "", "png", tmp_path), actor(), go_on)
    assert made.posters == 1
    assert [(one.name, "停售" in one.why) for one in made.refused] == [(bad.name, True)]


def test_labels_lie_on_sheets_with_marks(batch: Batch, desk: Desk, tmp_path: Path) -> None:
    made = batch.make(order(desk, tmp_path, LABEL, "sheets", times=30), actor(), go_on)
    (file,) = made.files
    assert file.read_bytes().count(b"/Type /Page\n") == 2  # 4 x 8 labels of 40 x 30 mm lie on a page of A4
    assert made.posters == 60
    assert shares(desk)[0] == ("print", "label")


def test_the_window_makes_the_listed_products(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    shown.go("share", product=LOAFER)
    dialog = shown.page(SharePage).make_batch()

    def here(parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        del parent, title
        then(tmp_path / "chosen")

    dialog._ask = here
    dialog.start.click()
    shown.settle()
    assert "做好 2 张" in dialog.told.text()
    assert len(list((tmp_path / "chosen").glob("*.png"))) == 2
    assert shares(desk) == [("save", "moments")] * 2
    dialog.close()


def test_the_offset_read_from_the_ruler_moves_every_sheet(desk: Desk) -> None:
    offset = from_ruler(21.5, 19.2)
    assert offset == Offset(-1.5, 0.8)
    desk.calibration.keep(offset, actor())
    paper = desk.calibration.offset().on(A4)
    assert (paper.shift_x, paper.shift_y) == (-1.5, 0.8)


MANAGER = dataclasses.replace(actor(), guide_id=LI, guide_no=2, number="0300", name="李娜", role="store_manager")


def makers(desk: Desk) -> list[tuple[str, int]]:
    """Whose shares there are."""
    asked = "SELECT g.name, count(*) FROM share s JOIN guide g ON g.id = s.guide_id GROUP BY g.name ORDER BY g.name"
    return [(row[0], row[1]) for row in desk.db.query(lambda c: c.exec_driver_sql(asked).all())]


def test_each_guide_gets_a_folder_of_posters_under_her_own_links(batch: Batch, desk: Desk, tmp_path: Path) -> None:
    guides = chosen(desk.roster, MANAGER, ["all"])
    seen: list[tuple[int, int]] = []

    def going(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    made = batch.make(dataclasses.replace(order(desk, tmp_path / "out"), guides=guides), MANAGER, going)
    assert (made.posters, made.refused) == (4, ())
    assert seen == [(n, 4) for n in range(4)]
    folders = {folder.name: sorted(folder.glob("*.png")) for folder in (tmp_path / "out").iterdir()}
    assert folders.keys() == {"0231-王敏", "0300-李娜"}
    for name, number in (("0231-王敏", 1), ("0300-李娜", 2)):
        urls = [text for file in folders[name] for text in read(QImage(str(file)), file.name).texts]
        assert [verify(url.removeprefix(ORIGIN), b"k" * 32).guide_no for url in urls] == [number] * 2
    assert makers(desk) == [("李娜", 2), ("王敏", 2)]


def test_stopping_between_guides_keeps_what_was_made(batch: Batch, desk: Desk, tmp_path: Path) -> None:
    guides = chosen(desk.roster, MANAGER, ["0231", "0300"])
    wanted = dataclasses.replace(order(desk, tmp_path), guides=guides)
    made = batch.make(wanted, MANAGER, lambda done, _total: done < 3)
    assert (made.posters, made.stopped) == (3, True)
    assert makers(desk) == [("李娜", 1), ("王敏", 2)]
    assert len(list(tmp_path.rglob("*.png"))) == 3


def test_only_a_manager_makes_posters_for_others(desk: Desk) -> None:
    assert colleagues(desk.roster, actor()) == (actor(),)
    assert chosen(desk.roster, actor(), [actor().number]) == (actor(),)
    with pytest.raises(GuideError, match="店长"):
        chosen(desk.roster, actor(), ["0300"])
    with pytest.raises(GuideError, match="9999"):
        chosen(desk.roster, MANAGER, ["9999"])


def test_a_manager_chooses_guides_in_the_window(
    open_pages: Open, desk: Desk, pictures: PictureFolder, tmp_path: Path
) -> None:
    maker = PosterMaker()
    shown = open_pages(share=lambda context: SharePage(context, desk, lambda: MANAGER, maker, pictures.path))
    shown.go("share", product=LOAFER)
    dialog = shown.page(SharePage).make_batch()
    shown.settle()
    assert [guide.name for guide in dialog.chosen_guides] == ["李娜"]
    dialog.guides.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert (dialog.chosen_guides, dialog.start.isEnabled()) == ((), False)
    dialog.all_guides.click()
    assert len(dialog.chosen_guides) == 2
    dialog._begin(tmp_path / "chosen")
    shown.settle()
    assert "做好 4 张" in dialog.told.text()
    assert makers(desk) == [("李娜", 2), ("王敏", 2)]
    dialog.close()


def test_stopping_while_processes_paint_leaves_no_half_file(
    qapp: QGuiApplication, desk: Desk, pictures: PictureFolder, tmp_path: Path
) -> None:
    del qapp
    maker = PosterMaker()
    beside = Batch(desk, maker, Studio(maker, pictures.path), processes=2)
    seen: list[tuple[int, int]] = []

    def going(done: int, total: int) -> bool:
        seen.append((done, total))
        return done < 3

    good, bad = desk.catalogue.products()
    stopped: ProductRow = dataclasses.replace(bad, status="stopped")
    made = beside.make(BatchOrder((good, stopped, *[good] * 8), MOMENTS, "", "jpg", tmp_path / "out"), actor(), going)
    assert (made.posters, made.stopped, [one.name for one in made.refused]) == (2, True, [bad.name])
    assert seen == [(n, 10) for n in range(4)]
    assert sorted((tmp_path / "out").iterdir()) == sorted(made.files)
    assert len({text for file in made.files for text in read(QImage(str(file)), file.name).texts}) == 2
    assert shares(desk) == [("save", "moments")] * 2
