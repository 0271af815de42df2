"""What people call the parts of a template: properties of elements, colours, and the names between braces."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from guide_app.base.phrase import Phrase

FIELDS: Mapping[str, Phrase] = MappingProxyType(
    {
        "text": Phrase("内容"),
        "size": Phrase("字号"),
        "weight": Phrase("字重"),
        "colour": Phrase("颜色"),
        "fill": Phrase("底色"),
        "stroke": Phrase("边线颜色"),
        "symbology": Phrase("条码种类"),
        "dark": Phrase("码的深色"),
        "light": Phrase("码的底色"),
        "quiet": Phrase("留白 (格)"),
        "align": Phrase("左右对齐"),
        "valign": Phrase("上下对齐"),
        "max_lines": Phrase("最多几行"),
        "smallest": Phrase("最小缩到"),
        "line_height": Phrase("行高"),
        "spacing": Phrase("字距"),
        "gap": Phrase("间距"),
        "fit": Phrase("图片摆法"),
        "focus": Phrase("取景高低"),
        "pad": Phrase("四周留空"),
        "pad_x": Phrase("左右留空"),
        "pad_y": Phrase("上下留空"),
        "radius": Phrase("圆角"),
        "thickness": Phrase("线粗"),
        "symbol": Phrase("「¥」大小"),
        "tag": Phrase("划线价大小"),
        "label": Phrase("价格说明大小"),
        "locked": Phrase("门店不能改"),
        "box": Phrase("位置和大小"),
        "title": Phrase("名称"),
        "safe": Phrase("安全边距"),
        "colours": Phrase("颜色"),
        "width": Phrase("宽"),
        "height": Phrase("高"),
        "unit": Phrase("单位"),
        "layers": Phrase("各项"),
        "items": Phrase("组内各项"),
        "spans": Phrase("分段文字"),
        "stops": Phrase("渐变颜色"),
        "when": Phrase("何时出现"),
        "subjects": Phrase("用途"),
        "one_colour": Phrase("单色打印"),
        "label_colour": Phrase("价格说明颜色"),
        "tag_colour": Phrase("划线价颜色"),
        "price_colour": Phrase("价格颜色"),
        "letter_colour": Phrase("首字颜色"),
        "price_size": Phrase("价格大小"),
        "above": Phrase("上方留空"),
    }
)
"""Properties of templates and their elements."""

COLOURS: Mapping[str, Phrase] = MappingProxyType(
    {
        "zone_top": Phrase("背景上段"),
        "zone_mid": Phrase("背景中段"),
        "zone_low": Phrase("背景下段"),
        "glow": Phrase("光晕"),
        "glow_end": Phrase("光晕边缘"),
        "scrim": Phrase("照片遮罩"),
        "scrim_end": Phrase("遮罩边缘"),
        "brand": Phrase("品牌名"),
        "brand_on_photo": Phrase("深色照片上的品牌名"),
        "brand_on_pale": Phrase("浅色照片上的品牌名"),
        "watermark": Phrase("水印"),
        "panel": Phrase("版面底色"),
        "tile": Phrase("商品格底色"),
        "ink": Phrase("正文"),
        "ink_soft": Phrase("次要文字"),
        "ink_faint": Phrase("浅淡文字"),
        "line": Phrase("分隔线"),
        "price": Phrase("价格"),
        "chip": Phrase("标签底色"),
        "chip_ink": Phrase("标签文字"),
        "accent": Phrase("强调色"),
        "on_accent": Phrase("强调色上的文字"),
        "code": Phrase("二维码深色"),
        "code_ground": Phrase("二维码底色"),
    }
)
"""Colours of the templates that ship; a brand may add others, which keep the name it gave them."""

TEXTS: Mapping[str, Phrase] = MappingProxyType(
    {
        "brand": Phrase("品牌名"),
        "product": Phrase("商品名"),
        "subtitle": Phrase("卖点"),
        "article": Phrase("货号"),
        "price_note": Phrase("价格有效期"),
        "price_label": Phrase("价格说明"),
        "tag_label": Phrase("划线价说明"),
        "coupon": Phrase("优惠券"),
        "guide": Phrase("导购姓名"),
        "guide_card": Phrase("门店和电话"),
        "recommend": Phrase("推荐语"),
        "valid_until": Phrase("券有效期"),
        "footer": Phrase("页脚"),
        "guide_initial": Phrase("导购首字"),
        "brand_initial": Phrase("品牌首字"),
        "variant": Phrase("规格"),
    }
)
"""What stands between braces in a text of a template."""


def field_name(name: str) -> Phrase:
    """What a property is called; its own name where nobody gave it another."""
    return FIELDS.get(name, Phrase("{name}", {"name": name}))
