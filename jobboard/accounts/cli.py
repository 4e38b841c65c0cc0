"""`jobboard people`: what the operator does with accounts from the command line."""

from __future__ import annotations

import json
import sys

import click
from flask.cli import AppGroup

from jobboard import unit_of_work
from jobboard.accounts import actions, passwords, queries
from jobboard.database import writing

people = AppGroup("people", help="Add people, list them, set their role.")
ROLES = click.Choice(["moderator", "member"])


@people.command("add")
@click.argument("address")
@click.option("--role", type=ROLES, default="member", show_default=True)
@click.option("--name", default="", help="What the person is called.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from the first line of standard input."
)
def add(address: str, role: str, name: str, password_stdin: bool) -> None:
    """Add a person whose ADDRESS needs no confirming.

    Without a password the person chooses one through "Forgotten password".
    """
    password_hash = passwords.NONE_SET
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
        problem = passwords.complaint(password, (address, name))
        if problem:
            raise click.ClickException(f"the password is refused: {problem}")
        password_hash = passwords.hash_of(password)
    with writing():
        try:
            person = actions.add(address, name, password_hash, is_moderator=role == "moderator")
        except ValueError as problem:
            unit_of_work.rollback()
            raise click.ClickException(f"{address}: {problem}") from problem
        unit_of_work.commit()
    click.echo(f"{person.email} can sign in." if password_stdin else f"{person.email} has no password yet.")
    click.echo(json.dumps({"added": 1}))


@people.command("list")
def list_people() -> None:
    """List everybody: address, role, state, name."""
    everybody = queries.everybody()
    for person in everybody:
        role = "moderator" if person.is_moderator else "member"
        state = "suspended" if person.suspended_at else "confirmed" if person.confirmed_at else "unconfirmed"
        click.echo(f"{person.email}\t{role}\t{state}\t{person.name}")
    click.echo(json.dumps({"people": len(everybody)}))


@people.command("role")
@click.argument("address")
@click.argument("role", type=ROLES)
def set_role(address: str, role: str) -> None:
    """Make the person with ADDRESS a moderator or an ordinary member."""
    with writing():
        person = queries.person_by_address(address)
        if person is None:
            unit_of_work.rollback()
            raise click.ClickException(f"nobody has the address {address}")
        changed = person.is_moderator != (role == "moderator")
        actions.set_moderator(person, role == "moderator")
        unit_of_work.commit()
    click.echo(f"{person.email} is a {role}.")
    click.echo(json.dumps({"changed": int(changed)}))
