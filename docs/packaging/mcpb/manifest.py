"""The manifest of the bundle for Claude Desktop, for the platforms whose binaries are there: printed as JSON.

Its form: https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import facts

# A bundle tells systems apart and no processors: on macOS one binary is for both.
SYSTEMS = ["darwin", "win32", "linux"]

LONG = """Activities, wellness, calendar, fitness, curves, workout library, gear and settings of your Intervals.icu account, in \
your own units and in few words.

You need an API key: intervals.icu, Settings, Developer Settings. It stays on this computer and is sent to Intervals.icu alone. \
Not affiliated with Intervals.icu."""


def option(kind, key, title, description, **more):
    """A wish of the user: its default is the server's own. Without one it is empty, which the server takes for unset."""
    default = facts.keys()[key][1]
    return {"type": kind, "title": title, "description": description, "default": "" if default is None else default, **more}


def user_config():
    api_key = option("string", "api_key", "API key", "From intervals.icu, Settings, Developer Settings.", sensitive=True)
    # There is nothing to see without one.
    del api_key["default"]
    return {
        "api_key": {**api_key, "required": True},
        "athlete_id": option("string", "athlete_id", "Athlete id", "Such as i123456; leave it empty for your own."),
        "read_only": option("boolean", "read_only", "Read only", "Offer nothing that changes anything."),
        "packs": option(
            "string", "packs", "Packs", "What to offer: default, all, @minimal, @analysis, @planning, or names with commas."
        ),
        "delete_mode": option(
            "string", "delete_mode", "Deletes", "none, safe (what would not be missed) or full."
        ),
    }


def systems():
    """The systems of the bundle and where it holds their binaries."""
    for system in SYSTEMS:
        exe = ".exe" if system == "win32" else ""
        place = f"server/{system}/{facts.NAME}{exe}"
        if (facts.OUT / "mcpb" / place).is_file():
            yield system, place


def main():
    package = facts.package()
    repository = package["repository"]
    places = dict(systems())
    if not places:
        sys.exit("error: there is no binary to bundle")
    options = user_config()
    environment = {facts.variable(key): f"${{user_config.{key}}}" for key in options}
    commands = {system: {"command": f"${{__dirname}}/{place}"} for system, place in places.items()}
    first, entry = next(iter(places.items()))
    tools = json.loads((facts.OUT / "share" / "tools.json").read_text())
    manifest = {
        "manifest_version": "0.3",
        "name": facts.NAME,
        "display_name": "Intervals.icu",
        "version": package["version"],
        "description": package["description"],
        "long_description": LONG,
        "author": {"name": "The intervals-icu-mcp authors", "url": repository},
        "repository": {"type": "git", "url": f"{repository}.git"},
        "homepage": repository,
        "documentation": f"{repository}/tree/main/docs",
        "support": f"{repository}/issues",
        "icon": "icon.png",
        "server": {
            "type": "binary",
            "entry_point": entry,
            "mcp_config": {
                **commands[first],
                "args": [],
                "env": environment,
                "platform_overrides": {system: command for system, command in commands.items() if system != first},
            },
        },
        "tools": [{"name": tool["tool"], "description": tool["description"]} for tool in tools],
        # Other packs, and read-only, make other lists.
        "tools_generated": True,
        "prompts_generated": True,
        "keywords": package["keywords"],
        "license": package["license"],
        "privacy_policies": ["https://intervals.icu/privacy-policy.html"],
        "compatibility": {"platforms": list(places)},
        "user_config": options,
    }
    print(json.dumps(manifest, indent=2, ensure_ascii=False))


main()
