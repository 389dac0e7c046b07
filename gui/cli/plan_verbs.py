"""Verbs about a plan as a whole: new, info, check, audit, undo, redo, user."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import numpy as np
import typer

from geo.catalogue import label, text
from geo.edit.edit import Edit
from geo.edit.history import EditHeader
from geo.edit.people import add_user
from geo.gazetteer import Gazetteer
from geo.keys import KeyStore
from geo.model.codec import geometry_of
from geo.model.entity import Kind, new_id
from geo.model.plan import User
from geo.model.vocabulary import Role
from geo.project import Project
from geo.store.plans import PLAIN_SUFFIX, create_plan
from gui.cli import console
from gui.cli.opening import (
    ActorOption,
    JsonOption,
    PassphraseOption,
    PlanArgument,
    opened,
    passphrase_from,
)

LAST_EDITS = 10


@console.verb
def new(
    plan: PlanArgument,
    *,
    province: Annotated[str, typer.Option(help="Province by name, alias or NCDD code.")],
    name: Annotated[str, typer.Option(help="Name of the plan; else the file's name.")] = "",
    actor: Annotated[str, typer.Option("--actor", help="Name of the first user.")] = "Planner",
    role: Annotated[Role, typer.Option(help="Role of the first user.")] = Role.PLANNER,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make an empty plan and its first user with a signing key."""
    unit = Gazetteer.load().province(province)
    user_id = new_id()
    user = User(id=user_id, name=actor, role=role, public_key=KeyStore().create(user_id))
    create_plan(
        plan,
        name=name or plan.stem,
        province_code=unit.code,
        users=[user],
        actor=user,
        passphrase=passphrase_from(passphrase_file),
    ).close()
    if as_json:
        console.emit({"path": str(plan), "province": unit.code, "actor": actor})
    else:
        console.say(
            text("cli.new.done", console.language(), path=plan, province=unit.name_en, actor=actor)
        )


@console.verb
def user(
    plan: PlanArgument,
    *,
    name: Annotated[
        str, typer.Option(help="Name of the new user; else the users are listed.")
    ] = "",
    role: Annotated[Role, typer.Option(help="Role of the new user.")] = Role.PLANNER,
    office: Annotated[str, typer.Option(help="Office of the new user.")] = "",
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add a user with a signing key made on this machine, or list the users."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=bool(name)) as project:
        if name:
            user_id = new_id()
            key = KeyStore().create(user_id)
            new_user = User(id=user_id, name=name, role=role, office=office, public_key=key)
            project.commit(add_user(project, new_user))
        users = project.all(User)
    here = KeyStore()
    rows = [(u.name, u.role.value, u.office, here.signer(u.id) is not None) for u in users]
    if as_json:
        names = ("name", "role", "office", "key_here")
        console.emit({"users": [dict(zip(names, row, strict=True)) for row in rows]})
        return
    lang = console.language()
    console.table(
        [text(f"cli.user.{c}", lang) for c in ("name", "role", "office", "key_here")],
        [(n, label(Role(r), lang), o, "✓" if k else "–") for n, r, o, k in rows],
    )


@console.verb
def info(
    plan: PlanArgument,
    *,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell what is in a plan."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file) as project:
        counts = {kind.value: len(project.table(kind)) for kind in Kind if len(project.table(kind))}
        last = project.store.log()[-LAST_EDITS:]
        name = project.info.name
        result: dict[str, object] = {
            "schema_version": int(project.store.meta()["schema_version"]),
            "protected": plan.suffix != PLAIN_SUFFIX,
            "counts": counts,
            "extent": extent_of(project),
            "last_edits": [_edit_line(project, e) for e in reversed(last)],
        }
    if as_json:
        console.emit(result)
        return
    lang = console.language()
    console.say(name)
    console.table(
        [text("cli.info.kind", lang), text("cli.info.count", lang)],
        [(label(Kind(k), lang), n) for k, n in counts.items()],
        right=[1],
    )
    for line in result["last_edits"]:  # type: ignore[attr-defined] # a list, made above
        console.say(f"{line['at']}  {line['actor']}  {line['what']}")


@console.verb
def check(
    plan: PlanArgument,
    *,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look for damage; ends with 1 if there is any."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file) as project:
        problems = project.store.check()
    lang = console.language()
    if as_json:
        found = [{"what": text(p.what, lang), "where": p.where} for p in problems]
        console.emit({"ok": not problems, "problems": found})
    elif problems:
        console.table(
            [text("cli.check.what", lang), text("cli.check.where", lang)],
            [(text(p.what, lang), p.where) for p in problems],
        )
    else:
        console.say(text("cli.check.ok", lang))
    if problems:
        raise typer.Exit(console.FOUND)


@console.verb
def audit(
    plan: PlanArgument,
    *,
    since: Annotated[datetime | None, typer.Option(help="Only from this time on.")] = None,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell who changed what, when."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file) as project:
        names = {u.id: u.name for u in project.all(User)}
        by_edit = {e.id: e for e in project.store.log()}
        rows = [
            (
                r.at.isoformat(timespec="seconds"),
                names.get(r.actor, "–"),
                edit_sentence(by_edit[r.edit_id]) if r.edit_id in by_edit else r.what,
                "✓" if r.signature else "–",
            )
            for r in project.store.audit()
            if since is None or r.at >= since.astimezone()
        ]
    if as_json:
        keys = ("at", "actor", "what", "signed")
        console.emit({"rows": [dict(zip(keys, row, strict=True)) for row in rows]})
        return
    lang = console.language()
    console.table([text(f"cli.audit.{c}", lang) for c in ("at", "actor", "what", "signed")], rows)


@console.verb
def undo(
    plan: PlanArgument,
    *,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take back the last edit."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        _tell("undone", project.undo(), as_json=as_json)


@console.verb
def redo(
    plan: PlanArgument,
    *,
    actor: ActorOption = "",
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put back what was last taken back."""
    with opened(plan, actor=actor, passphrase_file=passphrase_file, acts=True) as project:
        _tell("redone", project.redo(), as_json=as_json)


def extent_of(project: Project) -> list[float] | None:
    """Return the plan's extent [w, s, e, n] in degrees over its points, or None without any."""
    lon, lat = [], []
    for kind in Kind:
        if geometry_of(kind) == "point":
            lon.append(project.table(kind)["lon"])
            lat.append(project.table(kind)["lat"])
    lons, lats = np.concatenate(lon), np.concatenate(lat)
    known = ~np.isnan(lons)
    if not known.any():
        return None
    lons, lats = lons[known], lats[known]
    return [float(v) for v in (lons.min(), lats.min(), lons.max(), lats.max())]


def edit_sentence(edit: EditHeader | Edit) -> str:
    """Return what an edit did as a sentence."""
    sentence = text(f"edit.{edit.verb.value}", console.language(), **edit.params)
    return sentence if edit.action.value == "do" else f"{sentence} ({edit.action.value})"


def _edit_line(project: Project, edit: EditHeader) -> dict[str, object]:
    user = project.find(User, edit.actor)
    return {
        "at": edit.at.isoformat(timespec="seconds"),
        "actor": user.name if user else "–",
        "what": edit_sentence(edit),
        "rows": edit.count,
    }


def _tell(word: str, edit: Edit, *, as_json: bool) -> None:
    what = text(f"edit.{edit.verb.value}", console.language(), **edit.params)
    if as_json:
        console.emit({word: what, "rows": edit.count()})
    else:
        console.say(text(f"cli.{word}", console.language(), what=what))
