"""A session of a dynamic server with the official Python SDK, in each era of the protocol that the SDK knows.

pip install mcp; python tests/sdk/dynamic.py target/debug/intervals-icu-mcp
"""

import asyncio
import sys

import mcp
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

QUESTION = "how long are my shoes worn"


def say(step, what):
    print(f"{step:<12} {what}")


def first(answer):
    """The first cells of the first row."""
    return " ".join(answer.content[0].text.splitlines()[1].split("|")[:4])


async def talk(session, heard):
    """Find, call through, switch on, call, switch off, be refused."""

    async def names():
        return [tool.name for tool in (await session.list_tools()).tools]

    async def call(tool, arguments):
        return await session.call_tool(tool, arguments)

    async def news():
        # What is announced comes beside the answers.
        for _ in range(100):
            if len(heard) >= 3:
                break
            await asyncio.sleep(0.05)
        told, heard[:] = list(heard), []
        return ", ".join(told)

    say("start", ", ".join(await names()))
    found = await call("icu_find_tools", {"query": QUESTION})
    say("find", f"{QUESTION}: {found.content[0].text.split(chr(34))[5]}")
    through = await call("icu_call_read", {"tool": "icu_get_gear_list", "arguments": {}})
    say("call through", first(through))
    await call("icu_switch_packs", {"on": ["gear"]})
    say("on: gear", f"heard {await news()}; {len(await names())} tools")
    direct = await call("icu_get_gear_list", {})
    say("call", first(direct))
    await call("icu_switch_packs", {"off": ["gear"]})
    say("off: gear", f"heard {await news()}; {len(await names())} tools")
    try:
        say("call", f"NOT REFUSED: {await call('icu_get_gear_list', {})}")
    except Exception as error:
        say("call", f"refused: {error}")


async def legacy(server):
    heard = []

    async def on(message):
        method = getattr(getattr(message, "root", message), "method", None)
        if method:
            heard.append(method.removeprefix("notifications/"))

    async with stdio_client(server) as (read, write):
        async with ClientSession(read, write, message_handler=on) as session:
            answer = await session.initialize()
            version = getattr(answer, "protocol_version", None) or answer.protocolVersion
            say("protocol", f"{version}, with initialize")
            await talk(session, heard)


async def modern(server):
    heard = []
    async with mcp.Client(stdio_client(server), mode="2026-07-28") as client:
        wanted = {"tools_list_changed": True, "prompts_list_changed": True, "resources_list_changed": True}
        async with client.listen(**wanted) as events:

            async def listen():
                async for event in events:
                    heard.append(type(event).__name__)

            listening = asyncio.create_task(listen())
            say("protocol", "2026-07-28, with subscriptions/listen")
            await talk(client, heard)
            listening.cancel()


async def main():
    server = StdioServerParameters(command=sys.argv[1], args=["--demo=2026-07-05", "--dynamic"])
    await legacy(server)
    if hasattr(mcp, "Client"):
        print()
        await modern(server)


asyncio.run(main())
