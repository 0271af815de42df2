"""How consents are worded: for what, by which way, what holds, how it was given."""

from PySide6.QtCore import QCoreApplication

from guide_app.privacy.model import Channel, Purpose, Standing


def purpose_text(purpose: Purpose) -> str:
    """What a consent is for."""
    return {
        "service": QCoreApplication.translate("ConsentWords", "一对一联系"),
        "marketing": QCoreApplication.translate("ConsentWords", "接收优惠"),
        "profiling": QCoreApplication.translate("ConsentWords", "按习惯推荐 (画像)"),
        "sensitive": QCoreApplication.translate("ConsentWords", "敏感信息"),
        "child": QCoreApplication.translate("ConsentWords", "孩子的信息"),
        "share": QCoreApplication.translate("ConsentWords", "提供给他人"),
    }[purpose]


def channel_text(channel: Channel) -> str:
    """By which channel."""
    return {
        "any": QCoreApplication.translate("ConsentWords", "全部渠道"),
        "wechat": QCoreApplication.translate("ConsentWords", "微信"),
        "phone": QCoreApplication.translate("ConsentWords", "电话"),
        "sms": QCoreApplication.translate("ConsentWords", "短信"),
        "visit": QCoreApplication.translate("ConsentWords", "到店"),
    }[channel]


def standing_text(standing: Standing) -> tuple[str, str]:
    """The word for what holds, and the label role that colours it."""
    return {
        "granted": (QCoreApplication.translate("ConsentWords", "同意"), "accent"),
        "withdrawn": (QCoreApplication.translate("ConsentWords", "已撤回"), "danger"),
        "unasked": (QCoreApplication.translate("ConsentWords", "还没问"), "hint"),
    }[standing]


def way_text(way: str) -> str:
    """How a consent was taken down; ways that only head office files are named too."""
    return {
        "spoken": QCoreApplication.translate("ConsentWords", "口头"),
        "paper": QCoreApplication.translate("ConsentWords", "纸质"),
        "scan": QCoreApplication.translate("ConsentWords", "扫码"),
        "page": QCoreApplication.translate("ConsentWords", "本人在页面上"),
        "office": QCoreApplication.translate("ConsentWords", "总部登记"),
    }.get(way, way)


def version_text(version: str) -> str:
    """Which words she was shown; those of the customer's page have a name that head office gives them, `landing-1`."""
    page, _, number = version.rpartition("-")
    if page != "landing":
        return version
    return QCoreApplication.translate("ConsentWords", "领券页告知 {number}").format(number=number)


def proof_text(proof: str) -> str:
    """Where the proof lies; an address of the customer's page is named, what a person wrote stands as it is."""
    if proof == "/privacy":
        return QCoreApplication.translate("ConsentWords", "隐私页面")
    if proof.startswith("/s/"):
        return QCoreApplication.translate("ConsentWords", "领券页面")
    return proof
