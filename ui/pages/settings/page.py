"""设置: look and language, lock, data and backup at the left; what this PC is at the right."""

from pathlib import Path

from PySide6.QtCore import QTimer, qVersion
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from guide_app.base.clock import china_date, china_datetime
from guide_app.sync.queries import SyncQueries, SyncStanding
from ui.kit.buttons import button
from ui.kit.card import Card
from ui.kit.i18n import Tongue
from ui.kit.page import Page, PageContext
from ui.kit.scroll import scrolled
from ui.kit.text import label
from ui.kit.theme import Mode
from ui.kit.toast import Notice
from ui.pages.settings.deeds import BackedUp, SettingsDeeds
from ui.pages.settings.gun import GunCard
from ui.pages.settings.parts import Choice, Fact, setting
from ui.pages.settings.preferences import IDLE_CHOICES

_MIB = 1024 * 1024
#: Room for pictures on offer, in MiB.
_ROOMS = ((512, "512 MB"), (1024, "1 GB"), (2048, "2 GB"), (5120, "5 GB"))


class SettingsPage(Page):
    """设置. Every choice takes effect at once and is kept."""

    def __init__(self, context: PageContext, sync: SyncQueries, deeds: SettingsDeeds) -> None:
        """Read about this PC through `sync`; do through `deeds`."""
        super().__init__(context)
        self._sync, self._deeds = sync, deeds
        chosen = deeds.preferences
        modes = ((Mode.AUTO, self.tr("跟随系统")), (Mode.LIGHT, self.tr("浅色")), (Mode.DARK, self.tr("深色")))
        tongues = ((Tongue.ZH, self.tr("中文")), (Tongue.EN, "English"))
        idles = [(m, self.tr("{count} 分钟").format(count=m) if m else self.tr("不锁定")) for m in IDLE_CHOICES]
        self.mode = Choice(self.tr("外观"), modes, chosen.mode)
        self.tongue = Choice(self.tr("语言"), tongues, chosen.tongue)
        self.idle = Choice(self.tr("自动锁定"), idles, chosen.idle_minutes)
        self.room = Choice(self.tr("商品图片"), _ROOMS, None)
        self.open_data = button(self.tr("打开文件夹"))
        self.open_log = button(self.tr("打开日志"))
        self.backup = button(self.tr("立即备份…"), "primary")
        self.print = button(self.tr("打印测试页…"))
        self.facts = {
            "store": Fact(self.tr("门店")),
            "brand": Fact(self.tr("品牌")),
            "office": Fact(self.tr("总部地址")),
            "device": Fact(self.tr("设备编号")),
            "contact": Fact(self.tr("上次联系总部")),
            "clock": Fact(self.tr("本机时钟偏差")),
            "size": Fact(self.tr("资料大小")),
            "version": Fact(self.tr("程序版本")),
        }
        self.gun = GunCard(chosen)
        self.gun.changed.connect(deeds.gun_changed)
        self._lay_out()
        self.mode.chosen.connect(self._set_mode)
        self.tongue.chosen.connect(self._set_tongue)
        self.idle.chosen.connect(self._set_idle)
        self.room.chosen.connect(self._set_room)
        self.open_data.clicked.connect(lambda: self._open(deeds.data_dir))
        self.open_log.clicked.connect(lambda: self._open(deeds.log_dir))
        self.backup.clicked.connect(self.ask_backup)
        self.print.clicked.connect(deeds.print_test)

    def refresh(self) -> None:
        """Read what this PC is."""
        self.say(self.tr("设置"), self.tr("改动立即生效"))
        self.work.query(lambda _job: self._sync.standing(), owner=self, slot="standing", done=self._show)
        pictures = self._deeds.pictures
        self.work.query(lambda _job: pictures.read(), owner=self, slot="room", done=self.room.show_value)

    # -- layout ---------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, (self._look(), self._lock(), self._data())),
            (right, (self._about(), self._printer(), self.gun)),
        ):
            column.setSpacing(14)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(14)
        columns.addLayout(left, 7)
        columns.addLayout(right, 4)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolled(inner))

    def _look(self) -> Card:
        card = Card()
        card.set_header(self.tr("外观与语言"))
        card.add_row(setting(self.tr("外观"), self.tr("深色适合晚场和仓库"), self.mode))
        card.add_row(setting(self.tr("语言"), self.tr("客户资料和总部内容不翻译"), self.tongue))
        return card

    def _lock(self) -> Card:
        card = Card()
        card.set_header(self.tr("锁定"))
        hint = self.tr("没有操作多久后遮住客户资料，要 PIN 才能继续。随时按 Ctrl+L 锁定或换人。")
        card.add_row(setting(self.tr("自动锁定"), hint))
        pills = QWidget()
        line = QHBoxLayout(pills)
        line.setContentsMargins(14, 0, 14, 12)
        line.addWidget(self.idle)
        line.addStretch(1)
        card.fill(pills)
        return card

    def _data(self) -> Card:
        deeds, card = self._deeds, Card()
        card.set_header(self.tr("资料与备份"), self.tr("资料加密保存在本机"))
        card.add_row(setting(self.tr("资料文件夹"), str(deeds.data_dir), self.open_data, path=True))
        card.add_row(setting(self.tr("日志"), self.tr("不含客户资料，可以发给总部支持"), self.open_log))
        hint = self.tr("最多占用多少磁盘；满了先清掉很久没看的")
        card.add_row(setting(self.tr("商品图片"), hint, self.room))
        hint = self.tr("复制一份并逐页核对；备份同样加密，不影响使用")
        card.add_row(setting(self.tr("备份"), hint, self.backup))
        return card

    def _printer(self) -> Card:
        card = Card()
        card.set_header(self.tr("打印机"))
        hint = self.tr("用直尺量一量：页上的 100 毫米就应是 100 毫米")
        card.add_row(setting(self.tr("测试页"), hint, self.print))
        return card

    def _about(self) -> Card:
        card = Card()
        card.set_header(self.tr("这台电脑"))
        first, *others = self.facts.values()
        card.add_row(first)
        for fact in others:
            card.fill(fact)
        restore = self.tr(
            "换电脑或资料损坏时：用备份文件和登记时抄下的恢复密钥恢复（guide restore 文件）。没有备份也不要紧，"
            "重新登记后会从总部收回已同步的全部资料；恢复密钥丢了可以向总部要。"
        )
        card.add_row(_padded(label(restore, "hint", wrap=True)))
        return card

    # -- doing ----------------------------------------------------------------------------------------------

    def _set_mode(self, mode: Mode) -> None:
        self._deeds.preferences.mode = mode
        self.theme.set_mode(mode)

    def _set_tongue(self, tongue: Tongue) -> None:
        self._deeds.preferences.tongue = tongue
        # The window makes its pages anew, this one too: not from within its own signal.
        QTimer.singleShot(0, self._deeds.language, lambda: self._deeds.language.use(tongue))

    def _set_idle(self, minutes: int) -> None:
        self._deeds.preferences.idle_minutes = minutes
        self._deeds.set_idle_minutes(minutes)

    def _set_room(self, mib: int) -> None:
        keep = self._deeds.pictures.keep
        self.work.change(lambda _job: keep(mib), owner=self)

    def _open(self, folder: Path) -> None:
        if not self._deeds.open_folder(folder):
            self.notice.emit(Notice(self.tr("打不开文件夹 {folder}").format(folder=folder)))

    def ask_backup(self) -> None:
        """Ask where the backup should lie, then make it."""
        day = china_date(self._deeds.now_ms())
        dialog = QFileDialog(self, self.tr("备份到"), str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # nothing is overwritten: the deed refuses
        dialog.setDefaultSuffix("db")
        dialog.selectFile(self.tr("导购台备份-{day}").format(day=f"{day:%Y%m%d}") + ".db")
        dialog.fileSelected.connect(lambda name: self.back_up(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def back_up(self, target: Path) -> None:
        """Make a verified backup at `target`."""
        self.backup.setEnabled(False)
        backup = self._deeds.backup
        self.work.change(
            lambda job: backup(target, job),
            owner=self,
            done=self._backed_up,
            failed=self._not_backed_up,
            title=self.tr("正在备份"),
        )

    def _backed_up(self, made: BackedUp) -> None:
        self.backup.setEnabled(True)
        words = self.tr("已备份并核对：{name}（{size}，{count} 位客户）").format(
            name=made.path.name, size=_size(made.size), count=f"{made.clients:,}"
        )
        self.notice.emit(Notice(words, self.tr("打开文件夹"), lambda: self._open(made.path.parent)))

    def _not_backed_up(self, failure: object) -> None:
        self.backup.setEnabled(True)
        self.failure.emit(failure)

    def _show(self, here: SyncStanding) -> None:
        facts = self.facts
        facts["store"].show_value(here.store_name)
        facts["brand"].show_value(here.brand)
        facts["office"].show_value(here.office)
        facts["device"].show_value(here.device_id or "")
        at = here.last_contact_ms
        facts["contact"].show_value(f"{china_datetime(at):%Y-%m-%d %H:%M}" if at is not None else "")
        tenths = round(here.clock_offset_ms / 100)
        facts["clock"].show_value(self.tr("{seconds} 秒").format(seconds=f"{tenths / 10:+.1f}" if tenths else "0"))
        facts["size"].show_value(_size(here.database_bytes))
        facts["version"].show_value(f"{self._deeds.version} · Qt {qVersion()}")


def _size(size: int) -> str:
    return f"{size / _MIB:.1f} MB"


def _padded(widget: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(14, 10, 14, 12)
    column.addWidget(widget)
    return made
