from __future__ import annotations

from guide_app.protocol.voucher import verify
from head_office.coupons.recount import recount_coupons, sign_coupons
from head_office.coupons.report import read_report
from head_office.coupons.signing import public_keys
from tests.head_office.kit import NOW, SECRET, Pc, make_template, new_id, put_all, rows_of


def test_coupons_written_in_bulk_prove_themselves_and_are_counted(pc: Pc) -> None:
    template_id = make_template(pc.engine, quota=10)
    held = {new_id(): {"template_id": template_id, "code": f"C{n}", "client_id": new_id()} for n in range(3)}
    used = {new_id(): {"template_id": template_id, "code": "D", "status": "expired"}}
    put_all(pc.engine, pc.scope, "coupon", {**held, **used})
    with pc.engine.begin() as connection:
        recount_coupons(connection, SECRET)
    assert (sign_coupons(pc.engine, SECRET, NOW), sign_coupons(pc.engine, SECRET, NOW)) == (3, 0)
    coupons = rows_of(pc.engine, "coupon")
    with pc.engine.connect() as connection:
        keys = public_keys(connection)
        assert read_report(connection, NOW).difference == 0
    assert {verify(row["token"], keys).coupon_id for row in coupons if row["token"]} == set(held)
