"""`head-office links` as staff use it: real processes, a real office, links opened over HTTP at either domain."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path

from guide_app.base.clock import SystemClock
from guide_app.base.gs1_link import Gs1Link
from guide_app.protocol.link import Link, Subject, sign
from guide_app.protocol.scopes import BRAND
from head_office.cli.database import open_office
from head_office.cli.outcome import FAILED
from head_office.store.secret import load_secret
from tests.head_office.cli.test_commands import _json, _run, _serving
from tests.head_office.kit import enrol_device, make_guide, make_store, new_id, put_all

_PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148"
GTIN = "06901234567892"


def _open(url: str, host: str = "") -> tuple[int, str, str]:
    """Status, page and final address of a link as a phone opens it."""
    headers = {"user-agent": _PHONE, **({"host": host} if host else {})}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:  # noqa: S310 - loopback
            return answer.status, answer.read().decode(), answer.url
    except urllib.error.HTTPError as e:
        with e:
            return e.code, e.read().decode(), url


def _lay_shop(data_dir: Path) -> tuple[str, str]:
    """A store with a guide, two products and a PC; returns a printed link's code and the PC's id."""
    secret = load_secret(data_dir, {})
    with open_office(None, data_dir) as office:
        store = make_store(office.engine)
        make_guide(office.engine, store, "0231", 21)
        loafer, boots = new_id(), new_id()
        products = {loafer: {"no": 1, "spu": "RM-1", "name": "乐福鞋"}, boots: {"no": 2, "spu": "RM-2", "name": "短靴"}}
        put_all(office.engine, BRAND, "product", products)
        put_all(office.engine, BRAND, "sku", {new_id(): {"product_id": loafer, "code": "RM-1-37", "gtin": GTIN}})
        pc = enrol_device(office.engine, now_ms=SystemClock().now_ms())
        link = Link(pc.key_no, 21, Subject.PRODUCT, 1, 0, 5)
        return sign(link, secret.link_key(pc.key_no)), pc.device_id


def test_a_printed_link_is_led_elsewhere_taken_out_of_use_and_brought_back(tmp_path: Path) -> None:
    code, device_id = _lay_shop(tmp_path)
    why = ("--by", "李总", "--reason", "换季")
    with _serving("serve", "--port", "0", data_dir=tmp_path) as (origin, _):
        link = f"{origin}/s/{code}"
        assert "乐福鞋" in _open(link)[1]
        rule = _json("links", "retarget", code, "--to-product", "RM-2", *why, data_dir=tmp_path)["rule"]
        assert (rule["what"], rule["deed"], rule["spu"]) == ("link", "retarget", "RM-2")
        assert "短靴" in _open(link)[1]
        _json("links", "restore", link, "--by", "李总", data_dir=tmp_path)
        assert "乐福鞋" in _open(link)[1]
        _json("links", "revoke", "--device", device_id, *why, data_dir=tmp_path)
        status, text, _ = _open(link)
        assert (status, "这个链接已停用" in text) == (410, True)
        told = _run("links", "list", data_dir=tmp_path).stdout.splitlines()
        assert [("停用" in line, "撤回" in line) for line in told] == [(True, False), (False, True)]
        _json("links", "restore", "--device", device_id, "--by", "李总", data_dir=tmp_path)
        assert _open(link)[0] == 200
    done = _run("links", "revoke", code[:-1], *why, data_dir=tmp_path)
    assert done.returncode == FAILED
    assert "不是本品牌的链接" in done.stderr


def test_a_label_with_lot_and_share_opens_at_both_domains(tmp_path: Path) -> None:
    code, _ = _lay_shop(tmp_path)
    label = Gs1Link(GTIN, lot="A/1+B", attributes=(("17", "271231"),), own=(("s", code),))
    with _serving("serve", "--port", "0", data_dir=tmp_path) as (origin, _):
        status, text, final = _open(label.url(origin))
        assert (status, final) == (200, f"{origin}/s/{code}")
        assert "乐福鞋" in text
        doc = _json("links", "origin", "https://go.brand.example", "--standby", origin, data_dir=tmp_path)
        assert doc == {"origin": "https://go.brand.example", "standby": [origin]}
        for host in ("go.brand.example", "s.brand.example", ""):
            assert "乐福鞋" in _open(f"{origin}/s/{code}", host)[1]
    assert json.loads(json.dumps(_json("links", "origin", data_dir=tmp_path))) == doc
