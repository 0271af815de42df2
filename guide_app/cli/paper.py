"""Sheets of paper from the command line: today's list, and a client's brief, as A5 PDF."""

from __future__ import annotations

from pathlib import Path

from guide_app.flows.desk import Desk
from guide_app.flows.paper import read_brief, read_call_list
from guide_app.followup.model import Suggestion
from ui.kit.paper import paper_pdf
from ui.pages.clients.brief_paper import brief_html
from ui.pages.today.call_list import call_list_html


def write_call_list(desk: Desk, suggestions: list[Suggestion], file: Path) -> None:
    """Today's list as a PDF; who printed it is noted. Raises OSError."""
    actor = desk.roster.acting()
    calls = read_call_list(desk, actor, suggestions)
    file.write_bytes(paper_pdf(call_list_html(calls), f"{calls.day:%Y-%m-%d} {calls.guide}"))
    desk.privacy_deeds.printed("今日名单", len(calls.lines), actor)


def write_brief(desk: Desk, client_id: str, file: Path) -> None:
    """A client's brief as a PDF; who printed it is noted. Raises NotFoundError, OSError."""
    actor = desk.roster.acting()
    brief = read_brief(desk, client_id, actor.guide_id)
    file.write_bytes(paper_pdf(brief_html(brief), str(brief.portrait.fields["name"])))
    desk.privacy_deeds.printed("30 秒速览", 1, actor, client_id)
