"""Bugs planted on purpose, each with the test that must find it: a test that finds none of them is no test.

To add one: the file, a text that occurs in it exactly once, what to put in its place, and the test (a pytest node) that
must fail then. `fast` ones run with every change, the others with the soak.
"""

from __future__ import annotations

from dataclasses import dataclass

ENGINE = "tests/guide_app/sync/test_engine.py::test_"
EXACT = "tests/guide_app/sync/test_exact.py::test_"
SINGLE = "tests/convergence/test_single.py::test_"
WORLD = "tests/convergence/test_machine.py::test_fixed_runs_hold"
CONTRACT = "tests/contract/test_sync.py::test_"
MOVES = "tests/contract/test_moves.py::test_"
BOTH = "tests/contract/test_exact.py::test_"
PROTOCOL = "tests/guide_app/protocol/test_"
FEED = "tests/head_office/feed/test_"


@dataclass(frozen=True)
class Mutant:
    """`holds` names the invariant (sync design, I1-I13) or the classic bug; `old` becomes `new` in `file`."""

    holds: str
    file: str
    old: str
    new: str
    found_by: str
    fast: bool = False


MUTANTS = (
    # --- I1 converge -----------------------------------------------------------------------------------------------
    Mutant(
        "I1 the digest is never compared",
        "guide_app/sync/engine.py",
        "differing = [state.scope for state in self._compare() if state.equal is False]\n        if not differing:",
        "differing = []\n        if not differing:",
        ENGINE + "a_scope_that_differs_is_read_anew_and_is_equal_again",
        fast=True,
    ),
    Mutant(
        "I1 tombstones are forgotten",
        "guide_app/store/apply.py",
        "        if elsewhere or newer:\n            return\n",
        "        return\n",
        SINGLE + "i6_any_paging_and_any_cut_is_one_pull",
    ),
    Mutant(
        "I1 tombstones are not served",
        "head_office/feed/statements.py",
        "    sources = [gone]\n",
        "    sources: list[str] = []\n",
        FEED + "write_and_pull.py",
    ),
    Mutant(
        "I1 an older version replaces a newer one",
        "guide_app/store/codec.py",
        "(seq IS NULL OR seq <= ?)",
        "(seq IS NULL OR seq <= ? OR seq > 0)",
        "tests/guide_app/store/test_apply.py::test_an_older_version_never_replaces_a_newer_one",
    ),
    # --- I2 no acknowledged loss, I4 crash -------------------------------------------------------------------------
    Mutant(
        "I2 what was never sent counts as settled",
        "guide_app/store/outbox.py",
        "\"UPDATE outbox SET state = 'acked', acked_at = ? WHERE state = 'waiting' AND mid <= ?\", (now_ms, last_mid)",
        "\"UPDATE outbox SET state = 'acked', acked_at = ? WHERE state = 'waiting'\", (now_ms,)",
        SINGLE + "i9_poison_holds_nobody_up_and_costs_few_requests[64-1]",
    ),
    Mutant(
        "I2 a batch is settled before its answer",
        "guide_app/sync/push.py",
        "        try:\n            answers = self._answers(batch)\n",
        "        try:\n            self._db.apply(lambda a: outbox.settle(a.conn, batch.sent[-1].mid, [], a.now_ms))\n"
        "            answers = self._answers(batch)\n",
        ENGINE + "a_lost_reply_costs_nothing[before]",
        fast=True,
    ),
    Mutant(
        "I4 numbers have gaps",
        "guide_app/store/uow.py",
        "save_counters(self._conn, self._mid, self._hlc.tick())",
        "save_counters(self._conn, self._mid + 1, self._hlc.tick())",
        WORLD + "[0]",
    ),
    Mutant(
        "I4 waiting edits are not laid over what is pulled",
        "guide_app/store/apply.py",
        "            if f.id in special:\n",
        "            if f.id in special and False:\n",
        ENGINE + "pending_edits_stay_visible_through_pulls_and_win_when_later",
        fast=True,
    ),
    Mutant(
        "I11 a rejoining PC throws away what waits",
        "guide_app/sync/enrol.py",
        "conn.exec_driver_sql(\"DELETE FROM outbox WHERE state = 'acked'\")",
        "conn.exec_driver_sql(\"DELETE FROM outbox WHERE state <> 'parked'\")",
        BOTH + "a_copied_disk_is_found_out_and_both_keep_their_work[memory]",
    ),
    # --- I3 exactly once -------------------------------------------------------------------------------------------
    Mutant(
        "I3 a replay is applied twice",
        "head_office/feed/push.py",
        "    known = [mutation for mutation in mutations if mutation.mid <= place.last]\n",
        "    known: list[Mutation] = []\n"
        "    place = replace(place, last=mutations[0].mid - 1 if mutations else place.last)\n",
        CONTRACT + "a_replay_answers_the_same[postgres]",
    ),
    Mutant(
        "I3 a fact that is there already is written once more",
        "guide_app/protocol/merge.py",
        '    if kind.policy in ("fact", "set") or state.gone:\n        return Outcome(state, "duplicate")\n',
        '    if state.gone:\n        return Outcome(state, "duplicate")\n'
        '    if kind.policy in ("fact", "set"):\n'
        '        return Outcome(State(dict(data), {}), "applied", changed=True)\n',
        PROTOCOL + "merge.py::test_facts_are_written_once",
        fast=True,
    ),
    # --- I5 feed completeness --------------------------------------------------------------------------------------
    Mutant(
        "I5 numbers are given without the head's lock",
        "head_office/feed/heads.py",
        '    found = connection.exec_driver_sql(_READ + " FOR UPDATE", store).one_or_none()\n',
        "    found = connection.exec_driver_sql(_READ, store).one_or_none()\n",
        FEED + "many_writers.py::test_pushes_tills_and_transfers_beside_a_puller_that_misses_nothing",
    ),
    # --- I6 cut invariance -----------------------------------------------------------------------------------------
    Mutant(
        "I6 a page passes over what it left out",
        "head_office/feed/read.py",
        "stands = frames[-1].seq if len(frames) == limit > 0 else head if limit > 0 else after",
        "stands = head",
        FEED + "write_and_pull.py",
    ),
    Mutant(
        "I6 the PC asks on from behind the next record",
        "guide_app/sync/plan.py",
        "Cursor(page.place.scope, page.place.epoch, page.place.seq)",
        "Cursor(page.place.scope, page.place.epoch, page.place.seq + page.place.more)",
        SINGLE + "i6_any_paging_and_any_cut_is_one_pull",
    ),
    Mutant(
        "I6 the cursor moves without the page",
        "guide_app/sync/pull.py",
        "            applier.apply(part.frames)\n",
        "            applier.apply(part.frames[1:])\n",
        SINGLE + "i6_any_paging_and_any_cut_is_one_pull",
        fast=True,
    ),
    # --- I7 merge and clocks ---------------------------------------------------------------------------------------
    Mutant(
        "I7 the last to arrive wins",
        "guide_app/protocol/merge.py",
        'wins = stamp > state.stamps.get(name, "")',
        "wins = True",
        PROTOCOL + "merge.py::test_the_order_of_arrival_does_not_matter",
        fast=True,
    ),
    Mutant(
        "I7 a counter in place of the clock",
        "guide_app/protocol/hlc.py",
        "        if now > self._ms:\n",
        "        if not self._ms:\n",
        SINGLE + "i7_the_later_hour_wins_and_not_the_busier_pc",
    ),
    Mutant(
        "I7 a stamp may go back over a restart",
        "guide_app/protocol/hlc.py",
        "        self._ms = stamp_ms(last) if last else 0\n",
        "        self._ms = 0\n",
        PROTOCOL + "hlc.py::test_stamps_only_grow_over_clock_steps_and_a_restart",
        fast=True,
    ),
    Mutant(
        "I7 stamps held back lose their order",
        "guide_app/protocol/hlc.py",
        "    return max(held, successor(last)) if last else held\n",
        "    return held\n",
        BOTH + "a_clock_far_ahead_keeps_the_order_of_its_own_edits[memory]",
    ),
    Mutant(
        "I7 a finished task is opened again by a late edit",
        "guide_app/protocol/merge.py",
        "            wins = _rank(lattice[name], value) > _rank(lattice[name], state.data.get(name))\n",
        '            wins = stamp > state.stamps.get(name, "")\n',
        PROTOCOL + "merge.py::test_a_cancelled_task_stays_cancelled_whatever_comes_when",
    ),
    # --- I8 privacy ------------------------------------------------------------------------------------------------
    Mutant(
        "I8 leaving forgets the base copy",
        "guide_app/store/apply.py",
        "            self.conn.exec_driver_sql(\n"
        '                "DELETE FROM base WHERE kind = ? AND id IN (SELECT value FROM json_each(?))",\n'
        "                (codec.kind.name, json_list(ids)),\n            )\n            codec.delete(",
        "            codec.delete(",
        "tests/guide_app/store/test_apply.py",
    ),
    Mutant(
        "I8 purging forgets the search index",
        "guide_app/store/search.py",
        "        _forget_gone(conn, wanted)\n",
        "",
        "tests/guide_app/store/test_search.py::test_of_an_erased_client_no_word_stays_in_the_file",
    ),
    Mutant(
        "I1 a cache's page of another place is taken over",
        "guide_app/sync/pull.py",
        "            if not answers(page.frames, asked):\n",
        "            if not page.frames:\n",
        "tests/guide_app/sync/test_engine.py::test_a_page_that_follows_another_place_than_asked_for_is_not_taken_over",
    ),
    Mutant(
        "I8 what went on is left in the queue",
        "guide_app/sync/push.py",
        "    applier.purged |= outbox.forget_absent(applier.conn, settled.records)\n",
        "",
        SINGLE + "i8_what_left_while_an_answer_was_lost_leaves_no_word",
    ),
    Mutant(
        "I8 a scope is served without a grant",
        "head_office/api/bucket_routes.py",
        "    if scope not in who.granted:\n",
        "    if not scope:\n",
        BOTH + "a_scope_that_is_not_granted_does_not_exist[postgres]",
    ),
    Mutant(
        "I8 a late edit is taken after the move",
        "head_office/feed/route.py",
        "    return left.to_store is None or stamp_ms(mutation.stamp) >= left.at_ms\n",
        "    return left.to_store is None\n",
        MOVES + "what_is_written_after_she_moved_is_refused_with_a_reason[postgres]",
    ),
    Mutant(
        "I8 the end of a grant is forgotten",
        "head_office/feed/decide.py",
        "if scope not in granted and stamp_ms(mutation.stamp) >= ended.get(scope, 0):",
        "if scope not in granted and scope not in ended:",
        MOVES + "what_was_done_before_a_grant_ended_still_counts[postgres]",
    ),
    Mutant(
        "I8 a PC that is shut out keeps its book",
        "guide_app/sync/engine.py",
        "                if e.code == REVOKED:\n",
        "                if e.code == REVOKED and False:\n",
        EXACT + "a_revoked_pc_destroys_what_it_holds_and_says_so",
    ),
    # --- I9 progress -----------------------------------------------------------------------------------------------
    Mutant(
        "I9 poison is looked for one by one",
        "guide_app/sync/push.py",
        "self._limit = max(1, len(sent) // 2)\n",
        "self._limit = max(1, len(sent) - 1)\n",
        SINGLE + "i9_poison_holds_nobody_up_and_costs_few_requests[200-3]",
        fast=True,
    ),
    Mutant(
        "I9 a record that does not fit stops the cursor",
        "guide_app/store/apply.py",
        '                odd.append((f, "invalid", str(e)))\n                continue\n',
        "                raise\n",
        ENGINE + "a_record_that_does_not_fit_is_set_aside_and_reported",
    ),
    Mutant(
        "I8 a push brings records of a scope that is not followed yet",
        "guide_app/sync/push.py",
        "isinstance(frame, RecordFrame) and frame.scope in scopes)",
        "isinstance(frame, RecordFrame) and scopes is not None)",
        SINGLE + "i8_nothing_stays_of_a_scope_that_was_granted_and_taken_back_between_two_pulls",
    ),
    Mutant(
        "I8 only what has a place is taken back",
        "guide_app/sync/pull.py",
        "    for scope in {*one.plan.dropped, *device.scopes} - (set(scopes) - set(one.plan.dropped)):\n",
        "    for scope in one.plan.dropped:\n",
        SINGLE + "i8_what_was_handed_in_before_the_first_pull_goes_with_the_grant",
    ),
    # --- I10 erasure -----------------------------------------------------------------------------------------------
    Mutant(
        "I10 the queue still speaks of the erased",
        "guide_app/store/apply.py",
        "        outbox.forget_about(self.conn, client_id)\n",
        "",
        SINGLE + "i10_what_was_refused_before_speaks_no_more_of_the_erased",
    ),
    Mutant(
        "I10 refused words about somebody who left stay for ever",
        "guide_app/store/outbox.py",
        "        _forget_numbers(conn, [row[0] for row in strange])\n",
        "        pass\n",
        SINGLE + "i10_refused_words_about_somebody_who_left_do_not_stay_for_ever",
    ),
    Mutant(
        "I10 nobody asks after whom only refused changes name",
        "guide_app/sync/engine.py",
        "        forget_erased_strangers(self._db, self._office)\n",
        "",
        SINGLE + "i10_a_backup_put_back_after_her_tombstone_is_gone_speaks_no_more_of_the_erased",
    ),
    Mutant(
        "I10 a refusal does not say that she is gone",
        "guide_app/sync/push.py",
        "    applier.apply(_erased(applier.conn, answer.sent, results))\n",
        "",
        MOVES + "the_erased_leave_every_pc_and_never_come_back[memory]",
    ),
    Mutant(
        "I10 the index keeps hidden words",
        "guide_app/store/search.py",
        "            conn.exec_driver_sql(f\"INSERT INTO {table} ({table}) VALUES ('optimize')\")\n",
        "            pass\n",
        "tests/guide_app/store/test_search.py::test_of_an_erased_client_no_word_stays_in_the_file",
    ),
    # --- I11 restores ----------------------------------------------------------------------------------------------
    Mutant(
        "I11 a restored office is not given back what it lost",
        "guide_app/sync/plan.py",
        '    if office_mid >= acked_mid:\n        return "agrees"\n',
        '    if office_mid <= last_mid:\n        return "agrees"\n',
        ENGINE + "an_office_restored_from_a_backup_gets_back_what_it_lost",
    ),
    Mutant(
        "I11 a clock a year ahead drops what was settled",
        "guide_app/sync/contact.py",
        "outbox.prune(applier.conn, said.server_ms)",
        "outbox.prune(applier.conn, applier.now_ms)",
        SINGLE + "i11_a_clock_a_year_ahead_costs_nothing_that_a_restored_office_needs",
    ),
    Mutant(
        "I11 the chain is not checked by the office",
        "head_office/feed/place.py",
        "        if here and self.chain and here != self.chain:\n            raise ForkedError\n",
        "",
        FEED + "replay.py::test_two_copies_with_the_same_number_at_the_same_millisecond_are_told_apart",
    ),
    Mutant(
        "I11 an accident at the office empties the books",
        "guide_app/sync/plan.py",
        "    return removed >= MASS_REMOVAL and removed * 100 > held * MASS_REMOVAL_PERCENT\n",
        "    return False\n",
        EXACT + "a_mass_removal_waits_for_a_word_and_everything_else_goes_on",
    ),
    # --- I12 schema ------------------------------------------------------------------------------------------------
    Mutant(
        "I12 unknown fields are thrown away",
        "guide_app/store/codec.py",
        "        if not data.keys() <= self._names:\n",
        "        if data.keys() < set():\n",
        ENGINE + "kinds_and_fields_of_a_newer_office_are_kept",
        fast=True,
    ),
    # --- I13 idle, and the line ------------------------------------------------------------------------------------
    Mutant(
        "I13 an idle round asks more than one question",
        "guide_app/sync/neighbours.py",
        "_EVERY_MS = 600_000",
        "_EVERY_MS = 0",
        SINGLE + "i13_an_idle_round_is_one_question",
        fast=True,
    ),
    Mutant(
        "I13 nothing new is looked for in every table",
        "head_office/api/sync_routes.py",
        "    return Answer(304) if is_up_to_date(cursors, who.heads) else None\n",
        "    return None\n",
        BOTH + "an_idle_pull_costs_300_bytes_and_one_question_of_the_database[postgres]",
    ),
    Mutant(
        "the checksum is skipped",
        "guide_app/protocol/envelope.py",
        "    if sha256 is None or not hmac.compare_digest(hashlib.sha256(body).hexdigest(), sha256.lower()):\n"
        '        raise CorruptBodyError("checksum differs")\n',
        "",
        PROTOCOL + "envelope.py::test_a_cut_or_changed_body_is_refused",
    ),
    Mutant(
        "a page without its end is believed",
        "guide_app/protocol/messages.py",
        "    if not isinstance(end, EndFrame) or end.count != len(frames) - 1:\n",
        "    if not isinstance(end, EndFrame):\n",
        "tests/protocol/test_golden.py",
    ),
    Mutant(
        "all come back in the same second",
        "guide_app/sync/backoff.py",
        "    return random.uniform(0, top)  # noqa: S311 - spreads load\n",
        "    return top\n",
        "tests/convergence/test_single.py::test_retries_are_spread_at_random",
        fast=True,
    ),
    Mutant(
        "the merge forgets whom the facts are about",
        "head_office/feed/route.py",
        "    return (key[0], key[1], fate) if fate and merges else None\n",
        "    return None\n",
        MOVES + "a_double_becomes_one_and_what_is_said_of_it_later_goes_to_the_survivor[postgres]",
    ),
)
