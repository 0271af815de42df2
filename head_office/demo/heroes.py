"""The ten clients of 王敏 whom the demo tells stories about, with their whole history relative to `today`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from head_office.demo.births import Birth
from head_office.demo.model import ContactState, Sex


@dataclass(frozen=True, slots=True)
class Bought:
    """`days` before today, the product wanted, what was paid in yuan, and at what minute of the day."""

    days: int
    product: str
    yuan: int
    minute: int = 15 * 60


@dataclass(frozen=True, slots=True)
class Said:
    """A note `days` before today."""

    days: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Hero:
    """One scripted client. `lunar_tomorrow`: her birthday is tomorrow by the lunar calendar."""

    name: str
    sex: Sex
    last4: str
    wechat: str
    birth: Birth
    shoe_size: str
    top_size: str
    contact: ContactState
    channel: str
    preference: str
    tags: tuple[tuple[str, str], ...]
    bought: tuple[Bought, ...]
    said: tuple[Said, ...] = ()
    starred: bool = False
    lunar_tomorrow: bool = False
    born: int = 1985


_GOLD: Final = ("等级", "金卡")

HEROES: Final = (
    Hero(
        "陈雅婷", "female", "5678", "yating_c", Birth("solar", 1991, 3, 8), "37", "M", "marketing", "门店",
        "乐福鞋, 通勤, 偏爱黑色与焦糖", (_GOLD, ("鞋码", "37 码"), ("偏好", "乐福鞋"), ("消费", "价格不敏感")),
        (
            Bought(52, "软底乐福鞋", 569, 14 * 60 + 17), Bought(97, "云感小白鞋", 429), Bought(142,
            "法式碎花连衣裙", 459),
            Bought(187, "便士乐福鞋", 529), Bought(232, "天丝垂感衬衫", 339), Bought(277, "羊毛V领开衫", 399),
            Bought(322, "切尔西短靴", 769), Bought(367, "厚底学院乐福鞋", 599), Bought(412, "垂感阔腿西裤", 359),
            Bought(457, "法式玛丽珍鞋", 499), Bought(502, "双带玛丽珍鞋", 510),
        ),
        (
            Said(2, "message", "发了软底乐福鞋新色的海报和满 400 减 80 的券, 她回了「周末去看看」。"),
            Said(52, "visit", "试了黑色 37 码软底乐福, 走了两圈说不累, 当场买下。左脚略宽, 鞋带款选宽楦。"),
            Said(97, "call", "回访: 鞋跟略紧, 建议放鞋撑, 说下次来店帮她撑。"),
            Said(142, "visit", "陪妹妹一起来的, 妹妹 36 码, 喜欢玛丽珍。"),
            Said(187, "note", "在静安寺附近上班, 每天站着接待客户, 最看重久站不累。"),
            Said(322, "visit", "预算不太在意, 更在意款式是否常青。收银时说不喜欢被催。"),
        ),
        starred=True,
    ),
    Hero(
        "周建国", "male", "7710", "", Birth("lunar"), "42", "XL", "marketing", "门店", "商务正装, 藏青与黑",
        (("偏好", "商务"), ("鞋码", "42 码")),
        (
            Bought(74, "免烫商务衬衫", 329), Bought(206, "商务德比鞋", 699), Bought(318, "针扣牛皮皮带", 239),
            Bought(364, "男士商务西装", 899), Bought(455, "四面弹商务西裤", 375), Bought(640, "英伦便士鞋", 699),
        ),
        (Said(74, "visit", "给自己挑衬衫, 说儿子明年结婚, 到时要一套正装。"), Said(206, "note",
        "只过农历生日, 太太会提前来挑礼物。")),
        lunar_tomorrow=True, born=1968,
    ),
    Hero(
        "林小满", "female", "0921", "xiaoman_lin", Birth("solar", 1998, 5, 21), "36", "S", "marketing", "老带新",
        "小白鞋, 帆布鞋",
        (("互动", "老带新"), ("偏好", "小白鞋"), ("鞋码", "36 码")),
        (Bought(21, "经典帆布鞋", 259), Bought(118, "海魂条纹T恤", 149), Bought(203, "高腰直筒牛仔裤", 329),
        Bought(290, "轻暖短款羽绒服", 784), Bought(388, "撞色后跟小白鞋", 459)),
        (Said(1, "message", "打开了云感小白鞋的分享两次, 还没领券。36 码到货了可以告诉她。"), Said(21, "visit",
        "带同事一起来, 同事也加了微信。")),
    ),
    Hero(
        "赵敏", "female", "3345", "zhaomin_77", Birth("solar", 1977, 10, 2), "38", "L", "one_to_one", "门店",
        "软底单鞋",
        (("状态", "沉睡"), ("鞋码", "38 码")),
        (
            Bought(190, "软底玛丽珍鞋", 479), Bought(262, "羊毛雪地靴", 599), Bought(341, "通勤平底单鞋", 439),
            Bought(430, "粗跟玛丽珍鞋", 559),
            Bought(552, "切尔西短靴", 769), Bought(640, "羊皮一脚蹬", 536), Bought(745, "一字带凉鞋", 399),
        ),
        (Said(190, "visit", "说最近在带外孙, 出来少了。喜欢软底, 不要高跟。"),),
    ),
    Hero(
        "吴佳", "female", "6602", "wujia_j", Birth(month=7), "37", "M", "one_to_one", "小红书", "小白鞋",
        (("状态", "新客"), ("鞋码", "37 码")), (Bought(3, "云感小白鞋", 429),),
        (Said(3, "visit", "小红书看到来的, 第一次进店, 37 码正好。约好三天后问穿着是否合脚。"),), born=1996,
    ),
    Hero(
        "许晨曦", "female", "1180", "chenxi.xu", Birth("solar", 1994, 12, 1), "38", "M", "marketing", "公众号",
        "运动, 跑步",
        (("偏好", "运动"), ("鞋码", "38 码")),
        (Bought(33, "轻羽运动鞋", 359), Bought(131, "速干运动长裤", 269), Bought(240, "缓震跑鞋", 529),
        Bought(365, "夜行反光跑鞋", 489), Bought(480, "云团老爹鞋", 504)),
        (Said(33, "message", "发了跑鞋保养的小贴士, 她说下个月跑半马。"),),
    ),
    Hero(
        "沈一诺", "female", "4423", "yinuo_shen", Birth("solar", 1989, 9, 9), "36", "S", "marketing", "门店",
        "大衣, 羊绒, 成套购买",
        (_GOLD, ("消费", "价格不敏感"), ("鞋码", "36 码")),
        (
            Bought(12, "双面呢系带大衣", 1399), Bought(40, "羊绒高领毛衣", 799), Bought(96, "直筒长靴", 1099),
            Bought(160, "醋酸缎面长裙", 559),
            Bought(251, "水波纹羊绒大衣", 1999), Bought(330, "毛领长款羽绒服", 1399), Bought(420, "通勤托特包",
            699), Bought(515, "骑士长靴", 977),
        ),
        (Said(12, "visit", "试了三件大衣, 选了系带款。喜欢一次配齐, 可以提前把搭配备好。"),), starred=True,
    ),
    Hero(
        "何俊", "male", "2098", "", Birth("solar", 1986, 4, 17), "43", "XL", "one_to_one", "天猫", "大促时囤货",
        (("偏好", "大促型"), ("鞋码", "43 码")), (Bought(96, "重磅纯棉T恤", 159), Bought(375, "缓震跑鞋", 529),
        Bought(540, "流苏乐福鞋", 572)),
        (Said(375, "note", "平时不来, 大促前问一声就好。"),),
    ),
    Hero(
        "唐可", "female", "7781", "tangke", Birth("solar", 1992, 2, 29), "37", "M", "marketing", "视频号",
        "连衣裙, 单鞋",
        (("鞋码", "37 码"), ("偏好", "连衣裙")),
        (Bought(40, "针织打底连衣裙", 399), Bought(152, "波点收腰连衣裙", 449), Bought(260, "双面呢系带大衣",
        1293), Bought(377, "通勤小黑裙", 499)),
        (Said(40, "call", "2 月 29 日生日, 平年提前一天祝福她会很开心。"),),
    ),
    Hero(
        "冯雪", "female", "3367", "fengxue", Birth("solar", 1983, 1, 15), "37", "L", "marketing", "门店", "乐福鞋",
        (("偏好", "乐福鞋"), ("鞋码", "37 码")),
        (Bought(61, "金属扣乐福鞋", 629), Bought(184, "便士乐福鞋", 529), Bought(299, "美利奴基础毛衣", 359),
        Bought(402, "经典帆布鞋", 253)),
        (Said(61, "visit", "金属扣乐福试了 37 和 38, 37 更跟脚。"),),
    ),
)  # fmt: skip
