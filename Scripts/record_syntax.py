#!/usr/bin/env python3
"""Records what CPython 3.10 makes of many small sources: Tests/Golden/Syntax/cases.jsonl.

usage: record_syntax.py [OUT]

Runs under the oracle. One JSON object a line: "source" (a str was
compiled) or "hex" (bytes were), "mode", perhaps "feature_version" and "type_comments"; then "dump" (with attributes) or
"error" (type, msg, lineno, offset, end_lineno, end_offset, text), and "warnings". The sources are in
Scripts/data/syntax_cases.py, a list of (source, modes, options).
"""
import ast
import json
import os
import runpy
import sys
import warnings

from oracle import become_oracle


def record(item):
    source = item["source"] if "source" in item else bytes.fromhex(item["hex"])
    flags = ast.PyCF_ONLY_AST | (ast.PyCF_TYPE_COMMENTS if item.get("type_comments") else 0)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            tree = compile(source, "<golden>", item["mode"], flags, _feature_version=item.get("feature_version", -1))
        except SyntaxError as error:
            item["error"] = [type(error).__name__, error.msg, error.lineno, error.offset, error.end_lineno,
                             error.end_offset, error.text]
        except Exception as error:
            item["error"] = [type(error).__name__, str(error), None, None, None, None, None]
        else:
            item["dump"] = ast.dump(tree, include_attributes=True)
    item["warnings"] = [[entry.category.__name__, str(entry.message), entry.lineno] for entry in caught]
    return item


def main(argv):
    become_oracle()
    if "--help" in argv or "-h" in argv:
        print(__doc__)
        return 0
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    out = argv[0] if argv else os.path.join(root, "Tests", "Golden", "Syntax", "cases.jsonl")
    cases = runpy.run_path(os.path.join(root, "Scripts", "data", "syntax_cases.py"))["CASES"]
    seen = set()
    with open(out, "w", encoding="ascii") as file:
        for source, modes, options in cases:
            forms = [{"hex": source.hex()}] if isinstance(source, bytes) else [{"source": source}]
            if isinstance(source, str) and not source.isascii():
                try:
                    forms.append({"hex": source.encode().hex()})
                except UnicodeEncodeError:
                    forms = []
            for mode in modes:
                for form in forms:
                    line = json.dumps(record(dict(form, mode=mode, **options)), sort_keys=True)
                    if line not in seen:
                        seen.add(line)
                        file.write(line + "\n")
    print(len(seen), "cases")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
