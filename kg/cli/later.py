"""A command whose module is loaded when somebody asks for it.

Faces. `kg --help` shows a line of every command, and nobody who types one command waits for the
others: what a command says of itself in that line stands where it is registered, and a test
compares it with the command's own help.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

__all__ = ["Later"]


class Later(click.Command):
    """A command in a module of its own, which is loaded when the command is called."""

    def __init__(self, name: str, about: str, module: str = "") -> None:
        """Name the command.

        Args:
            name: Name of the command.
            about: First paragraph of its help.
            module: Module in ``kg.cli`` with the ``command``, if it is not named like that.
        """
        super().__init__(name, help=about)
        self._module = f"kg.cli.{module or name}"

    def load(self) -> click.Command:
        """Return the command itself."""
        command: click.Command = import_module(self._module).command
        return command

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Return the context of the command itself, which is then what is called."""
        return self.load().make_context(*args, **kwargs)

    def get_help(self, ctx: click.Context) -> str:
        """Return the whole help of the command itself."""
        return self.load().get_help(ctx)
