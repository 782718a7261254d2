"""The files of an inventory: one file, a folder, or a zip that is not trusted."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from symbiosis.errors import InvalidData, Problem

LARGEST_MEMBER = 1_000_000_000
LARGEST_WHOLE = 40_000_000_000
MOST_MEMBERS = 1_000_000
HIGHEST_RATIO = 1_000  # beyond it, and over 100 MB, a zip is a bomb rather than a table
_SIGNATURE = b"PK"


class Member(NamedTuple):
    """A file of an inventory: its name inside what was given, what to call it, its content."""

    name: str
    where: str
    content: bytes


def is_zip(path: Path) -> bool:
    """Return whether a file is a zip, or says so by its name."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(2) == _SIGNATURE or path.suffix.lower() == ".zip"


def member_names(path: Path) -> list[str]:
    """Return the names of the files in a folder or zip, or of the file itself."""
    if path.is_dir():
        found = (file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file())
        return sorted(found)
    if is_zip(path):
        with _opened(path) as archive:
            return [name for name in archive.namelist() if not name.endswith("/")]
    return [path.name]


def members(path: Path, *suffixes: str) -> Iterator[Member]:
    """Yield the files whose names end in one of `suffixes`, in order of name.

    Nothing is unpacked to disk. A zip that is cut short, encrypted, blown up, or names files
    outside itself is refused as a whole.
    """
    if path.is_dir():
        for name in member_names(path):
            if name.lower().endswith(suffixes):
                yield Member(name, f"{path.name}/{name}", _content(path / name, path))
    elif is_zip(path):
        with _opened(path) as archive:
            for name in sorted(archive.namelist()):
                if name.lower().endswith(suffixes):
                    yield Member(name, f"{path.name}/{name}", _unpacked(archive, name, path))
    else:
        yield Member(path.name, path.name, _content(path))


def text(member: Member, *encodings: str) -> str:
    """Return the text of a member in the first of `encodings` that fits."""
    for encoding in encodings:
        try:
            return member.content.decode(encoding)
        except UnicodeError:
            continue
    remedy = f"save it as {encodings[0].replace('-sig', '')}"
    raise InvalidData([Problem(member.where, f"is not written in {encodings[0]}", remedy)])


def _content(path: Path, folder: Path | None = None) -> bytes:
    where = path.name if folder is None else f"{folder.name}/{path.relative_to(folder)}"
    if folder is not None and not path.resolve().is_relative_to(folder.resolve()):
        raise InvalidData([Problem(where, "leads out of the folder", "put the file itself there")])
    try:
        if path.stat().st_size > LARGEST_MEMBER:
            size = f"at most {LARGEST_MEMBER / 1e6:.0f} MB a file"
            raise InvalidData([Problem(where, "is too large", size)])
        return path.read_bytes()
    except OSError as error:
        raise InvalidData([Problem(where, f"cannot be read: {error.strerror}", "")]) from error


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        what = f"is no whole zip: {error}"
        raise InvalidData([Problem(path.name, what, "fetch or write the file again")]) from error
    found = list(_zip_problems(archive, path.name))
    if found:
        archive.close()
        raise InvalidData(found)
    return archive


def _zip_problems(archive: zipfile.ZipFile, where: str) -> Iterator[Problem]:
    members = archive.infolist()
    whole = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or whole > LARGEST_WHOLE:
        what = f"holds {len(members)} files, {whole / 1e9:.0f} GB unpacked"
        yield Problem(where, what, f"at most {LARGEST_WHOLE / 1e9:.0f} GB")
    seen: set[str] = set()
    for member in members:
        name = member.filename
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in name.partition("/")[0]:
            what = f"the name '{name}' leads out of the zip"
            yield Problem(where, what, "pack the files again, without folders above")
        if name in seen:
            yield Problem(where, f"holds '{name}' twice", "keep one")
        seen.add(name)
        blown = member.file_size > HIGHEST_RATIO * max(member.compress_size, 1)
        if member.file_size > LARGEST_MEMBER or (blown and member.file_size > 1e8):
            what = f"'{name}' unpacks to {member.file_size / 1e6:.0f} MB"
            yield Problem(where, what, "this is no inventory")


def _unpacked(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        where, what = f"{path.name}/{name}", f"cannot be unpacked: {error}"
        raise InvalidData([Problem(where, what, "fetch or write the zip again")]) from error
    except RuntimeError as error:  # a password is wanted
        where = f"{path.name}/{name}"
        raise InvalidData([Problem(where, "is encrypted", "unpack it first")]) from error
