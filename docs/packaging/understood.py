"""Whether a binary understands what the packages offer: `understood.py BINARY SERVER.json MANIFEST.json`.

Each variable is set to its default and to each of its choices, and must come back from `config` without a warning.
"""

import json
import os
import subprocess
import sys


def wishes(server, manifest):
    for package in server["packages"]:
        for variable in package["environmentVariables"]:
            yield from ((variable["name"], value) for value in [variable.get("default", ""), *variable.get("choices", [])])
    options = manifest["user_config"]
    for name, template in manifest["server"]["mcp_config"]["env"].items():
        default = options[template.removeprefix("${user_config.").removesuffix("}")].get("default", "")
        yield name, json.dumps(default) if isinstance(default, bool) else default


def main(binary, *files):
    documents = [json.load(open(file)) for file in files]
    found = sorted(set(wishes(*documents)))
    for name, value in found:
        environment = {name: value, "HOME": os.environ["HOME"]}
        ran = subprocess.run([binary, "config", "--json"], env=environment, capture_output=True, text=True)
        if ran.returncode or ran.stderr:
            sys.exit(f"error: {name}={value} ends with {ran.returncode}: {ran.stderr}")
        source = {row["key"]: row["source"] for row in json.loads(ran.stdout)}[name.removeprefix("INTERVALS_ICU_").lower()]
        if (source == "default") != (value == ""):
            sys.exit(f"error: {name}={value} is taken from: {source}")
    print(f"{len(found)} values of {len({name for name, _ in found})} variables are understood")


main(*sys.argv[1:])
