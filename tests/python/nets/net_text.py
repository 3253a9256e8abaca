"""Nets as texts, read by the grammar of `net.hpp` in a way of its own: items, with repetitions written out."""

import re
from dataclasses import dataclass, field


@dataclass
class Item:
    block: str
    options: dict = field(default_factory=dict)
    inside: list = field(default_factory=list)
    shortcut: list = field(default_factory=list)


class Reader:
    def __init__(self, text, depth):
        self.text = re.sub(r"\s", "", text)
        self.depth = depth
        self.at = 0

    def here(self, what):
        return self.text.startswith(what, self.at)

    def take(self, what):
        found = self.here(what)
        self.at += len(what) if found else 0
        return found

    def need(self, what):
        if not self.take(what):
            raise ValueError(f"no {what!r} at {self.at} of {self.text}")

    def match(self, pattern):
        found = re.compile(pattern).match(self.text, self.at)
        if not found:
            raise ValueError(f"no {pattern} at {self.at} of {self.text}")
        self.at = found.end()
        return found.group()

    def net(self):
        items = self.item()
        while self.take(","):
            items += self.item()
        return items

    def item(self):
        if self.here("depth*") or self.text[self.at].isdigit():
            count = self.match(r"depth|\d+")
            self.need("*(")
            begin, items = self.at, []
            for _ in range(self.depth if count == "depth" else int(count)):
                self.at = begin  # each repetition has items of its own
                items += self.net()
            self.need(")")
            return items
        item = Item(self.match(r"[a-z]+"))
        while self.take(";"):
            name = self.match(r"[a-z_0-9]+")
            self.need(":")
            item.options[name] = self.match(r"1/sqrt\([a-z0-9]+\)|[^;:,|()\[\]]+(\[[^\]]*\])?")
        if item.block == "res":
            self.need("(")
            item.inside = self.net()
            item.shortcut = self.net() if self.take("|") else []
            self.need(")")
        return [item]


def read_net(text, depth):
    reader = Reader(text, depth)
    items = reader.net()
    if reader.at != len(reader.text):
        raise ValueError(f"{reader.text[reader.at:]} is left of {text}")
    return items
