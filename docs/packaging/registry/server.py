"""The entry for the MCP registry (server.json): printed as JSON.

Its form: https://github.com/modelcontextprotocol/registry/tree/main/docs/reference/server-json
"""

import hashlib
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import facts

SCHEMA = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"
# What a person who adds the server may want to say; every flag of the command line is one of them, so that no arguments are needed.
WISHES = [
    "api_key", "athlete_id", "read_only", "packs", "tools", "exclude_tools", "delete_mode", "max_tool_tokens", "dynamic",
    "coach", "units", "timezone", "answer", "log",
]
CHOICES = {
    "delete_mode": ["none", "safe", "full"],
    "units": ["athlete", "metric", "imperial"],
    "answer": ["text", "json"],
}


def wish(key, description, default):
    found = {"name": facts.variable(key), "description": description}
    if key == "api_key":
        found |= {"isRequired": True, "isSecret": True}
    if isinstance(default, bool):
        found |= {"format": "boolean", "default": json.dumps(default)}
    elif isinstance(default, int):
        found |= {"format": "number", "default": str(default)}
    elif default:
        found["default"] = default
    if key in CHOICES:
        found["choices"] = CHOICES[key]
    return found


def main():
    package = facts.package()
    version, repository = package["version"], package["repository"]
    bundle = facts.OUT / f"{facts.NAME}-{version}.mcpb"
    owner = repository.split("/")[-2]
    keys = facts.keys()
    common = {
        "transport": {"type": "stdio"},
        "environmentVariables": [wish(key, *keys[key]) for key in WISHES],
    }
    packages = [
        {"registryType": "npm", "identifier": facts.NAME, "version": version, "runtimeHint": "npx", **common},
        {
            "registryType": "mcpb",
            "identifier": f"{facts.release(repository, version)}/{bundle.name}",
            "version": version,
            "fileSha256": hashlib.sha256(bundle.read_bytes()).hexdigest(),
            **common,
        },
        {
            "registryType": "oci",
            "identifier": f"ghcr.io/{owner}/{facts.NAME}:{version}",
            "runtimeHint": "docker",
            **common,
        },
    ]
    print(json.dumps({
        "$schema": SCHEMA,
        "name": facts.server_name(repository),
        "title": "Intervals.icu",
        "description": package["description"],
        "version": version,
        "websiteUrl": repository,
        "repository": {"url": repository, "source": "github"},
        "packages": packages,
    }, indent=2, ensure_ascii=False))


main()
