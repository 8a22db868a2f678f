"""Times the loops of one file: `driver.py FILE [NAME ...]` prints a name and its nanoseconds a round on each line.

A file defines functions of one argument, the number of rounds; names with a leading underscore are set-up. The rounds are
doubled until a call takes a fiftieth of a second; the least of five calls counts. Processor time: other programs are not in it.
"""
import sys, types
from time import process_time


def measure(function):
    rounds = 100
    while True:
        start = process_time()
        function(rounds)
        spent = process_time() - start
        if spent > 0.02:
            break
        rounds *= 2 if spent > 0.002 else 8
    for _ in range(4):
        start = process_time()
        function(rounds)
        spent = min(spent, process_time() - start)
    return spent / rounds * 1e9


def main():
    namespace = {"__name__": "micro"}
    with open(sys.argv[1]) as file:
        exec(compile(file.read(), sys.argv[1], "exec"), namespace)
    wanted = sys.argv[2:]
    for name, function in list(namespace.items()):
        if not (isinstance(function, types.FunctionType) and function.__module__ == "micro") or name.startswith("_"):
            continue
        if not wanted or name in wanted:
            print(name, measure(function), flush=True)


main()
