"""What went wrong, in the language in force.

An error carries its sentence as a template with the figures beside it, so that it is translated like any phrase;
`python -m ui.kit.strings` collects the templates. Of what head office answered only the code is known: the sentences of
codes that cross the wire stand once, in `guide_app.protocol.problems`. Those of a round of sync, and what to do about
either, stand here by code; the core's own sentence, which may name an address, is for the log and the command line.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from guide_app.base.errors import GuideError
from guide_app.base.phrase import Phrase
from guide_app.protocol.problems import PROBLEMS
from guide_app.protocol.ways_out import WAYS_OUT
from ui.kit.i18n import PHRASE_CONTEXT, say

_FULL_STOP = "\u3002"  # Chinese sentences follow each other without a blank


@dataclass(frozen=True, slots=True)
class Told:
    """What happened, and what to do; either may be empty."""

    sentence: str
    way_out: str = ""

    def __str__(self) -> str:
        between = "" if self.sentence.endswith(_FULL_STOP) else " "
        return between.join(part for part in (self.sentence, self.way_out) if part)


def problem_words(code: str) -> str:
    """The sentence for a code; a general one for a code that this program does not know."""
    if code in PROBLEMS:
        return say(Phrase(PROBLEMS[code].sentence))
    here = _made_here().get(code)
    return (
        here.sentence
        if here is not None
        else QCoreApplication.translate("Problem", "总部没有接受（{code}）。").format(code=code or "—")
    )


def way_out_words(code: str) -> str:
    """What to do about a code of the table; empty for another."""
    return say(Phrase(WAYS_OUT[code])) if code in WAYS_OUT else ""


def trouble_words(code: str, said: str) -> Told:
    """What to say of a round of sync that ended with `code`; `said` (the core's own words) for a code unknown here."""
    here = _made_here().get(code)
    if here is not None:
        return here
    if code in PROBLEMS:
        return Told(problem_words(code), way_out_words(code))
    return Told(said)


def error_words(error: GuideError) -> Told:
    """An error in the language in force: its own words, which say most, else those of its code."""
    if _translated() and not _said(error.said) and _known(error.code):
        return trouble_words(error.code, str(error))
    return Told(say(error.said), say(error.remedy) or way_out_words(error.code))


def _known(code: str) -> bool:
    return code in PROBLEMS or code in _made_here()


def _translated() -> bool:
    return _said(Phrase(PROBLEMS["office.busy"].sentence))


def _said(phrase: Phrase) -> bool:
    """Whether the language in force has words of its own for a template."""
    return QCoreApplication.translate(PHRASE_CONTEXT, phrase.template) != phrase.template


def made_here() -> frozenset[str]:
    """The codes of this PC's own that have words."""
    return frozenset(_made_here())


def _made_here() -> Mapping[str, Told]:
    """Codes that arise on this PC, and those of head office that stop sync altogether."""
    translate = QCoreApplication.translate
    kept = translate("Problem", "所有工作都已保存在本机，会自动重试。")
    it_staff = translate("Problem", "请联系总部信息部门。")
    code_wanted = translate("Problem", "请店长向总部要一个新的登记码，再点「重新接入」；未上交的修改会保留。")
    return {
        "office.unreachable": Told(translate("Problem", "连不上总部。"), kept),
        "office.timeout": Told(translate("Problem", "总部迟迟没有答完。"), kept),
        "office.busy": Told(translate("Problem", "总部暂时繁忙。"), kept),
        "office.redirect": Told(translate("Problem", "网络把请求转到了别处，可能需要先登录商场的无线网。"), kept),
        "office.foreign": Told(translate("Problem", "回答的不是总部，可能是商场无线网的登录页。"), kept),
        "office.corrupt": Told(translate("Problem", "总部的回答在路上损坏了。"), kept),
        "office.malformed": Told(translate("Problem", "总部的回答读不懂。"), kept),
        "office.too_large": Told(translate("Problem", "总部的回答太大，已中止。"), kept),
        "office.stale": Told(translate("Problem", "网络给的是以前的回答，不是总部现在的。"), kept),
        "office.restored": Told(translate("Problem", "总部的数据刚刚恢复过，稍后重新核对。"), kept),
        "office.tls": Told(translate("Problem", "总部的证书不可信，连接已中止。"), it_staff),
        "office.clock": Told(
            translate("Problem", "电脑时间不对，无法安全连接总部。"),
            translate("Problem", "请校正这台电脑的日期和时间，再点「立即同步」。"),
        ),
        "sync.failed": Told(
            translate("Problem", "同步出错。"),
            translate("Problem", "程序会自动再试；若仍不行，请把「设置」里的日志发给总部支持。"),
        ),
        "mutation.gap": Told(translate("Problem", "总部缺少的修改，本机也不再保留。"), it_staff),
        "device.forked": Told(
            translate("Problem", "这台电脑的数据曾被复制或从备份恢复，总部已有这里没有的修改。"), code_wanted
        ),
        "device.revoked": Told(
            translate("Problem", "总部已停用这台电脑，本机的客户资料会被清除。"),
            translate("Problem", "如需继续使用，请店长向总部要一个新的登记码。"),
        ),
        "auth.invalid": Told(translate("Problem", "总部不再认得这台电脑的凭证。"), code_wanted),
        "auth.missing": Told(translate("Problem", "总部不再认得这台电脑的凭证。"), code_wanted),
        "schema.unsupported": Told(
            translate("Problem", "这台电脑的程序与总部的版本相差太大。"),
            translate("Problem", "请升级导购台；未上交的修改会在升级后照常上交。"),
        ),
        "pictures.io": Told(
            translate("Problem", "商品图片写不进磁盘，已暂停接收；资料照常同步。"),
            translate("Problem", "请检查图片目录。"),
        ),
        "pictures.no_room": Told(
            translate("Problem", "磁盘空间不足，商品图片暂停接收；资料照常同步。"),
            translate("Problem", "请腾出磁盘空间。"),
        ),
    }
