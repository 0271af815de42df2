"""The style sheet, written from tokens. Widgets choose a look with dynamic properties, never with own colours.

Properties understood here:
`role` on labels (title, section, figure, value, muted, hint, tiny, accent, warn, danger, strong),
`kind` on buttons (primary, secondary, quiet, danger, link),
`tone` on pills (accent, gold, blue, warm, red, grey),
`card` on frames (plain, wash, stage, tile).
"""

from pathlib import Path

from ui.kit.tokens import Colours, Tokens

TONES = ("accent", "gold", "blue", "warm", "red", "grey")


def style_sheet(tokens: Tokens, colours: Colours, marks: Path) -> str:
    """Return the whole application style sheet for one colour scheme; `marks` holds the small `mark_*.svg` files."""
    return "\n".join(
        (
            _labels(tokens, colours),
            _frames(tokens, colours),
            _buttons(tokens, colours),
            _pills(tokens, colours),
            _views(tokens, colours),
            _inputs(tokens, colours, marks.as_posix()),  # after the views: a text field is one, but has a frame
            _shell(tokens, colours),
        )
    )


def _labels(t: Tokens, c: Colours) -> str:
    return f"""
QLabel {{ color: {c.ink}; background: transparent; }}
QLabel[role="title"] {{ font-size: {t.font.title}px; font-weight: 700; }}
QLabel[role="section"] {{ font-size: {t.font.section}px; font-weight: 700; }}
QLabel[role="figure"] {{ font-size: {t.font.figure}px; font-weight: 700; }}
QLabel[role="value"] {{ font-size: {t.font.figure + 8}px; font-weight: 700; color: {c.accent_text}; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="muted"] {{ color: {c.ink_2}; }}
QLabel[role="hint"] {{ color: {c.ink_3}; font-size: {t.font.small}px; }}
QLabel[role="tiny"] {{ color: {c.ink_2}; font-size: {t.font.small}px; }}
QLabel[role="accent"] {{ color: {c.accent_text}; font-size: {t.font.small}px; }}
QLabel[role="warn"] {{ color: {c.warm}; }}
QLabel[role="danger"] {{ color: {c.red}; }}
QLabel[role="alarm"] {{ color: {c.red}; font-size: {t.font.section}px; font-weight: 700; }}
QLabel[role="keycap"] {{ color: {c.ink_3}; font-size: {t.font.small}px; border: 1px solid {c.line};
  border-radius: 5px; background: {c.ground}; padding: 0 5px; }}
QToolTip {{ color: {c.toast_ink}; background: {c.toast}; border: 0; padding: 4px 7px; }}
"""


def _frames(t: Tokens, c: Colours) -> str:
    r = t.radius.card
    return f"""
QFrame[card="plain"] {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: {r}px; }}
QFrame[card="tile"] {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: {r - 2}px; }}
QFrame[card="wash"] {{ background: {c.accent_wash}; border: 1px solid {c.accent_line}; border-radius: {r}px; }}
QFrame[card="choice"] {{ background: transparent; border: 1px solid transparent; }}
QFrame[card="choice"]:hover {{ background: {c.hover}; }}
QFrame[card="choice"]:focus {{ border-color: {c.accent}; }}
QFrame[card="stage"] {{ background: {c.stage}; border: 1px solid {c.line}; border-radius: {r}px; }}
QFrame[rule="true"] {{ background: {c.line}; border: 0; min-height: 1px; max-height: 1px; }}
QFrame[row="true"] {{ background: transparent; border: 0; border-top: 1px solid {c.line}; }}
QFrame[row="first"] {{ background: transparent; border: 0; }}
"""


def _buttons(t: Tokens, c: Colours) -> str:
    r = t.radius.control
    return f"""
QPushButton {{ border-radius: {r}px; padding: 4px 10px; font-size: {t.font.small}px; min-height: 16px;
  color: {c.ink}; background: {c.panel}; border: 1px solid {c.line}; }}
QPushButton:hover {{ background: {c.hover}; border-color: {c.line_strong}; }}
QPushButton:pressed {{ background: {c.track}; }}
QPushButton:focus {{ border: 1px solid {c.accent}; }}
QPushButton:disabled {{ color: {c.ink_3}; background: {c.ground}; border-color: {c.line}; }}
QPushButton[kind="primary"] {{ color: {c.on_accent}; background: {c.accent}; border-color: {c.accent}; }}
QPushButton[kind="primary"]:hover {{ background: {c.accent_hover}; border-color: {c.accent_hover}; }}
QPushButton[kind="primary"]:pressed {{ background: {c.accent_pressed}; }}
QPushButton[kind="primary"]:focus {{ border: 1px solid {c.ink}; }}
QPushButton[kind="primary"]:disabled {{ color: {c.ink_3}; background: {c.track}; border-color: {c.track}; }}
QPushButton[kind="danger"] {{ color: #FFFFFF; background: {c.dot_alarm}; border-color: {c.dot_alarm}; }}
QPushButton[kind="danger"]:disabled {{ color: {c.ink_3}; background: {c.track}; border-color: {c.track}; }}
QPushButton[kind="danger"]:focus {{ border: 1px solid {c.ink}; }}
QPushButton[kind="quiet"] {{ color: {c.ink_2}; background: transparent; border-color: transparent; }}
QPushButton[kind="quiet"]:hover {{ color: {c.ink}; background: {c.hover}; }}
QPushButton[kind="quiet"]:focus {{ border-color: {c.accent}; }}
QPushButton[kind="quiet"]:checked {{ color: {c.accent_soft_ink}; background: {c.accent_soft}; }}
QPushButton[kind="link"] {{ color: {c.accent_text}; background: transparent; border-color: transparent;
  padding: 2px 4px; }}
QPushButton[kind="name"] {{ color: {c.ink}; background: transparent; border: none; padding: 0; min-height: 18px;
    font-weight: 700; font-size: {t.font.body}px; text-align: left; }}
QPushButton[kind="name"]:hover, QPushButton[kind="name"]:focus {{ color: {c.accent_text}; }}
QPushButton[kind="link"]:hover {{ background: {c.accent_soft}; }}
QPushButton[kind="link"]:focus {{ border-color: {c.accent}; }}
QPushButton[icon_only="true"] {{ padding: 4px; min-width: 20px; }}
QPushButton[big="true"] {{ padding: 8px 16px; font-size: {t.font.body}px; }}
QPushButton[face="true"] {{ min-width: 72px; max-width: 72px; min-height: 74px; max-height: 74px; padding: 4px; }}
"""


def _pills(t: Tokens, c: Colours) -> str:
    rules = [
        (
            f'QLabel[pill="true"] {{ border-radius: {t.radius.pill}px; padding: 1px 9px; min-height: 18px;'
            f" max-height: 18px; font-size: {t.font.small}px; }}"
        ),
        (
            f'QPushButton[pill="true"] {{ border-radius: {t.radius.pill}px; padding: 1px 9px; min-height: 16px;'
            f" max-height: 16px; font-size: {t.font.small}px; border: 1px solid transparent; }}"
        ),
    ]
    for tone in TONES:
        soft, ink = getattr(c, f"{tone}_soft"), getattr(c, f"{tone}_soft_ink")
        rules.append(
            f'*[pill="true"][tone="{tone}"] {{ background: {soft}; color: {ink}; border-color: transparent; }}'
        )
    rules.append(f'QPushButton[pill="true"]:hover {{ border-color: {c.line_strong}; }}')
    rules.append(f'QPushButton[pill="true"]:focus {{ border-color: {c.accent}; }}')
    return "\n".join(rules)


def _inputs(t: Tokens, c: Colours, marks: str) -> str:
    r = t.radius.control
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {{ background: {c.panel}; color: {c.ink};
  border: 1px solid {c.line}; border-radius: {r}px; padding: 5px 9px; font-size: {t.font.body}px;
  selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QFrame[kind="group"] {{ border: 1px solid {c.line}; border-radius: {r}px; }}
QLineEdit:hover, QPlainTextEdit:hover, QAbstractSpinBox:hover, QComboBox:hover {{ border-color: {c.line_strong}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus
  {{ border-color: {c.accent}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled
  {{ color: {c.ink_3}; background: {c.ground}; }}
QLineEdit[big="true"] {{ font-size: 17px; padding: 9px 13px; }}
QLineEdit[invalid="true"] {{ border-color: {c.red}; }}
QLineEdit[inline="true"], QPlainTextEdit[inline="true"] {{ background: transparent; border-color: transparent;
  padding: 3px 5px; }}
QLineEdit[strong="true"] {{ font-size: {t.font.section}px; font-weight: 700; }}
QLineEdit[inline="true"]:hover, QPlainTextEdit[inline="true"]:hover {{ background: {c.hover}; }}
QLineEdit[inline="true"]:focus, QPlainTextEdit[inline="true"]:focus {{ background: {c.panel};
  border-color: {c.accent}; }}
QComboBox::drop-down, QDateTimeEdit::drop-down {{ border: 0; width: 22px; }}
QAbstractSpinBox QLineEdit {{ background: transparent; border: 0; padding: 0; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ subcontrol-origin: border; border: 0; width: 22px;
  background: transparent; }}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{ background: {c.hover}; }}
QAbstractSpinBox::up-arrow {{ image: url({marks}/mark_up.svg); width: 10px; height: 10px; }}
QAbstractSpinBox::down-arrow {{ image: url({marks}/mark_down.svg); width: 10px; height: 10px; }}
QDateTimeEdit::down-arrow {{ image: url({marks}/mark_down.svg); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ background: {c.panel}; color: {c.ink}; border: 1px solid {c.line};
  selection-background-color: {c.accent_soft}; selection-color: {c.accent_soft_ink}; }}
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {{ width: 14px; height: 14px;
  border: 1px solid {c.line_strong}; background: {c.panel}; }}
QCheckBox::indicator, QAbstractItemView::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: 8px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover, QCheckBox::indicator:focus,
QRadioButton::indicator:focus {{ border-color: {c.accent}; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked, QAbstractItemView::indicator:checked
  {{ background: {c.accent}; border-color: {c.accent}; }}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {{ image: url({marks}/mark_check.svg); }}
QRadioButton::indicator:checked {{ image: url({marks}/mark_radio.svg); }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {c.track}; border-color: {c.line}; }}
QComboBox::down-arrow {{ image: url({marks}/mark_down.svg); width: 14px; height: 14px; }}
QCheckBox, QRadioButton {{ color: {c.ink}; spacing: 8px; background: transparent; }}
QCheckBox:focus, QRadioButton:focus {{ color: {c.accent_text}; }}
"""


def _views(t: Tokens, c: Colours) -> str:
    return f"""
QAbstractScrollArea {{ background: transparent; border: 0; }}
QAbstractItemView {{ background: transparent; color: {c.ink}; border: 0; outline: 0;
  selection-background-color: {c.selected}; selection-color: {c.ink}; }}
QHeaderView::section {{ background: {c.panel}; color: {c.ink_3}; border: 0; padding: 6px 10px;
  border-bottom: 1px solid {c.line}; font-size: {t.font.small}px; }}
QHeaderView[bare="true"], QHeaderView[bare="true"]::section {{ background: transparent; border: 0; padding: 0 4px; }}
QTableView[bare="true"] {{ selection-background-color: transparent; }}
QTableWidget::item {{ padding: 0 10px; }}
QTableCornerButton::section {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle {{ background: {c.line_strong}; border-radius: 3px; min-height: 28px; min-width: 28px; }}
QScrollBar::handle:hover {{ background: {c.ink_3}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {c.track}; border: 0; border-radius: 2px; max-height: 4px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 2px; }}
QMenu {{ background: {c.panel}; color: {c.ink}; border: 1px solid {c.line}; padding: 5px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {c.accent_soft}; color: {c.accent_soft_ink}; }}
QMenu::item:disabled {{ color: {c.ink_3}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QTabBar::tab {{ color: {c.ink_2}; padding: 7px 10px; border: 0; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {c.accent_text}; border-bottom-color: {c.accent}; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {c.line}; }}
QSplitter::handle {{ background: transparent; }}
"""


def _shell(t: Tokens, c: Colours) -> str:
    r = t.radius.card
    return f"""
QMainWindow, QDialog, QWidget[ground="true"] {{ background: {c.ground}; color: {c.ink}; }}
QWidget[rail="true"] {{ background: {c.rail}; }}
QWidget[statusbar="true"] {{ background: {c.panel}; border-top: 1px solid {c.line}; }}
QPushButton[status="true"] {{ color: {c.ink_2}; background: transparent; border: 1px solid transparent;
  border-radius: 5px; padding: 1px 6px; font-size: {t.font.small}px; text-align: left; }}
QPushButton[status="true"]:hover {{ background: {c.hover}; }}
QPushButton[status="true"]:focus {{ border-color: {c.accent}; }}
QFrame[popup="true"] {{ background: {c.panel}; border: 1px solid {c.line_strong}; border-radius: {r}px; }}
QFrame[toast="true"] {{ background: {c.toast}; border: 0; border-radius: {r}px; }}
QFrame[toast="true"] QLabel {{ color: {c.toast_ink}; }}
QFrame[toast="true"] QPushButton {{ color: {c.toast_action}; background: transparent; border: 1px solid transparent;
  font-weight: 700; padding: 3px 8px; }}
QFrame[toast="true"] QPushButton:focus {{ border-color: {c.toast_action}; }}
QPushButton[search="true"] {{ background: {c.panel}; color: {c.ink_3}; border: 1px solid {c.line};
  border-radius: {r - 1}px; text-align: left; padding: 0 12px; }}
QPushButton[search="true"]:hover {{ border-color: {c.line_strong}; }}
QPushButton[search="true"]:focus {{ border-color: {c.accent}; }}
QPushButton[pin="true"] {{ font-size: 20px; border-radius: {r}px; min-height: 44px; min-width: 64px; }}
"""
