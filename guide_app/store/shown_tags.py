"""One truth about which tags a guide sees, for every trade word that asks: a fragment for FROM.

A mark shows under the dictionary's present group and name, also when its tag was renamed (`was`) or merged into
another since. It does not show once its time is over, nor a private one to anybody but its guide.
"""

from __future__ import annotations

_NAMED = """
    SELECT name, min(id) AS id FROM (
        SELECT name, id FROM tag UNION ALL
        SELECT w.value, tag.id FROM tag, json_each(tag.was) w WHERE w.value NOT IN (SELECT name FROM tag))
    GROUP BY name"""

#: Takes :now (UTC ms) and :viewer (the guide who asks; NULL sees no private ones). `tag_id`, `blocks`, `multi` and
#: `visible` are the dictionary's, if it knows the tag.
SHOWN_TAGS = f"""(
    SELECT t.id, t.client_id, coalesce(k."group", t."group") AS "group", coalesce(k.name, t.name) AS name, t.origin,
        t.guide_id, t.rule_id, t.at, t.why, t.until, t.private, k.id AS tag_id, coalesce(k.blocks, 0) AS blocks,
        coalesce(k.multi, 1) AS multi, coalesce(k.visible, 1) AS visible
    FROM client_tag t LEFT JOIN ({_NAMED}) n ON t.tag_id IS NULL AND n.name = t.name
        LEFT JOIN tag d ON d.id = coalesce(t.tag_id, n.id) LEFT JOIN tag k ON k.id = coalesce(d.merged_into, d.id)
    WHERE t.client_id IS NOT NULL AND (t.until IS NULL OR t.until > :now)
        AND (NOT t.private OR t.guide_id = :viewer))"""
