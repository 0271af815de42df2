"""What head office publishes: coupon templates, campaigns and messages, scripts, the tag dictionary.

Wording follows the Advertising Law (广告法 Art. 9: no 国家级, 最高级,
最佳; Art. 43 and 消保法 Art. 29: a way to refuse in every
commercial message) and 规范促销行为暂行规定 (State Administration for Market Regulation order 32, 2020).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from head_office.demo.clock import day_ms
from head_office.demo.model import Campaign, CouponTemplate, Script, Tag
from head_office.demo.rng import make_id, stream

_YUAN: Final = 100
_REFUSE: Final = "不想再收到请回复「退订」"
# (key, no, name, kind, min spend, off, percent, cap, days valid from claim, claims a person, quota, status,
# allotment a guide)
_TEMPLATES: Final = (
    ("cloud", 1, "满 400 减 80", "threshold_off", 400, 80, 0, 0, 21, 1, 3000, "active", 18),
    ("thanks", 2, "无门槛 30 元", "cash_off", 0, 30, 0, 0, 30, 1, 2000, "active", 12),
    ("birthday", 3, "生日 9 折券 (封顶 100 元)", "percent_off", 0, 0, 10, 100, 30, 1, 0, "active", 40),
    ("newcomer", 4, "新客满 299 减 50", "threshold_off", 299, 50, 0, 0, 14, 1, 5000, "active", 30),
    ("wake", 5, "久别重逢 满 500 减 120", "threshold_off", 500, 120, 0, 0, 14, 1, 600, "active", 6),
    ("referral", 6, "老带新 无门槛 50 元", "cash_off", 0, 50, 0, 0, 60, 2, 800, "active", 10),
    ("shoes85", 7, "鞋履 8.5 折 (封顶 150 元)", "percent_off", 300, 0, 15, 150, 10, 1, 1000, "paused", 8),
    ("summer", 8, "夏季清凉 满 200 减 40", "threshold_off", 200, 40, 0, 0, 15, 2, 4000, "ended", 20),
)  # fmt: skip


def templates(today: dt.date, seed: int) -> dict[str, CouponTemplate]:
    """Coupon templates by key: active ones run until three weeks from today, ended ones ended in summer."""
    rng = stream(seed, "templates")
    made = {}
    for key, no, name, kind, least, off, percent, cap, days, each, quota, status, allotment in _TEMPLATES:
        over = status == "ended"
        starts = today - dt.timedelta(days=150 if over else 75)
        ends = today + dt.timedelta(days=-60 if over else 21)
        made[key] = CouponTemplate(
            id=make_id(rng, day_ms(starts)), no=no, name=name,
            kind="threshold_off" if kind == "threshold_off" else "cash_off" if kind == "cash_off" else "percent_off",
            min_spend_fen=least * _YUAN, discount_fen=off * _YUAN, percent_off=percent, max_discount_fen=cap * _YUAN,
            valid_from=day_ms(starts), valid_until=day_ms(ends, 24 * 60) - 1, valid_days=days, claim_limit=each,
            quota=quota,
            status="ended" if over else "paused" if status == "paused" else "active", allotment=allotment,
        )  # fmt: skip
    return made


# (kind, title, body, first and last day from today)
_CAMPAIGNS: Final = (
    (
        "活动",
        "{节}满减已上线, 限 {止}",
        (
            "全场满 400 减 80, 扫导购海报上的码领取, 到店核销; 每位客户限领 1 张, 以落地页条款为准。"
            "主办方: 红枫叶服饰 (上海) 有限公司, 咨询 021-92580100。"
        ),
        -1,
        21,
    ),
    ("库存", "云感小白鞋 36 码 调拨到店 6 双",
    "徐家汇店调拨, 今日 15 点前到南京西路店。请给登记过缺货的客户回话。", 0, 3),
    ("券", "你的「满 400 减 80」额度 +20", "额度当日生效, 截至 {止}。每位客户限领 1 张, 不可与其他满减同用。", 0, 21),
    ("活动", "{节}预热海报已更新",
    "请于今天 18:00 前分享到自己的 3 个社群, 文案在话术库「大促预热」。价格以扫码页为准。", -2, 10),
    ("商品", "秋冬新款到店: 双面呢大衣与雪地靴", "吊牌与样品已随周二车到店, 请完成出样并核对尺码。", -6, 8),
    ("制度", "客户同意书更新至 2025-01 版",
    "新增客户请出示二维码由本人在自己手机上确认; 已拒绝的客户系统不再生成联系任务。", -20, 40),
    ("培训", "皮鞋护理 15 分钟小课", "周四早会后在线观看, 看完在任务里点完成。内容: 擦拭、上油、鞋撑与收纳。", -3, 4),
    ("活动", "会员日: 到店免费养护皮鞋",
    "会员日当天凭手机号到店, 免费擦拭上油一双, 不限是否本店购买; 无需分享、无需消费。", -9, 12),
)  # fmt: skip
# Those that customers are invited to, by their place above: number in links, key of the coupon that goes with it.
_SHARED: Final = {0: (1, "cloud"), 7: (2, "")}
_FESTIVALS: Final = (
    ((2, 14), "春节"), ((3, 8), "三八节"), ((5, 5), "五一"), ((6, 18), "618"), ((9, 10), "开学季"),
    ((10, 7), "国庆"), ((11, 11), "双十一"), ((12, 12), "双十二"), ((12, 31), "跨年"),
)  # fmt: skip


def next_festival(today: dt.date) -> str:
    """The sales festival that comes next."""
    return next((name for day, name in _FESTIVALS if (today.month, today.day) <= day), "春节")


def campaigns(today: dt.date, seed: int, offers: Mapping[str, CouponTemplate]) -> list[Campaign]:
    """Campaigns and messages of head office, those with dates around `today`; `offers` are the coupons by key."""
    rng = stream(seed, "campaigns")
    made = []
    for place, (kind, title, body, first, last) in enumerate(_CAMPAIGNS):
        no, offer = _SHARED.get(place, (0, ""))
        end = today + dt.timedelta(days=last)
        words = {"节": next_festival(today), "止": f"{end.month}/{end.day}"}
        starts = day_ms(today + dt.timedelta(days=first), 9 * 60)
        made.append(
            Campaign(
                make_id(rng, starts),
                kind,
                title.format(**words),
                body.format(**words),
                starts,
                day_ms(end, 22 * 60),
                no,
                offers[offer].id if offer else None,
            )
        )
    return made


# Scene, title and body of each script.
_SCRIPTS: Final = (
    ("新客 24 小时", "谢谢光临",
    "{称呼}您好, 我是{门店}的{导购}。今天的{商品}穿着还舒服吗? 有不合脚的地方随时跟我说, 七天内可以换码。"),
    ("新客 24 小时", "加好友后的第一句", "{称呼}您好, 我是{门店}的{导购}, 以后想看新款、找码数、约试穿都可以找我。"),
    ("购买第 3 天", "穿着是否合脚",
    "{称呼}, {商品}穿了几天, 脚背和后跟还好吗? 皮鞋前几次建议穿半天歇半天, 需要鞋撑我帮您留一副。"),
    ("购买第 7 天", "护理提醒",
    "{称呼}, {商品}第一次保养差不多到时间了: 软布擦净, 薄薄一层鞋油就好。来店我帮您做, 不收费。"),
    ("购买第 30 天", "一个月回访", "{称呼}, 一个月了, {商品}穿得还顺心吗? 您的反馈我会记下来, 下次帮您挑得更准。"),
    ("到货通知", "缺码到货", "{称呼}, 您等的{商品}到了您的码, 在{门店}给您留到周日, 您方便哪天来试?"),
    ("上新", "按喜好推荐",
    "{称呼}, 上次您说久站脚累, 这双{商品}我自己试了一整天, 脚底是软的。您的码店里还有, 要不要给您留一双?"),
    ("发券", "满减券", "{称呼}, 给您留了一张「{券}」, {商品}用上正合适, 扫码就能领, 到{门店}出示即可。" + _REFUSE),
    ("发券", "券快到期", "{称呼}, 您的「{券}」还有几天到期, 用不上也没关系, 提醒您一声。" + _REFUSE),
    ("生日", "生日祝福", "{称呼}, 生日快乐! {门店}给您备了「{券}」, 三十天内到店可用。愿您新的一岁脚步轻快。"),
    ("生日", "农历生日", "{称呼}, 记得您过农历生日, 就在这两天, 先祝您生日快乐! 「{券}」已经放在您的卡包里。"),
    ("沉睡唤醒", "好久不见",
    "{称呼}, 有一阵没见您了, 换季新到的{商品}是您喜欢的样子。路过{门店}进来坐坐, 喝杯水也好。" + _REFUSE),
    ("沉睡唤醒", "回访旧款", "{称呼}, 您之前那双鞋还在穿吗? 需要换底或保养可以拿来, 我们师傅看看。"),
    ("预约到店", "确认试穿时间", "{称呼}, 明天给您留好{商品}, 时间您定, 到了直接找{导购}。"),
    ("预约到店", "改期", "{称呼}, 没关系, 我给您改到方便的时间, {商品}先替您留着。"),
    ("大促预热", "{节}预热", "{称呼}, {节}的活动下周开始, 您看中的{商品}到时有券, 我先帮您记着码数。" + _REFUSE),
    ("大促预热", "社群文案", "各位邻居, {节}新到{商品}, 现场试穿, 码数齐。需要留码的接龙, 价格以扫码页为准。"),
    ("老带新", "请朋友来", "{称呼}, 谢谢您介绍朋友。朋友首单完成后, 一张「{券}」会放到您的卡包里, 不用转发什么。"),
    ("售后", "换码", "{称呼}, 码数不合适可以换, 鞋底未穿着外出即可, 带上小票到{门店}找{导购}。"),
    ("售后", "维修进度", "{称呼}, 您送修的{商品}已经好了, 随时可以来{门店}取。"),
    ("搭配", "成套建议", "{称呼}, 您上次的{商品}配这条西裤和同色皮带很利落, 我拍了搭配图, 您看看喜不喜欢。"),
    ("童鞋", "换季量脚", "{称呼}, 孩子的脚一季大约长半码, 有空带来{门店}量一量, 合脚比什么都要紧。"),
)  # fmt: skip

# Title of a script and its second text, to see which is answered more.
_VARIANTS: Final = (
    ("生日祝福", "{称呼}, 今天是您的日子, 祝您天天合脚、步步顺心。「{券}」给您留着, 三十天内来{门店}都能用。"),
    ("好久不见", "{称呼}, 整理柜台看到{商品}, 想起您上次试的那双。您的码还有, 哪天路过我给您拿出来试试?" + _REFUSE),
    ("按喜好推荐", "{称呼}, {商品}这周到店, 版型和您常穿的那双一样, 只是底更软。要不要我先留一双您的码?"),
)


def scripts(today: dt.date, seed: int) -> list[Script]:
    """Scripts by scene; the festival's name is filled in, the other variables stay for the guide.

    Some come in two texts, A and B.
    """
    rng = stream(seed, "scripts")
    at = day_ms(today - dt.timedelta(days=120))
    name = next_festival(today)
    second = dict(_VARIANTS)
    made = [
        Script(
            make_id(rng, at + i), scene, title.replace("{节}", name), body.replace("{节}", name), i,
            "A" if title in second else "",
        )
        for i, (scene, title, body) in enumerate(_SCRIPTS, 1)
    ]  # fmt: skip
    by_title = {script.title: script for script in made}
    firsts = [(by_title[title], body) for title, body in _VARIANTS]
    return made + [
        Script(make_id(rng, at + len(made) + n), one.scene, one.title, body, one.rank, "B", one.id)
        for n, (one, body) in enumerate(firsts, 1)
    ]


TAG_GROUPS: Final[tuple[tuple[str, bool, tuple[str, ...]], ...]] = (
    ("等级", False, ("金卡", "银卡", "普通")),
    ("鞋码", False, tuple(f"{size} 码" for size in range(34, 46))),
    ("偏好", True, ("小白鞋", "乐福鞋", "商务", "运动", "法式", "连衣裙", "大衣", "靴", "休闲", "童鞋", "大促型")),
    ("状态", False, ("新客", "活跃", "沉睡")),
    ("消费", False, ("价格不敏感", "看重折扣", "成套购买")),
    ("互动", True, ("老带新", "爱试穿", "群活跃", "到店多")),
    ("脚型", True, ("宽脚", "窄脚", "高脚背")),
    ("联系习惯", True, ("只发文字", "晚上联系", "周末联系", "不要电话")),
)


def tags(today: dt.date, seed: int) -> list[Tag]:
    """The tag dictionary: group, name, whether several of a group may stand on one client."""
    rng = stream(seed, "tags")
    at = day_ms(today - dt.timedelta(days=700))
    rows = [(group, multi, name) for group, multi, names in TAG_GROUPS for name in names]
    return [Tag(make_id(rng, at + i), group, name, multi, i) for i, (group, multi, name) in enumerate(rows, 1)]
