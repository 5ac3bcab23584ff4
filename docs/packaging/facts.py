"""What the packages say of the server, each fact from the one place where it stands.

`facts.py version` prints one; so do `repository`, `server-name`, `description`, `platforms` `binary PLATFORM` and `key VARIABLE`.
"""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "target" / "packages"
NAME = "intervals-icu-mcp"

# By npm's word for a platform: where its binary lies, the best first; its words for system and processor; Homebrew's blocks.
PLATFORMS = {
    "linux-x64": (["x86_64-unknown-linux-musl", "x86_64-unknown-linux-gnu"], "linux", "x64", ("linux", "intel")),
    "linux-arm64": (["aarch64-unknown-linux-musl", "aarch64-unknown-linux-gnu"], "linux", "arm64", ("linux", "arm")),
    "darwin-x64": (["x86_64-apple-darwin"], "darwin", "x64", ("macos", "intel")),
    "darwin-arm64": (["aarch64-apple-darwin"], "darwin", "arm64", ("macos", "arm")),
    "win32-x64": (["x86_64-pc-windows-msvc"], "win32", "x64", None),
}


def package():
    """The server's part of `cargo metadata`."""
    command = ["cargo", "metadata", "--no-deps", "--locked", "--format-version", "1"]
    found = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    return next(package for package in found["packages"] if package["name"] == NAME)


def server_name(repository):
    """The name in the MCP registry: GitHub's owner proves it."""
    owner, name = repository.removeprefix("https://github.com/").split("/")
    return f"io.github.{owner}/{name}"


def release(repository, version):
    """Where a release's files are."""
    return f"{repository}/releases/download/v{version}"


def triple(platform):
    """The target whose binary stands for a platform; `None` when there is none."""
    triples = PLATFORMS[platform][0]
    return next((triple for triple in triples if binary(triple).is_file()), None)


def binary(triple):
    """Where a target's binary lies."""
    return OUT / "bin" / triple / (NAME + (".exe" if "windows" in triple else ""))


def keys():
    """What `config.example.toml` says of each key outside of tables: description and default; no default is `None`."""
    text = (ROOT / "config.example.toml").read_text()
    found = {}
    for block in re.split(r"\n\n", text.split("\n[", 1)[0]):
        *lines, last = block.splitlines()
        if match := re.fullmatch(r"(?:# )?([a-z_]+) = ?(.*)", last):
            key, default = match.groups()
            description = " ".join(line.removeprefix("# ") for line in lines).replace("`", "")
            value = json.loads(default) if default else None
            found[key] = (description, ",".join(value) if isinstance(value, list) else value)
    return found


def variable(key):
    """The environment's name of a key."""
    return f"INTERVALS_ICU_{key.upper()}"


if __name__ == "__main__":
    own = package()
    word, *rest = sys.argv[1:]
    if word == "binary":
        # Empty when there is none.
        found = triple(rest[0])
        print(binary(found) if found else "")
    elif word == "key":
        print(next((key for key in keys() if variable(key) == rest[0]), None) or sys.exit(1))
    else:
        print({
            "version": own["version"],
            "repository": own["repository"],
            "server-name": server_name(own["repository"]),
            "description": own["description"],
            "platforms": "\n".join(filter(triple, PLATFORMS)),
        }[word])
