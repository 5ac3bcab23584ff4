"""Draws the icon: a workout of intervals, as bars that grow and fall. `icon.py FILE` writes a PNG of 512 by 512."""

import math
import struct
import sys
import zlib

SIZE = 512
GROUND, EASY, HARD = (24, 34, 52), (78, 196, 176), (255, 138, 76)
# Height of each part of the workout, in percent of the threshold.
WORKOUT = [45, 62, 100, 50, 106, 50, 112, 40]
CORNER, MARGIN, GAP, FLOOR, UNIT = 96, 64, 10, 416, 2.9


def bars():
    width = (SIZE - 2 * MARGIN + GAP) / len(WORKOUT)
    for place, height in enumerate(WORKOUT):
        left = MARGIN + place * width
        yield left, FLOOR - height * UNIT, left + width - GAP, FLOOR, HARD if height >= 100 else EASY


def covered(x, y, left, top, right, bottom, radius):
    """How much of a pixel lies in a rectangle with round corners, 0 to 1: so that edges are smooth."""
    beyond_x = max(left + radius - x, x - right + radius, 0)
    beyond_y = max(top + radius - y, y - bottom + radius, 0)
    return min(max(0.5 + radius - math.hypot(beyond_x, beyond_y), 0), 1)


def pixel(x, y, shapes):
    paint = GROUND
    for *box, colour in shapes:
        if share := covered(x, y, *box, 8):
            paint = [round(under + (over - under) * share) for under, over in zip(paint, colour)]
    return bytes([*paint, round(255 * covered(x, y, 0, 0, SIZE, SIZE, CORNER))])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main(file):
    shapes = list(bars())
    rows = (b"\0" + b"".join(pixel(x + 0.5, y + 0.5, shapes) for x in range(SIZE)) for y in range(SIZE))
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
    with open(file, "wb") as out:
        out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header))
        out.write(chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + chunk(b"IEND", b""))


main(sys.argv[1])
