"""分享记录: who shared what, to whom, how and when, and what came of it; narrowed to a guide and a way out."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from guide_app.base.actor import Actor
from guide_app.base.clock import china_datetime
from guide_app.flows.desk import Desk
from guide_app.roster.model import GuideRow
from guide_app.sharing.log import ShareLine
from ui.kit.table import fill_lines, line_table
from ui.kit.text import label
from ui.kit.work import Job, Work

_FIGURES = (5, 6)


class ShareLogDialog(QDialog):
    """A table, the newest first. A guide begins with her own shares; a manager with those of the store."""

    def __init__(self, parent: QWidget, work: Work, desk: Desk, actor: Actor) -> None:
        """Read at once; nothing can be changed."""
        super().__init__(parent)
        self._work, self._desk, self._actor = work, desk, actor
        self.setWindowTitle(self.tr("分享记录"))
        self.resize(860, 480)
        self.guide, self.way = QComboBox(), QComboBox()
        self.guide.setAccessibleName(self.tr("导购"))
        self.way.setAccessibleName(self.tr("方式"))
        self.guide.addItem(self.tr("全部导购"), "")
        self._ways = {
            "copy": self.tr("复制图片"), "link": self.tr("复制链接"), "save": self.tr("存为文件"),
            "print": self.tr("打印"), "cli": self.tr("命令行"),
        }  # fmt: skip
        self.way.addItem(self.tr("全部方式"), "")
        for key, words in self._ways.items():
            self.way.addItem(words, key)
        heads = (
            self.tr("时间"), self.tr("导购"), self.tr("内容"), self.tr("发给"), self.tr("方式"), self.tr("打开"),
            self.tr("领券"),
        )  # fmt: skip
        self.table = line_table(self.windowTitle(), heads, wide=2)
        self.count = label("", "hint", wrap=True)
        self._lay_out()
        self.guide.currentIndexChanged.connect(lambda _place: self.read())
        self.way.currentIndexChanged.connect(lambda _place: self.read())
        roster = desk.roster
        work.query(lambda _job: roster.guides(), owner=self, slot="guides", done=self._offer)

    def read(self) -> None:
        """Read the shares that are asked for."""
        log, guide, way = self._desk.share_log, str(self.guide.currentData()), str(self.way.currentData())

        def found(_job: Job) -> list[ShareLine]:
            return log.lines(guide, way)

        self._work.query(found, owner=self, slot="lines", done=self._show)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.addWidget(label(self.windowTitle(), "section"), 1)
        top.addWidget(self.guide)
        top.addWidget(self.way)
        column.addLayout(top)
        column.addWidget(self.count)
        column.addWidget(self.table, 1)

    def _offer(self, guides: Sequence[GuideRow]) -> None:
        self.guide.blockSignals(True)
        for one in guides:
            self.guide.addItem(one.name, one.id)
        own = "" if self._actor.is_manager else self._actor.guide_id
        self.guide.setCurrentIndex(max(0, self.guide.findData(own)))
        self.guide.blockSignals(False)
        self.read()

    def _show(self, lines: Sequence[ShareLine]) -> None:
        told = self.tr("近 90 天 {count} 次。打开次数: 发给某位客户的, 只在她同意营销和画像时显示; 其余是匿名总数。")
        self.count.setText(told.format(count=len(lines)))
        rows = [self._cells(line) for line in lines]
        fill_lines(self.table, rows, [line.id for line in lines], _FIGURES)

    def _cells(self, line: ShareLine) -> tuple[str, ...]:
        way = self._ways[line.channel]
        if line.state == "not_sent":
            way = self.tr("{way}, 没有发出").format(way=way)
        what = line.what or self.tr("导购名片")
        return (
            f"{china_datetime(line.at):%m-%d %H:%M}",
            line.guide,
            what + (self.tr(" + 券") if line.coupon else ""),
            line.client or "—",
            way,
            "—" if line.opened is None else str(line.opened),
            str(line.claimed),
        )
