#!/usr/bin/python3
"""Asks the real Heat which hooks random environments have at resources, in nested stacks too.

    scripts/make-environment-hooks.py [COUNT [SEED]]

Writes fixtures/hooks/environments.jsonl, a line for each: [environments, {"parents/name": [points]}], or
[environments, {"$error": class}] where Heat refuses them. Environments are merged as python-heatclient merges them.
"""
import json
import os
import random
import sys

from heat.engine import environment
from heatclient.common import template_utils

HERE = os.path.dirname(os.path.abspath(__file__))
ARGS = sys.argv[1:] + [None] * 2
COUNT, SEED = int(ARGS[0] or 250), int(ARGS[1] or 1)
# Heat fails at the nested stack of a resource named "hooks".
NAMES = ["a", "ab", "abc", "b", "a*", "a[b]"]
PATTERNS = NAMES + ["*", "?", "a?", "*b", "[ab]", "[!a]*", "a*c", "**"]
WRONG = ["pre-creat", 5, True, "", ["pre-create", None], [["pre-create"]], {"pre-create": None}]
TYPES = {"OS::Nova::Server": "My::Server", "OS::Heat::*": "OS::Heat::None"}


def hooks(rnd):
    if rnd.random() < 0.02:
        return rnd.choice(WRONG)
    if rnd.random() < 0.1:
        return None
    points = rnd.sample(environment.HOOK_TYPES, rnd.randrange(3))
    return points[0] if len(points) == 1 and rnd.random() < 0.5 else points


def level(rnd, depth):
    entries = {}
    if rnd.random() < 0.7 or depth == 0:
        entries["hooks"] = hooks(rnd)
    if rnd.random() < 0.15:
        entries["restricted_actions"] = rnd.choice(["update", ["replace"]])
    if rnd.random() < 0.1:
        entries.update(TYPES)
    if depth > 0:
        for name in rnd.sample(PATTERNS, rnd.randrange(3)):
            if name != "hooks":
                entries[name] = level(rnd, depth - 1)
    return entries


def one(rnd):
    resources = {name: level(rnd, 2) for name in rnd.sample(PATTERNS, 1 + rnd.randrange(4)) if name != "hooks"}
    return {"resource_registry": {"resources": resources}}


def points_at(registry, name):
    return [point for point in environment.HOOK_TYPES if registry.matches_hook(name, point)]


def answer(merged):
    env = environment.Environment(merged)
    found = {}
    for name in NAMES:
        found[name] = points_at(env.registry, name)
        child = environment.get_child_environment(env, None, child_resource_name=name)
        for inner in [*NAMES, "hooks"]:
            found[f"{name}/{inner}"] = points_at(child.registry, inner)
            if inner == "hooks":
                continue
            grandchild = environment.get_child_environment(child, None, child_resource_name=inner)
            for innermost in NAMES[:3]:
                found[f"{name}/{inner}/{innermost}"] = points_at(grandchild.registry, innermost)
    return {path: points for path, points in found.items() if points}


def main():
    rnd = random.Random(SEED)
    with open(os.path.join(HERE, "..", "fixtures", "hooks", "environments.jsonl"), "w") as out:
        for _ in range(COUNT):
            environments = [one(rnd) for _ in range(rnd.choice([1, 1, 2, 3]))]
            merged = {}
            try:
                for env in environments:
                    merged = template_utils.deep_update(merged, json.loads(json.dumps(env)))
            except AttributeError:
                # A map over a list: python-heatclient ends with a trace.
                continue
            try:
                found = answer(merged)
            except Exception as exc:
                found = {"$error": type(exc).__name__}
            out.write(json.dumps([environments, found]) + "\n")


if __name__ == "__main__":
    main()
