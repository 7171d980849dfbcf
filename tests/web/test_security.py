"""Who is answered, who must sign in, and what a page may load."""

from __future__ import annotations

from pathlib import Path

import pytest

from components import security
from components.sign_in import LOCK_SECONDS, SESSION_SECONDS, WRONG_TRIES, Tries
from data.errors import ConfigurationError
from tests.web.support import Visitor, guarded, settings

PASSWORD = "挂图-2026-口令"


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def locked(tmp_path: Path) -> Visitor:
    """A visitor at an office with a password."""
    return Visitor(guarded(tmp_path, password=PASSWORD))


def sign_in(client: Visitor, password: str = PASSWORD, where: str = "/timeline") -> int:
    return client.post(f"/sign-in?next={where}", {"password": password}).status


def test_others_are_not_served_without_a_password(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="GUATU_PASSWORD"):
        security.refuse_open_door(settings(tmp_path, host="0.0.0.0"))
    with pytest.raises(ConfigurationError):
        security.refuse_open_door(settings(tmp_path, host="10.1.2.3", password=""))
    security.refuse_open_door(settings(tmp_path, host="0.0.0.0", password=PASSWORD))
    security.refuse_open_door(settings(tmp_path, host="127.0.0.1"))
    security.refuse_open_door(settings(tmp_path, host="::1"))


def test_every_answer_says_what_a_page_may_do(tmp_path: Path) -> None:
    headers = Visitor(guarded(tmp_path)).get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self' 'sha256-abc';" in policy
    assert "connect-src 'self' ws://127.0.0.1:8050 wss://127.0.0.1:8050" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http://" not in policy.replace("ws://", "")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8050", "10.0.0.7:8050", ""])
def test_a_local_program_answers_to_local_names_only(tmp_path: Path, host: str) -> None:
    answer = Visitor(guarded(tmp_path)).get("/", host=host)
    assert answer.status == 400
    assert "GUATU_HOSTS" in answer.json()["message"]


@pytest.mark.parametrize("host", ["127.0.0.1:8050", "localhost:8050", "[::1]:8050", "LOCALHOST"])
def test_local_names(tmp_path: Path, host: str) -> None:
    assert Visitor(guarded(tmp_path)).get("/", host=host).status == 200


def test_a_shared_program_answers_to_addresses_and_listed_names(tmp_path: Path) -> None:
    guard = guarded(tmp_path, host="0.0.0.0", password=PASSWORD, hosts="gua.tu, 挂图.政务")
    hosts = security.Hosts(settings(tmp_path, host="0.0.0.0", hosts="gua.tu"))
    assert hosts.answers("gua.tu:8050")
    assert hosts.answers("10.1.2.3:8050")
    assert hosts.answers("[fd00::1]:8050")
    assert not hosts.answers("evil.example")
    assert Visitor(guard).get("/", host="evil.example").status == 400


def test_another_site_can_neither_post_nor_open_a_socket(tmp_path: Path) -> None:
    client = Visitor(guarded(tmp_path))
    assert client.post("/api/upload", origin="http://evil.example").status == 403
    assert client.post("/api/upload", origin="null").status == 403
    assert client.post("/api/upload", sec_fetch_site="cross-site").status == 403
    assert client.post("/api/upload", origin="http://127.0.0.1:8050").status == 200
    assert client.post("/api/upload").status == 200
    refused = client.socket("/api/live", origin="http://evil.example")
    assert (refused.status, refused.text) == (security.FORBIDDEN, "")


CHANGING = [
    ("POST", "/api/upload"),
    ("POST", "/api/drafts/20261122-093000-1a2b3c/publish"),
    ("POST", "/api/drafts/20261122-093000-1a2b3c/drop"),
    ("POST", "/api/drafts/20261122-093000-1a2b3c/answer"),
    ("POST", "/api/drafts/20261122-093000-1a2b3c/column"),
    ("POST", "/api/rollback"),
    ("DELETE", "/api/remembered/0a1b2c3d4e5f"),
]
TELLING = [
    ("GET", "/api/drafts/20261122-093000-1a2b3c/marked"),
    ("GET", "/api/loads/2026-11-22-1/file"),
    ("GET", "/api/loads/20261122-093000-1a2b3c/marked"),
    ("GET", "/api/template"),
]


@pytest.mark.parametrize(("method", "path"), [*CHANGING, *TELLING])
def test_the_intake_is_open_to_those_alone_who_signed_in(locked: Visitor, method: str, path: str) -> None:
    assert locked.request(method, path, b"").status == 401
    assert sign_in(locked) == 303
    assert locked.request(method, path, b"").text == "inside"


@pytest.mark.parametrize(("method", "path"), CHANGING)
@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:8051"])
def test_another_sites_page_changes_nothing(tmp_path: Path, method: str, path: str, origin: str) -> None:
    assert Visitor(guarded(tmp_path)).request(method, path, b"", origin=origin).status == 403
    assert Visitor(guarded(tmp_path)).request(method, path, b"", sec_fetch_site="cross-site").status == 403


def test_signing_in(locked: Visitor) -> None:
    asked = locked.get("/timeline?region=连山区", accept="text/html")
    assert asked.status == 303
    assert asked.headers["location"].startswith("/sign-in?next=%2Ftimeline%3Fregion")
    assert "登录口令" in locked.get("/sign-in").text
    assert sign_in(locked, "错的") == 401
    answer = locked.post("/sign-in?next=/timeline", {"password": PASSWORD})
    assert (answer.status, answer.headers["location"]) == (303, "/timeline")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert locked.get("/").text == "inside"


@pytest.mark.parametrize(
    "path", ["/", "/assets/base.css", "/api/queries", "/_dash-layout", "/api/openapi.json"]
)
def test_nothing_is_open_before_signing_in(locked: Visitor, path: str) -> None:
    answer = locked.get(path)
    assert answer.status == 401
    assert answer.json() == {"message": "请先登录。"}
    assert "content-security-policy" in answer.headers


def test_the_socket_is_guarded_too(locked: Visitor) -> None:
    refused = locked.socket("/api/live")
    assert (refused.status, refused.text) == (security.SIGN_IN_NEEDED, "")
    sign_in(locked)
    assert locked.socket("/api/live").text == "inside"


def test_health_is_open(locked: Visitor) -> None:
    assert locked.get("/api/health").status == 200


@pytest.mark.parametrize(
    "target", ["//evil.example", "http://evil.example", "/\\evil.example", "javascript:1", ""]
)
def test_signing_in_leads_nowhere_else(locked: Visitor, target: str) -> None:
    answer = locked.post(f"/sign-in?next={target}", {"password": PASSWORD})
    assert answer.headers["location"] == "/"


def test_a_forged_or_changed_session_is_nothing(locked: Visitor) -> None:
    sign_in(locked)
    ends, _, signature = locked.cookies["guatu_session"].partition(".")
    for forged in (f"{int(ends) + 1}.{signature}", f"{ends}.{'0' * 64}", "x", f"{ends}.é"):
        assert locked.get("/", cookie=f"guatu_session={forged}").status == 401


def test_a_session_ends_and_a_used_one_is_renewed(tmp_path: Path) -> None:
    guard = guarded(tmp_path, password=PASSWORD)
    clock = Clock()
    assert guard.sign_in is not None
    guard.sign_in._clock = clock
    client = Visitor(guard)
    sign_in(client)
    clock.now += SESSION_SECONDS * 0.4
    assert "set-cookie" not in client.get("/").headers
    clock.now += SESSION_SECONDS * 0.2
    assert "guatu_session=" in client.get("/").headers["set-cookie"]
    clock.now += SESSION_SECONDS + 1
    assert client.get("/").status == 401


def test_sessions_outlive_a_restart_but_not_a_new_password(tmp_path: Path) -> None:
    client = Visitor(guarded(tmp_path, password=PASSWORD))
    sign_in(client)
    cookie = f"guatu_session={client.cookies['guatu_session']}"
    assert Visitor(guarded(tmp_path, password=PASSWORD)).get("/", cookie=cookie).status == 200
    assert Visitor(guarded(tmp_path, password="另一个")).get("/", cookie=cookie).status == 401
    assert (tmp_path / ".session_key").stat().st_mode & 0o077 == 0


def test_wrong_tries_lock_even_the_right_password(locked: Visitor) -> None:
    for _ in range(WRONG_TRIES):
        assert sign_in(locked, "错的") == 401
    answer = locked.post("/sign-in", {"password": PASSWORD})
    assert answer.status == 429
    assert "请 15 分钟后再试" in answer.text or "请 16 分钟后再试" in answer.text


def test_a_lock_ends_by_itself() -> None:
    clock = Clock()
    tries = Tries(clock)
    left = [tries.wrong("10.0.0.1") for _ in range(WRONG_TRIES)]
    assert left == [4, 3, 2, 1, 0]
    assert tries.locked_seconds("10.0.0.1") == LOCK_SECONDS
    assert tries.locked_seconds("10.0.0.2") == 0
    clock.now += LOCK_SECONDS
    assert tries.locked_seconds("10.0.0.1") == 0
    assert tries.wrong("10.0.0.1") == WRONG_TRIES - 1


def test_a_huge_password_is_not_read(locked: Visitor) -> None:
    assert sign_in(locked, "x" * 10_000) == 401
