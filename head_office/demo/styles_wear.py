"""Tops and outer layers of the demo brand: families and styles."""

from __future__ import annotations

from typing import Final

from head_office.demo import palette as p
from head_office.demo.styles import ALL, AU, SP, SU, WI, Family, M, Style, U, W

_COTTON_CARE: Final = "30 ℃ 以下机洗, 深浅分开; 反面晾晒, 中温熨烫, 不可漂白"
_KNIT_CARE: Final = "手洗或装入洗衣袋轻柔洗, 平铺晾干, 不可悬挂, 低温隔布熨烫"
_WOOL_CARE: Final = "建议干洗; 不可机洗, 低温蒸汽熨烫, 换季放防蛀袋收纳"
_DOWN_CARE: Final = "羽绒专用洗涤剂轻柔水洗, 低温烘干或阴干后拍打恢复蓬松, 不可干洗"

WEAR: Final[tuple[Family, ...]] = (
    Family(
        "tshirt", "TS", "服装", "T恤", "letter", p.JERSEY, ("新疆长绒棉 100%", "精梳棉 95% 氨纶 5%", "莫代尔棉"),
        _COTTON_CARE,
        ("230 克重磅不透", "领口包条不变形", "凉感亲肤", "落肩宽松", "小标刺绣", "机洗不易起球"),
        (
            Style("重磅纯棉T恤", U, 159, SU), Style("枫叶印花T恤", U, 169, SU), Style("海魂条纹T恤", W, 149, SU),
            Style("凉感圆领T恤", M, 139, SU), Style("口袋T恤", U, 149, SP), Style("落肩宽松T恤", U, 169, SU),
            Style("莫代尔打底T恤", W, 129, ALL),
        ),
    ),
    Family(
        "polo", "PL", "服装", "POLO衫", "letter", p.JERSEY, ("珠地棉", "桑蚕丝棉"), _COTTON_CARE,
        ("珠地网眼透气", "撞色罗纹领", "不卷边", "商务休闲两穿", "小标刺绣"),
        (
            Style("珠地POLO衫", M, 229, SU), Style("撞色领POLO衫", M, 239, SU), Style("桑蚕丝POLO衫", M, 359, SU),
            Style("女士短款POLO", W, 199, SU),
        ),
    ),
    Family(
        "shirt", "CS", "服装", "衬衫", "letter", p.SHIRTING, ("纯棉 80 支", "天丝棉", "牛津纺", "亚麻混纺"),
        _COTTON_CARE,
        ("易打理免烫", "双层领座挺括", "贝壳扣", "透气不闷", "可单穿可叠穿", "后背褶活动自如"),
        (
            Style("免烫商务衬衫", M, 329, ALL), Style("牛津纺衬衫", M, 289, SP), Style("条纹通勤衬衫", W, 299, SP),
            Style("天丝垂感衬衫", W, 339, SP), Style("格纹休闲衬衫", U, 269, AU), Style("亚麻度假衬衫", U, 319, SU),
        ),
    ),
    Family(
        "sweatshirt", "WY", "服装", "卫衣", "letter", p.JERSEY, ("棉 80% 聚酯纤维 20% 毛圈", "抓绒棉"), _COTTON_CARE,
        ("380 克毛圈布", "罗纹收口", "抓绒保暖", "落肩不显壮", "枫叶胶印"),
        (
            Style("圆领毛圈卫衣", U, 259, SP), Style("枫叶抓绒卫衣", U, 299, AU), Style("拼色卫衣", U, 279, AU),
            Style("短款卫衣", W, 249, SP),
        ),
    ),
    Family(
        "hoodie", "LM", "服装", "连帽卫衣", "letter", p.JERSEY, ("棉 80% 聚酯纤维 20% 毛圈", "抓绒棉"), _COTTON_CARE,
        ("双层挺括帽", "袋鼠口袋", "抽绳可调", "加厚抓绒", "宽松落肩"),
        (
            Style("经典连帽卫衣", U, 319, SP), Style("加绒连帽卫衣", U, 359, WI), Style("枫叶刺绣帽衫", U, 339, AU),
            Style("轻薄防晒帽衫", U, 299, SU),
        ),
    ),
    Family(
        "pullover", "ZZ", "服装", "针织衫", "letter", p.YARN, ("羊毛 70% 羊绒 30%", "美利奴羊毛 100%",
        "棉 60% 粘纤 40%", "羊绒 100%"), _KNIT_CARE,
        ("16 针细密亲肤", "不扎脖", "麻花立体编织", "半高领护颈", "抗起球整理", "罗纹收口不松"),
        (
            Style("麻花圆领针织衫", W, 399, AU), Style("美利奴基础毛衣", U, 359, AU), Style("羊绒高领毛衣", W,
            799, WI),
            Style("提花圆领毛衣", U, 429, WI), Style("条纹针织衫", W, 329, SP), Style("男士羊绒圆领衫", M, 899, WI),
            Style("短款针织上衣", W, 299, SP),
        ),
    ),
    Family(
        "cardigan", "KS", "服装", "开衫", "letter", p.YARN, ("羊毛 50% 腈纶 50%", "美利奴羊毛 100%", "棉麻混纺"),
        _KNIT_CARE,
        ("撞色门襟", "空调房可披", "菱格提花", "V 领修饰颈线", "木纹扣"),
        (
            Style("菱格开衫", W, 369, AU), Style("羊毛V领开衫", W, 399, AU), Style("撞色门襟开衫", W, 379, SP),
            Style("男士商务开衫", M, 459, AU),
        ),
    ),
    Family(
        "waistcoat", "MJ", "服装", "针织马甲", "letter", p.YARN, ("羊毛 50% 腈纶 50%", "棉 100%"), _KNIT_CARE,
        ("学院菱格", "叠穿不臃肿", "V 领", "宽罗纹下摆"),
        (Style("学院菱格马甲", U, 269, AU), Style("麻花针织马甲", W, 289, SP), Style("男士羊毛马甲", M, 299, AU)),
    ),
    Family(
        "jacket", "JK", "服装", "夹克", "letter", p.SHELL, ("锦纶混纺", "棉锦斜纹", "三防面料"),
        "30 ℃ 以下轻柔机洗, 拉上拉链反面洗, 阴干",
        ("三防面料", "立体剪裁", "螺纹收口", "斜插袋", "轻薄可收纳", "通勤休闲两穿"),
        (
            Style("轻商务夹克", M, 499, SP), Style("螺纹飞行夹克", U, 539, AU), Style("三防机能夹克", U, 599, AU),
            Style("拼色棒球夹克", U, 459, SP), Style("女士短款夹克", W, 479, SP), Style("爸爸立领夹克", M, 459, ALL),
        ),
    ),
    Family(
        "denim_jacket", "NJ", "服装", "牛仔夹克", "letter", p.DENIM, ("棉 100% 12.5 安斯", "棉 98% 氨纶 2%"),
        "首次单独冷水洗, 反面晾晒, 深色会有轻微落色",
        ("水洗做旧", "铜扣门襟", "双胸袋", "撞色车线", "短款显高"),
        (Style("经典牛仔夹克", U, 429, SP), Style("短款牛仔外套", W, 399, SP), Style("做旧牛仔夹克", M, 459, AU)),
    ),
    Family(
        "blazer", "XZ", "服装", "西装", "tailored", ("藏青", "炭灰", "黑色", "驼色", "燕麦", "松针绿"),
        ("羊毛 50% 聚酯纤维 50%", "羊毛混纺格纹", "天丝混纺"), _WOOL_CARE,
        ("半麻衬挺括", "四面弹", "双开衩", "可机洗面料", "通勤一件成套", "枪驳领"),
        (
            Style("通勤单排扣西装", W, 699, SP), Style("双排扣格纹西装", W, 799, AU), Style("男士商务西装", M,
            999, ALL),
            Style("四面弹轻西装", M, 799, SP), Style("垂感休闲西装", W, 659, SP),
        ),
    ),
    Family(
        "coat", "DY", "服装", "大衣", "tailored", p.COATING, ("双面羊毛 100%", "羊毛 90% 羊绒 10%"), _WOOL_CARE,
        ("双面呢手工缝制", "一衣带水波纹", "系带收腰", "落肩茧型", "零下可穿", "深口袋"),
        (
            Style("双面呢系带大衣", W, 1399, WI), Style("茧型羊毛大衣", W, 1299, WI), Style("男士双面呢大衣", M,
            1599, WI),
            Style("水波纹羊绒大衣", W, 1999, WI), Style("短款羊毛大衣", W, 1099, AU),
        ),
    ),
    Family(
        "trench", "FY", "服装", "风衣", "tailored", ("卡其", "黑色", "藏青", "奶咖", "军绿"),
        ("棉 65% 聚酯纤维 35% 防泼水", "高密斜纹棉"), "建议干洗; 小面积污渍湿布擦拭, 中温熨烫",
        ("防泼水", "枪挡与肩袢", "可拆腰带", "后开衩", "经典双排扣"),
        (Style("经典双排扣风衣", W, 899, SP), Style("中长款风衣", W, 829, AU), Style("男士轻风衣", M, 959, SP)),
    ),
    Family(
        "down_jacket", "YR", "服装", "羽绒服", "letter", p.DOWN, ("90% 白鸭绒, 充绒 150 克",
        "90% 白鹅绒, 充绒 180 克", "轻量 90 绒"), _DOWN_CARE,
        ("90 绒蓬松", "防钻绒里布", "防泼水", "可拆帽毛领", "两侧拉链袋", "零下 10 ℃ 可穿"),
        (
            Style("轻暖短款羽绒服", W, 799, WI), Style("连帽长款羽绒服", W, 1199, WI), Style("鹅绒立领羽绒服", M,
            1299, WI),
            Style("面包羽绒服", W, 899, WI), Style("男士轻薄羽绒", M, 699, AU), Style("毛领长款羽绒服", W, 1399, WI),
        ),
    ),
    Family(
        "down_vest", "YM", "服装", "羽绒马甲", "letter", p.DOWN, ("轻量 90 绒, 充绒 70 克", "90% 白鸭绒"), _DOWN_CARE,
        ("办公室叠穿", "可收纳成小包", "立领护颈", "轻至 280 克"),
        (Style("轻薄羽绒马甲", U, 399, AU), Style("立领羽绒马甲", M, 429, AU), Style("短款羽绒马甲", W, 419, WI)),
    ),
    Family(
        "camisole", "ND", "内衣", "内衣", "letter", p.SKIN, ("莫代尔 92% 氨纶 8%", "桑蚕丝 95% 氨纶 5%"),
        "手洗或装袋轻柔洗, 不可漂白与烘干",
        ("无痕裁剪", "蕾丝拼接", "桑蚕丝亲肤", "细肩带可调"),
        (Style("无痕吊带背心", W, 99, ALL), Style("桑蚕丝蕾丝吊带", W, 259, ALL), Style("美背打底背心", W, 119, SU)),
        sensitive=True,
    ),
    Family(
        "briefs", "NK", "内衣", "内裤", "letter", ("黑色", "麻灰", "藏青", "云朵白", "酒红"),
        ("莫代尔 95% 氨纶 5%", "精梳棉"), "30 ℃ 以下手洗, 单独晾晒于通风处",
        ("抑菌裆部", "无痕腰带", "中腰不勒", "两条装"),
        (Style("莫代尔平角内裤两条装", M, 119, ALL), Style("无痕中腰内裤", M, 89, ALL)),
        sensitive=True,
    ),
)  # fmt: skip
