"""Contents for poster tests, from bare to overfull, and a measurer that needs no fonts."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

from guide_app.protocol.poster_layers import Symbol
from guide_app.sharing.content import LookItem, PosterContent
from guide_app.sharing.template import load_templates
from guide_app.sharing.typeset import Font, clusters

TEMPLATES, PALETTES = load_templates(Path(__file__).resolve().parents[3] / "resources" / "templates")

LINKED = {name: t for name, t in TEMPLATES.items() if any(isinstance(layer, Symbol) for layer in t.layers)}
"""Those that carry a link."""

FULL = PosterContent(
    brand="红枫叶 REDMAPLE",
    product="软底乐福女鞋 2026 秋",
    url="https://s.redmaple.cn/s/k7Qm2ZtR9wAbCdEfGhIjKlMnOpQ",
    price_fen=48900,
    tag_price_fen=56900,
    selling_points=("小牛皮", "记忆棉鞋垫", "久站不累"),
    article="RM26A-1037",
    price_note="海报价格以扫码页面为准",
    coupon="扫码领 满 400 减 80",
    guide="王敏",
    guide_card="南京西路店 · 021-6258****",
    recommend="为你推荐",
    valid_until="有效期至 2026-11-30",
    footer="本图由门店导购发送；如不希望再收到，请告知我们或回复「退订」",
    gtin="6901234567892",
    variant="黑色 37",
)

CONTENTS = {
    "full": FULL,
    "bare": PosterContent(FULL.brand, FULL.product, FULL.url),
    "no_coupon": replace(FULL, coupon="", tag_price_fen=None),
    "long": replace(
        FULL,
        product="意大利进口头层小牛皮软底防滑减震久站不累百搭通勤乐福女鞋 2026 秋冬新款 Loafer Pro",
        selling_points=("意大利进口头层小牛皮", "记忆棉加厚缓震鞋垫", "久站不累", "防滑橡胶大底"),
        guide="阿卜杜热合曼·买买提依明",
        guide_card="上海五角场万达广场旗舰店 · 021-6258****",
        coupon="扫码领 满 10,000 减 3,000 · 全场通用（特价商品除外）",
        price_label="券后",
        price_fen=128_999_950,
        tag_price_fen=159_999_900,
        tag_label="门店价",
        footer=FULL.footer * 3,
    ),
    **{
        f"look of {n}": replace(
            FULL,
            product="初冬通勤一身",
            items=tuple(LookItem(f"双面呢长大衣𠮷 加长款 {i}" * i, 129900 * 10**i) for i in range(1, n + 1)),
        )
        for n in (2, 3, 4, 5, 6)
    },
    "rare": replace(FULL, product="👟𠮷野牛皮鞋👨‍👩‍👧亲子款🇨🇳", guide="𠮷田葛󠄀", recommend="❤️推荐"),
}


class Ems:
    """Chinese signs are one em wide, all else 0.56 em."""

    def width(self, text: str, font: Font) -> float:
        signs = clusters(text)
        wide = sum(1.0 if unicodedata.east_asian_width(c[0]) in "WF" else 0.56 for c in signs)
        return wide * font.size + len(signs) * font.spacing
