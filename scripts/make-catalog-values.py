#!/usr/bin/python3
"""Asks the real Heat how its resource classes read properties of all sorts.

    scripts/make-catalog-values.py [CASES_PER_TYPE [SEED [OUT [ORACLE]]]]

OUT (default: fixtures/implicit/values.jsonl) gets a line for each case: [type, properties, properties as read]; values
in the form of heat_oracle.py, {"$error": class} where Heat refuses. Random, but the same for the same seed.
"""
import importlib.util
import json
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ARGS = sys.argv[1:] + [None] * 4
CASES, SEED = int(ARGS[0] or 1), int(ARGS[1] or 1)
OUT = ARGS[2] or os.path.join(HERE, "..", "fixtures", "implicit", "values.jsonl")
ORACLE = ARGS[3] or os.path.join(HERE, "..", "..", "shared", "oracle", "heat_oracle.py")

os.environ.setdefault("PYTHONHASHSEED", "0")
spec = importlib.util.spec_from_file_location("heat_oracle", ORACLE)
oracle = importlib.util.module_from_spec(spec)
spec.loader.exec_module(oracle)

from heat.engine import environment, function, properties, resources, rsrc_defn, stack, template  # noqa: E402

ODD = [
    None, "", "text", "7", " 8 ", "-1_0", "1.5", "1e3", "٣", "true", "FALSE", "yes", "inf", 0, 1, -3, 2**53 + 1, 1.0, 2.5,
    -0.0, float("inf"), True, False, [], ["a"], [None], [1, "b"], {}, {"a": 1}, {"a": {"b": [True]}}, b"ab",
]


def value_for(schema, rnd, depth=0):
    if rnd.random() < 0.15 or depth > 4:
        return rnd.choice(ODD)
    kind = schema.type
    if kind == "String":
        return rnd.choice(["a", "b", "", 5, True, None, "7"])
    if kind == "Integer":
        return rnd.choice([1, "12", 2.9, True, None, 2.0])
    if kind == "Number":
        return rnd.choice([1, "12", 2.5, "2.50", True, None, 3.0])
    if kind == "Boolean":
        return rnd.choice([True, False, "True", "false", None])
    if kind == "Map":
        if schema.schema is None:
            return rnd.choice([{}, {"k": "v"}, None, {"k": [1, None]}])
        inner = {k: value_for(s, rnd, depth + 1) for k, s in schema.schema.items() if rnd.random() < (0.9 if s.required else 0.4)}
        if rnd.random() < 0.1:
            inner["unheard_of"] = 1
        return inner
    if kind == "List":
        if schema.schema is None:
            return rnd.choice([[], ["a", 1], None, [None], [{"k": "v"}]])
        return [value_for(schema.schema["*"], rnd, depth + 1) for _ in range(rnd.randrange(3))]
    return rnd.choice(ODD)


def main():
    oracle.isolate()
    oracle.initialise()
    render = oracle.Renderer()
    owner = stack.Stack(oracle.make_context(), "stack", template.Template({"heat_template_version": "2021-04-16"}))
    registry = resources.global_env().registry._registry
    rnd = random.Random(SEED)
    with open(OUT, "w") as out:
        for name in sorted(n for n, info in registry.items() if isinstance(info, environment.ClassResourceInfo)):
            cls = registry[name].get_class()
            for _ in range(CASES):
                given = {
                    k: value_for(s, rnd)
                    for k, s in properties.schemata(cls.properties_schema).items()
                    if rnd.random() < (0.9 if s.required else 0.4)
                }
                read = {}
                try:
                    res = cls("x", rsrc_defn.ResourceDefinition("x", name, given), owner)
                except Exception as exc:
                    out.write(json.dumps([name, render(function.resolve(given)), {"$error": type(exc).__name__}]) + "\n")
                    continue
                for key in sorted(res.properties):
                    res.properties.translation.is_active = True
                    try:
                        read[key] = render(res.properties[key])
                    except Exception as exc:
                        read[key] = {"$error": type(exc).__name__}
                out.write(json.dumps([name, render(function.resolve(given)), read], ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
