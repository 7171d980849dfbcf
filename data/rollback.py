"""Rollback: what an earlier snapshot said becomes the newest revision of its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from data import disk
from data.errors import SnapshotError
from data.manifest import Version
from data.placing import give_name, keep, told_in_chinese, workplace
from data.snapshots import MANIFEST, SnapshotStore


def roll_back(
    store: SnapshotStore, version: Version, reason: str, *, who: str | None, published_at: datetime
) -> Version:
    """The new revision of the day that says again what `version` said.

    Versions newer than `version` are set aside, nothing is erased. SnapshotError: there is no such
    version, it is damaged, it is on the wall already, or no reason is given.
    """
    if not reason.strip():
        raise SnapshotError("退回要写明原因;请填一句话,如“误报了上月的台账”")
    with store.publishing(), told_in_chinese(store), workplace(store) as place:
        catalogue = store.catalogue()
        if version not in catalogue.published:
            raise SnapshotError(f"没有快照 {version};请用 guatu snapshots 查看现有版本")
        if version == catalogue.current:
            raise SnapshotError(f"挂图现在就是 {version},不用退回")
        store.ledgers(version)  # a damaged one must not reach the wall
        fresh = catalogue.next_revision(version.day)
        told = replace(
            store.manifest(version),
            version=fresh,
            published_at=published_at.isoformat(timespec="seconds"),
            who=who,
            via="rollback",
            rolled_back_to=version,
            reason=reason.strip(),
        )
        _copy(store.path(version), place)
        disk.write_text(place / MANIFEST, told.to_json())
        disk.sync_dir(place)
        give_name(place, store.path(fresh))
        disk.replace_text(store.pointer, catalogue.rolled_back(version, fresh).to_json())
    return fresh


def _copy(snapshot: Path, place: Path) -> None:
    """Durable copies of a snapshot's tables and of the file it came from."""
    for path in sorted(snapshot.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            keep(path, place / path.parent.relative_to(snapshot))
