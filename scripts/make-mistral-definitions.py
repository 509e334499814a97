#!/usr/bin/python3
"""Asks the real Heat what definitions it makes of OS::Mistral::Workflow.

    scripts/make-mistral-definitions.py [ORACLE]

Reads fixtures/mistral-resources/workflows.yaml and writes definitions.jsonl beside it, a line for each: [properties,
the text that Heat sends to Mistral], or {"$error": class} where Heat refuses the properties.
"""
import importlib.util
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "..", "fixtures", "mistral-resources")
ORACLE = (sys.argv[1:] + [os.path.join(HERE, "..", "..", "shared", "oracle", "heat_oracle.py")])[0]

spec = importlib.util.spec_from_file_location("heat_oracle", ORACLE)
oracle = importlib.util.module_from_spec(spec)
spec.loader.exec_module(oracle)

import yaml  # noqa: E402
from heat.engine import resources, rsrc_defn, stack, template  # noqa: E402


def main():
    oracle.isolate()
    oracle.initialise()
    owner = stack.Stack(oracle.make_context(), "stack", template.Template({"heat_template_version": "2021-04-16"}))
    cls = resources.global_env().get_class("OS::Mistral::Workflow")
    with open(os.path.join(FOLDER, "workflows.yaml")) as source, open(os.path.join(FOLDER, "definitions.jsonl"), "w") as out:
        for given in yaml.safe_load(source):
            try:
                res = cls("x", rsrc_defn.ResourceDefinition("x", "OS::Mistral::Workflow", given), owner)
                res.properties.translation.is_active = True
                res.validate()
                answer = res.prepare_properties(res.properties)
            except Exception as exc:
                answer = {"$error": type(exc).__name__, "message": str(exc)}
                print(answer, file=sys.stderr)
                del answer["message"]
            out.write(json.dumps([given, answer], ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
