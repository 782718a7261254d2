"""The errors a user can meet. Each carries data and reads as advice."""

from collections.abc import Iterable
from dataclasses import dataclass


class SymbiosisError(Exception):
    """Anything the library refuses to do because of what it was given."""


@dataclass(frozen=True)
class Problem:
    """One broken rule: where it stands, what is wrong, and what to do about it."""

    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}"
        return f"{text} ({self.remedy})" if self.remedy else text


class InvalidData(SymbiosisError):
    """Input that breaks a stated rule; ``problems`` holds all of them, not the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NoSolution(SymbiosisError):
    """The limits asked for contradict each other: no plan meets them all."""
