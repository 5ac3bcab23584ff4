"""The licences of what is linked into the binary, on any platform, with their texts.

Crates that only build scripts, macros or tests use are not in it, and our own are under LICENSE.
"""

import json
import pathlib
import re
import subprocess
import sys

import facts

LICENCE_FILE = re.compile(r"(?i)^(un)?licen[cs]e|^copying|^notice")


def metadata():
    platforms = [triple for platform in facts.PLATFORMS.values() for triple in platform[0]]
    filters = [word for triple in platforms for word in ("--filter-platform", triple)]
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--features", "redis-sessions", *filters]
    return json.loads(subprocess.run(command, cwd=facts.ROOT / "server", check=True, capture_output=True).stdout)


def linked(found):
    """The crates from elsewhere that the binary is made of."""
    packages = {package["id"]: package for package in found["packages"]}
    nodes = {node["id"]: node for node in found["resolve"]["nodes"]}
    own = next(id for id, package in packages.items() if package["name"] == facts.NAME)
    reached, left = set(), [own]
    while left:
        id = left.pop()
        if id in reached or any("proc-macro" in target["kind"] for target in packages[id]["targets"]):
            continue
        reached.add(id)
        left += [dep["pkg"] for dep in nodes[id]["deps"] if any(kind["kind"] is None for kind in dep["dep_kinds"])]
    return sorted((packages[id] for id in reached if packages[id]["source"]), key=lambda p: (p["name"], p["version"]))


def texts(package):
    folder = pathlib.Path(package["manifest_path"]).parent
    files = (file for file in sorted(folder.iterdir()) if file.is_file() and LICENCE_FILE.match(file.name))
    return [file.read_text(errors="replace").strip() for file in files]


def main():
    crates = linked(metadata())
    if len(crates) < 50:
        sys.exit(f"error: only {len(crates)} crates are found to be linked")
    by_text = {}
    print("intervals-icu-mcp is under the MIT licence (LICENSE). Linked into it are:\n")
    for crate in crates:
        label = f"{crate['name']} {crate['version']}"
        licence = crate["license"] or sys.exit(f"error: {label} names no licence")
        print(f"  {label}: {licence}, {crate['repository'] or 'https://crates.io/crates/' + crate['name']}")
        for text in texts(crate):
            by_text.setdefault(text, []).append(label)
    print("  the standard library of Rust: MIT OR Apache-2.0, https://github.com/rust-lang/rust")
    print("  static binaries for Linux: musl (MIT, https://musl.libc.org), or, when built for gnu, the GNU C Library")
    print("  (LGPL-2.1-or-later, https://sourceware.org/glibc); its own build from source relinks it")
    for text, labels in by_text.items():
        print(f"\n{'-' * 100}\n{', '.join(labels)}:\n\n{text}")


main()
