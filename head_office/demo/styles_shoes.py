"""Footwear of the demo brand: families and styles."""

from __future__ import annotations

from typing import Final

from head_office.demo import palette as p
from head_office.demo.styles import ALL, AU, SP, SU, WI, Family, K, M, Style, U, W

_LEATHER_CARE: Final = "干布擦净, 定期上鞋油; 避免浸水与暴晒, 阴凉处自然晾干, 不穿时放入鞋撑"
_FABRIC_CARE: Final = "中性洗涤剂与软刷手洗, 不可机洗或漂白, 纸巾裹住阴干以防发黄"
_SUEDE_CARE: Final = "用反绒专用刷顺毛轻刷, 避免沾水; 局部污渍用橡皮擦轻擦"
_BOOT_CARE: Final = "湿布擦净后阴干, 定期上护理膏; 换季收纳时塞入纸团保持靴筒挺括"

SHOES: Final[tuple[Family, ...]] = (
    Family(
        "loafer", "LF", "鞋", "乐福鞋", "shoe", p.LEATHER, ("头层小牛皮", "头层牛皮", "羊皮", "磨砂牛反绒"),
        _LEATHER_CARE,
        ("记忆棉鞋垫", "久站不累", "一脚蹬, 穿脱省心", "手工缝制围条", "软弯折前掌", "防滑橡胶大底",
        "内里亲肤猪皮", "浅口修饰脚背"),
        (
            Style("软底乐福鞋", W, 569, AU, ("小牛皮", "记忆棉鞋垫", "久站不累")),
            Style("便士乐福鞋", W, 529, SP), Style("金属扣乐福鞋", W, 629, AU), Style("流苏乐福鞋", M, 699, AU),
            Style("通勤软皮乐福鞋", M, 659, SP), Style("厚底学院乐福鞋", W, 599, AU), Style("羊皮一脚蹬", W, 549, SP),
            Style("英伦便士鞋", M, 729, ALL),
        ),
    ),
    Family(
        "white_sneaker", "XB", "鞋", "小白鞋", "shoe", p.COURT, ("头层牛皮", "超纤革", "牛皮拼网布"), _FABRIC_CARE,
        ("云感缓震中底", "百搭小白鞋", "透气打孔鞋面", "轻量 EVA 大底", "鞋舌加厚不磨脚", "后跟防磨软垫",
        "湿巾一擦即净"),
        (
            Style("云感小白鞋", U, 429, ALL, ("云感缓震中底", "单只约 260 克", "湿巾一擦即净")),
            Style("极简小白鞋", W, 399, SP), Style("撞色后跟小白鞋", W, 459, SP), Style("生胶底小白鞋", U, 469, ALL),
            Style("枫叶标小白鞋", U, 439, SP), Style("软皮透气小白鞋", M, 459, SU), Style("厚底增高小白鞋", W,
            489, SP),
        ),
    ),
    Family(
        "dad_shoe", "LD", "鞋", "老爹鞋", "shoe", p.SPORT, ("牛反绒拼网布", "超纤革拼织物"), _FABRIC_CARE,
        ("波浪缓震大底", "约 5 cm 隐形增高", "多层拼接鞋面", "宽楦不挤脚", "防滑耐磨橡胶", "后跟稳定片"),
        (
            Style("复古老爹鞋", U, 499, ALL, ("波浪缓震大底", "约 5 cm 隐形增高", "宽楦不挤脚")),
            Style("云团老爹鞋", W, 529, SP), Style("山系老爹鞋", M, 559, AU), Style("奶油拼色老爹鞋", W, 519, SP),
            Style("轻量老爹鞋", U, 479, SU),
        ),
    ),
    Family(
        "runner", "YD", "鞋", "运动鞋", "shoe", p.SPORT, ("飞织鞋面", "工程网布", "飞织拼热熔膜"), _FABRIC_CARE,
        ("飞织一体鞋面", "弧形滚动中底", "单只约 210 克", "晨跑通勤两穿", "反光条夜行可见", "抗菌鞋垫可拆洗",
        "后跟提带好穿脱"),
        (
            Style("轻羽运动鞋", U, 359, ALL, ("飞织一体鞋面", "单只约 210 克", "晨跑通勤两穿")),
            Style("回弹慢跑鞋", M, 459, SP), Style("透气健步鞋", W, 399, SU), Style("缓震跑鞋", U, 529, AU),
            Style("爸爸健步鞋", M, 429, ALL), Style("妈妈健步鞋", W, 399, ALL), Style("夜行反光跑鞋", U, 489, WI),
        ),
    ),
    Family(
        "canvas", "FB", "鞋", "帆布鞋", "shoe", p.CANVAS, ("12 安棉帆布", "水洗帆布", "再生棉帆布"), _FABRIC_CARE,
        ("硫化工艺大底", "加厚棉帆布", "橡胶鞋头耐踢", "可拆鞋垫", "透气孔设计", "经典围条"),
        (
            Style("经典帆布鞋", U, 259, ALL), Style("高帮帆布鞋", U, 289, SP), Style("水洗复古帆布鞋", U, 299, SP),
            Style("厚底帆布鞋", W, 319, SU), Style("枫叶高帮帆布鞋", U, 309, AU), Style("再生棉帆布鞋", U, 329, SU),
        ),
    ),
    Family(
        "skate", "BX", "鞋", "板鞋", "shoe", p.CANVAS, ("牛反绒", "牛反绒拼帆布"), _SUEDE_CARE,
        ("反绒耐磨鞋头", "加厚鞋舌", "平底抓地", "校园百搭", "双车线加固"),
        (
            Style("街头反绒板鞋", U, 369, AU), Style("波浪拼色板鞋", U, 389, SP), Style("低帮休闲板鞋", M, 379, ALL),
            Style("软底板鞋", W, 359, SP),
        ),
    ),
    Family(
        "kids", "TX", "鞋", "童鞋", "shoe", p.PLAY, ("超纤革", "透气网布拼革"), _FABRIC_CARE,
        ("双魔术贴好穿脱", "包头防踢", "宽头软底", "夜间反光后跟", "抗菌鞋垫", "弯折在前三分之一处"),
        (
            Style("小枫机能鞋", K, 269, ALL), Style("魔术贴小白鞋", K, 249, SP), Style("宽头学步鞋", K, 239, SP),
            Style("彩虹运动童鞋", K, 279, SU), Style("加绒童鞋", K, 299, WI), Style("校园软底童鞋", K, 259, AU),
        ),
    ),
    Family(
        "derby", "DB", "鞋", "德比鞋", "shoe", p.LEATHER, ("头层小牛皮", "水染牛皮", "油蜡牛皮"), _LEATHER_CARE,
        ("开放式鞋襟易调节", "商务通勤皆宜", "固特异工艺缝线", "天然橡胶底", "透气猪皮内里", "可换鞋垫"),
        (
            Style("商务德比鞋", M, 699, ALL, ("头层小牛皮", "开放式鞋襟易调节", "天然橡胶底")),
            Style("布洛克德比鞋", M, 759, AU), Style("三接头德比鞋", M, 799, ALL), Style("轻商务德比鞋", M, 629, SP),
            Style("厚底女士德比鞋", W, 649, AU), Style("油蜡复古德比鞋", M, 829, WI),
        ),
    ),
    Family(
        "mary_jane", "ML", "鞋", "玛丽珍鞋", "shoe", p.SOFT_LEATHER, ("漆皮牛皮", "软羊皮", "头层牛皮"),
        _LEATHER_CARE,
        ("圆头显脚小", "金属扣可调", "约 4 cm 粗跟稳当", "软羊皮内里", "复古法式", "防滑贴片"),
        (
            Style("法式玛丽珍鞋", W, 499, SP), Style("双带玛丽珍鞋", W, 529, AU), Style("粗跟玛丽珍鞋", W, 559, AU),
            Style("漆皮玛丽珍鞋", W, 569, WI), Style("软底玛丽珍鞋", W, 479, SP),
        ),
    ),
    Family(
        "ballet", "BL", "鞋", "芭蕾鞋", "shoe", p.SOFT_LEATHER, ("软羊皮", "小牛皮", "缎面织物"), _LEATHER_CARE,
        ("可弯折软底", "蝴蝶结装饰", "收纳袋随包带", "浅口显腿长", "内增高 1 cm", "乳胶鞋垫"),
        (
            Style("蝴蝶结芭蕾鞋", W, 429, SP), Style("拼色芭蕾鞋", W, 469, SP), Style("折叠软底芭蕾鞋", W, 399, SU),
            Style("缎面芭蕾鞋", W, 459, SU), Style("通勤平底单鞋", W, 439, ALL),
        ),
    ),
    Family(
        "pump", "GG", "鞋", "高跟鞋", "shoe", p.SOFT_LEATHER, ("小牛皮", "羊反绒", "漆皮牛皮"), _LEATHER_CARE,
        ("重心居中好走", "尖头修饰脚型", "乳胶前掌垫", "静音天皮", "约 6 cm 跟高", "职场与宴会两穿"),
        (
            Style("通勤尖头高跟鞋", W, 559, ALL), Style("粗跟尖头单鞋", W, 539, SP), Style("羊反绒细跟鞋", W,
            629, AU),
            Style("一字带高跟鞋", W, 599, SU), Style("漆皮宴会高跟鞋", W, 659, WI),
        ),
    ),
    Family(
        "chelsea", "QX", "鞋", "切尔西靴", "shoe", p.LEATHER, ("头层牛皮", "牛反绒", "油蜡牛皮"), _BOOT_CARE,
        ("两侧松紧好穿脱", "后提带设计", "防滑齿纹底", "薄绒内里", "显腿直靴筒", "约 4 cm 跟高"),
        (
            Style("切尔西短靴", W, 769, AU, ("头层牛皮", "两侧松紧好穿脱", "显腿直靴筒")),
            Style("男士切尔西靴", M, 829, AU), Style("厚底切尔西靴", W, 799, WI), Style("反绒切尔西靴", U, 759, AU),
            Style("薄绒切尔西靴", W, 819, WI),
        ),
    ),
    Family(
        "martin", "MD", "鞋", "马丁靴", "shoe", p.LEATHER, ("擦色牛皮", "头层牛皮", "油蜡牛皮"), _BOOT_CARE,
        ("八孔系带包裹好", "黄线车缝", "齿纹厚底防滑", "侧拉链快穿", "加绒内里可选", "越穿越服帖"),
        (
            Style("八孔马丁靴", U, 699, AU), Style("厚底马丁靴", W, 729, WI), Style("侧拉链马丁靴", W, 719, AU),
            Style("工装马丁靴", M, 789, WI), Style("擦色复古马丁靴", U, 749, AU),
        ),
    ),
    Family(
        "snow_boot", "XD", "鞋", "雪地靴", "shoe", ("驼色", "黑色", "奶咖", "炭灰", "米白", "豆沙粉"),
        ("羊皮毛一体", "防泼水织物", "牛反绒"), _SUEDE_CARE,
        ("羊毛内里", "防泼水鞋面", "橡胶包边防湿", "零下也暖脚", "宽楦可穿厚袜", "防滑冰面齿纹"),
        (
            Style("羊毛雪地靴", W, 599, WI), Style("短筒雪地靴", W, 539, WI), Style("绗缝防泼水雪靴", U, 569, WI),
            Style("男士羊毛短靴", M, 659, WI), Style("儿童雪地靴", K, 329, WI),
        ),
    ),
    Family(
        "long_boot", "CX", "鞋", "长筒靴", "shoe", p.LEATHER, ("头层牛皮", "弹力羊反绒"), _BOOT_CARE,
        ("侧拉链易穿脱", "靴筒可调", "显瘦直筒", "薄绒内里", "约 5 cm 方跟"),
        (
            Style("直筒长靴", W, 1099, WI), Style("骑士长靴", W, 1199, AU), Style("弹力瘦瘦靴", W, 1039, WI),
            Style("方跟长筒靴", W, 1159, WI),
        ),
    ),
    Family(
        "sandal", "LX", "鞋", "凉鞋", "shoe", p.SOFT_LEATHER, ("牛皮", "羊皮", "编织革"), _LEATHER_CARE,
        ("乳胶软垫", "脚踝扣可调", "软木贴脚底", "海边不怕水", "轻便好收纳", "方跟稳当"),
        (
            Style("罗马凉鞋", W, 359, SU), Style("一字带凉鞋", W, 399, SU), Style("方跟凉鞋", W, 429, SU),
            Style("软木凉鞋", W, 379, SU), Style("交叉带凉鞋", W, 389, SU), Style("男士皮凉鞋", M, 459, SU),
        ),
    ),
    Family(
        "slide", "TT", "鞋", "拖鞋", "shoe", ("黑色", "棕色", "米白", "军绿", "奶咖", "藏青"), ("EVA 一体成型",
        "软木拼牛皮", "牛反绒"), "清水冲洗, 阴干; 软木部分避免长时间浸泡",
        ("双扣可调", "贴脚软木", "一体成型防滑", "居家外穿两用", "厚底软弹"),
        (
            Style("双扣软木拖鞋", U, 269, SU), Style("云朵厚底拖鞋", U, 129, SU), Style("宽带凉拖", M, 199, SU),
            Style("外穿软木拖", W, 279, SU),
        ),
    ),
)  # fmt: skip
