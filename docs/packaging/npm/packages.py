"""Lays out npm's packages: one with the launcher, and one with the binary for each platform whose binary is there.

npm installs of the optional packages only the one for its system and processor, so nothing is downloaded by a script.
"""

import json
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import facts

OWN = facts.package()
OUT = facts.OUT / "npm"
COMMON = {
    "version": OWN["version"],
    "description": OWN["description"],
    "license": OWN["license"],
    "homepage": OWN["repository"],
    "repository": {"type": "git", "url": f"git+{OWN['repository']}.git"},
    "bugs": f"{OWN['repository']}/issues",
    "publishConfig": {"access": "public"},
}


def write(folder, manifest, files):
    """A package of `manifest` and these files: where each goes, where it is from, whether it is a program."""
    for place, source, mode in [*files, ("LICENSE", facts.ROOT / "LICENSE", 0o644)]:
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(mode)
    (folder / "package.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def platform(name, system, processor):
    binary = facts.binary(facts.triple(name))
    third_parties = facts.OUT / "share" / "THIRD-PARTY-LICENSES.txt"
    manifest = {
        "name": f"@{facts.NAME}/{name}",
        **COMMON,
        "description": f"{facts.NAME} for {name}",
        "os": [system],
        "cpu": [processor],
        "preferUnplugged": True,
        "files": ["bin", third_parties.name],
    }
    files = [(f"bin/{binary.name}", binary, 0o755), (third_parties.name, third_parties, 0o644)]
    write(OUT / name, manifest, files)


def launcher():
    programs = [facts.NAME, f"{facts.NAME}-auth"]
    manifest = {
        "name": facts.NAME,
        **COMMON,
        "keywords": OWN["keywords"],
        "mcpName": facts.server_name(OWN["repository"]),
        "bin": {program: f"bin/{program}.js" for program in programs},
        "files": ["bin"],
        "engines": {"node": ">=18"},
        "optionalDependencies": {f"@{facts.NAME}/{name}": OWN["version"] for name in facts.PLATFORMS},
    }
    files = [(f"bin/{program}.js", HERE / f"{program}.js", 0o755) for program in programs]
    files += [("bin/launch.js", HERE / "launch.js", 0o644), ("README.md", facts.ROOT / "README.md", 0o644)]
    write(OUT / facts.NAME, manifest, files)


shutil.rmtree(OUT, ignore_errors=True)
for name, (_, system, processor, _) in facts.PLATFORMS.items():
    if facts.triple(name):
        platform(name, system, processor)
launcher()
