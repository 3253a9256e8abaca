"""The program of this folder (main.cpp), asked for one request after the other."""

import subprocess

import torch


class Refused(Exception):
    """A request that the core has no answer for."""


class Program:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, request):
        """Arrays by their names."""
        line = "\t".join(f"{name}={value}" for name, value in request.items())
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()
        arrays = {}
        while True:
            head = self.process.stdout.readline().decode().rstrip("\n")
            if head == "end":
                return arrays
            if head.startswith("issue "):
                raise Refused(f"{line}: {head}")
            rows, columns, name = head.split(" ", 2)
            size = int(rows) * int(columns)
            data = bytearray(self.process.stdout.read(4 * size))
            arrays[name] = torch.frombuffer(data, dtype=torch.float32).reshape(int(rows), int(columns))

    def close(self):
        self.process.stdin.close()
        self.process.wait()
