"""Talks MCP over stdio to a command: `answers.py VERSION TOOLS.json COMMAND…` fails unless it serves that version and those tools.

Nothing but messages may stand on its stdout, and it ends well when its stdin does.
"""

import json
import subprocess
import sys


def request(id, method, **params):
    return {"jsonrpc": "2.0", "id": id, "method": method, "params": params}


HELLO = request(
    1, "initialize", protocolVersion="2025-11-25", capabilities={}, clientInfo={"name": "answers", "version": "1"}
)
READY = {"jsonrpc": "2.0", "method": "notifications/initialized"}


def main(version, tools, *command):
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def say(*messages):
        child.stdin.write("".join(json.dumps(message) + "\n" for message in messages))
        child.stdin.flush()

    def answer(id):
        for line in child.stdout:
            message = json.loads(line)
            if message.get("id") == id:
                return message["result"]
        sys.exit(f"error: it ended with {child.wait()} instead of an answer")

    say(HELLO)
    served = answer(1)["serverInfo"]["version"]
    say(READY, request(2, "tools/list"))
    listed = {tool["name"] for tool in answer(2)["tools"]}
    child.stdin.close()
    rest, code = child.stdout.read(), child.wait(timeout=30)
    with open(tools) as file:
        expected = {tool["tool"] for tool in json.load(file)}
    for problem, is_so in {
        f"it serves version {served} instead of {version}": served != version,
        f"its tools differ: {sorted(listed ^ expected)}": listed != expected,
        f"it says something else: {rest}": rest != "",
        f"it ends with {code}": code != 0,
    }.items():
        if is_so:
            sys.exit(f"error: {problem}")
    print(f"initialize and tools/list: version {served}, {len(listed)} tools")


main(*sys.argv[1:])
