"""Bottoms, dresses and accessories of the demo brand: families and styles."""

from __future__ import annotations

from typing import Final

from head_office.demo import palette as p
from head_office.demo.styles import ALL, AU, SP, SU, WI, Family, M, Style, U, W

_COTTON_CARE: Final = "30 ℃ 以下机洗, 深浅分开; 反面晾晒, 中温熨烫, 不可漂白"
_DENIM_CARE: Final = "首次单独冷水反面洗, 深色会有轻微落色; 悬挂晾干, 不可暴晒"
_WOVEN_CARE: Final = "轻柔机洗或手洗, 低温隔布熨烫, 悬挂晾干"
_BAG_CARE: Final = "软布擦净, 远离尖锐物与湿气; 不用时填充纸团放入防尘袋"
_YARN_CARE: Final = "冷水手洗, 平铺晾干, 不可拧绞"

MORE: Final[tuple[Family, ...]] = (
    Family(
        "jeans", "NZ", "服装", "牛仔裤", "inch", p.DENIM, ("棉 98% 氨纶 2%", "棉 100% 14 安斯",
        "棉 70% 天丝 30%"), _DENIM_CARE,
        ("高腰收腹", "微弹不紧绷", "直筒显腿长", "水洗柔软", "加绒内里可选", "不易变形"),
        (
            Style("高腰直筒牛仔裤", W, 329, ALL), Style("微喇牛仔裤", W, 349, SP), Style("阔腿牛仔裤", W, 359, SU),
            Style("男士修身牛仔裤", M, 369, ALL), Style("男士直筒牛仔裤", M, 359, ALL), Style("九分小脚牛仔裤",
            W, 319, SP),
        ),
    ),
    Family(
        "trousers", "XK", "服装", "西裤", "waist", p.PANTS, ("羊毛 45% 聚酯纤维 55%", "四面弹聚酯纤维",
        "天丝混纺"), _WOVEN_CARE,
        ("免烫中缝", "四面弹", "垂感显瘦", "防走光内衬", "可机洗", "腰头隐形松紧"),
        (
            Style("免烫直筒西裤", M, 369, ALL), Style("四面弹商务西裤", M, 399, ALL), Style("垂感阔腿西裤", W,
            359, SP),
            Style("九分烟管裤", W, 339, SP), Style("羊毛混纺西裤", W, 429, AU),
        ),
    ),
    Family(
        "joggers", "XX", "服装", "休闲裤", "letter", p.PANTS, ("棉 80% 聚酯纤维 20%", "锦纶速干"), _COTTON_CARE,
        ("罗纹收脚", "抽绳腰头", "速干透气", "侧袋带拉链", "抓绒保暖"),
        (
            Style("束脚休闲裤", U, 249, ALL), Style("速干运动长裤", M, 269, SU), Style("抓绒卫裤", U, 279, WI),
            Style("女士直筒卫裤", W, 239, SP),
        ),
    ),
    Family(
        "shorts", "DK", "服装", "短裤", "letter", ("卡其", "藏青", "黑色", "军绿", "燕麦", "雾霾蓝"),
        ("棉 97% 氨纶 3%", "亚麻混纺", "锦纶速干"), _COTTON_CARE,
        ("五分不挑腿", "速干面料", "大口袋", "腰头松紧"),
        (Style("男士五分短裤", M, 199, SU), Style("亚麻休闲短裤", W, 219, SU), Style("速干运动短裤", U, 169, SU)),
    ),
    Family(
        "skirt", "BQ", "服装", "半裙", "waist", p.SKIRTS, ("聚酯纤维 100% 压褶", "羊毛混纺", "天丝牛仔",
        "缎面醋酸"), _WOVEN_CARE,
        ("高腰显腿长", "定型压褶", "隐形侧拉链", "有内衬不透", "松紧后腰"),
        (
            Style("百褶半裙", W, 299, SP), Style("格纹A字半裙", W, 329, AU), Style("缎面鱼尾半裙", W, 359, SU),
            Style("排扣牛仔半裙", W, 289, SP), Style("羊毛包臀裙", W, 379, WI),
        ),
    ),
    Family(
        "dress", "LQ", "服装", "连衣裙", "tailored", p.SKIRTS, ("雪纺", "天丝棉", "醋酸缎面", "真丝混纺"),
        _WOVEN_CARE,
        ("收腰显瘦", "可拆腰带", "有内衬不透", "隐形口袋", "垂坠不易皱", "一件成套"),
        (
            Style("法式碎花连衣裙", W, 459, SU), Style("衬衫式连衣裙", W, 429, SP), Style("波点收腰连衣裙", W,
            449, SU),
            Style("醋酸缎面长裙", W, 559, SU), Style("针织打底连衣裙", W, 399, AU), Style("通勤小黑裙", W, 499, ALL),
        ),
    ),
    Family(
        "tote", "TB", "配饰", "托特包", "one", p.LEATHER, ("头层牛皮", "帆布拼牛皮", "荔枝纹牛皮"), _BAG_CARE,
        ("可放 14 寸电脑", "内袋拉链", "可肩背", "底部脚钉", "荔枝纹耐刮"),
        (Style("通勤托特包", W, 699, ALL), Style("荔枝纹大容量托特", W, 759, AU), Style("帆布拼皮托特", U, 429, SU)),
    ),
    Family(
        "crossbody", "XJ", "配饰", "斜挎包", "one", p.SOFT_LEATHER, ("小牛皮", "羊皮菱格", "荔枝纹牛皮"), _BAG_CARE,
        ("肩带可调", "磁扣翻盖", "菱格绗缝", "手机卡包全装下"),
        (Style("翻盖斜挎小包", W, 499, ALL), Style("菱格链条包", W, 629, AU), Style("软皮腋下包", W, 559, SP)),
    ),
    Family(
        "backpack", "SB", "配饰", "双肩包", "one", ("黑色", "藏青", "军绿", "炭灰", "卡其", "雾霾蓝"),
        ("防泼水尼龙", "高密涤纶"), "湿布擦拭, 不可机洗",
        ("15.6 寸电脑隔层", "防泼水", "拉杆箱固定带", "减负肩带"),
        (Style("通勤双肩包", U, 329, ALL), Style("校园双肩包", U, 259, AU), Style("机能双肩包", M, 399, SP)),
    ),
    Family(
        "belt", "PD", "配饰", "皮带", "belt", p.BELTS, ("头层牛皮", "二层牛皮贴膜"), "干布擦拭, 悬挂收纳",
        ("针扣可裁剪", "边油精细", "扣头哑光不易花", "礼盒装"),
        (Style("针扣牛皮皮带", M, 239, ALL), Style("商务自动扣皮带", M, 269, ALL), Style("女士细皮带", W, 159, ALL)),
    ),
    Family(
        "cap", "MZ", "配饰", "帽", "one", p.SMALL, ("棉斜纹", "速干涤纶"), "冷水手洗, 撑形阴干",
        ("可调帽围", "软顶不压头", "枫叶刺绣", "速干吸汗带"),
        (Style("枫叶棒球帽", U, 119, ALL), Style("水洗软顶棒球帽", U, 109, SP), Style("速干运动帽", U, 99, SU)),
    ),
    Family(
        "beanie", "ZM", "配饰", "针织帽", "one", p.SMALL, ("羊毛 50% 腈纶 50%", "腈纶 100%"), _YARN_CARE,
        ("双层加厚", "护耳翻边", "毛球可拆", "不扎额头"),
        (Style("毛球针织帽", W, 129, WI), Style("翻边冷帽", U, 99, WI), Style("羊毛混纺针织帽", U, 139, WI)),
    ),
    Family(
        "scarf", "WJ", "配饰", "围巾", "one", p.SMALL, ("羊毛 100%", "羊绒 30% 羊毛 70%"),
        "建议干洗或冷水手洗, 平铺晾干",
        ("加长可披", "手工流苏", "亲肤不扎", "礼盒装"),
        (Style("格纹羊毛围巾", U, 259, WI), Style("羊绒混纺围巾", W, 399, WI), Style("条纹针织围巾", U, 189, AU)),
    ),
    Family(
        "socks", "WZ", "配饰", "袜", "one", p.SMALL, ("精梳棉 80% 聚酯纤维 15% 氨纶 5%", "羊毛混纺"),
        "30 ℃ 以下机洗, 成对晾晒",
        ("加厚毛圈底", "不勒口", "抗菌防臭", "三双装"),
        (
            Style("精梳棉中筒袜三双装", U, 59, ALL), Style("船袜五双装", U, 69, SU), Style("羊毛保暖袜", U, 79, WI),
            Style("波点中筒袜", W, 39, SP), Style("商务棉袜三双装", M, 65, ALL),
        ),
    ),
)  # fmt: skip
