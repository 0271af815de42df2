"""Whether a consent stands, for statements that ask it of many clients: the rule of `guide_app.privacy.model`, in SQL.

For all channels, as those who are not about to write to her ask it. A withdrawal holds against every later grant that a
guide wrote down; a later one of her own, which has no guide, opens it again (个人信息保护法 15). Of the same moment the
withdrawal counts.
"""

from __future__ import annotations

#: Over rows of `consent` of one client, one purpose and the channel 'any': 1 it stands, 0 it is withdrawn, NULL where
#: nothing was said.
STANDS = """CASE WHEN count(*) = 0 THEN NULL
        WHEN count(*) FILTER (WHERE NOT granted) = 0 THEN 1
        ELSE coalesce(
            max(at) FILTER (WHERE granted AND guide_id IS NULL) > max(at) FILTER (WHERE NOT granted), 0) END"""
