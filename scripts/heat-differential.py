#!/usr/bin/python3
"""Makes templates that nobody wrote, for a comparison with the real Heat.

    scripts/heat-differential.py SEED COUNT FOLDER [SOURCE...]

Mutates the templates of the SOURCE folders (default: the handmade conformance suite): values swapped, retyped, wrapped
in functions, removed, renamed; versions changed. Writes FOLDER/NNNN.yaml and, asked from the oracle in
../shared/oracle, FOLDER/NNNN.expected.json, so that `npm run conformance -- FOLDER` compares them. Needs the interpreter
that has Heat.
"""
import copy
import glob
import json
import os
import random
import subprocess
import sys

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.join(HERE, "..", "..", "shared")

VERSIONS = ["2013-05-23", "2014-10-16", "2015-04-30", "2015-10-15", "2016-04-08", "2016-10-14", "2017-02-24",
            "2017-09-01", "2018-03-02", "2018-08-31", "2021-04-16", "newton", "wallaby", "rocky"]
SCALARS = [None, True, False, 0, 1, -1, 1.5, 2.0, 10 ** 20, "", "a", "0", "1", "true", "x,y", "%i%", "é", "__proto__",
           [], {}, ["a"], {"a": "b"}, [["a"], ["b"]], [{"a": 1}], [None], {"1": 2}]
TYPES = ["OS::Heat::None", "OS::Heat::Value", "OS::Heat::RandomString", "OS::Neutron::Net", "OS::Neutron::Subnet",
         "OS::Neutron::Port", "OS::Neutron::Router", "OS::Neutron::RouterInterface", "OS::Nova::Server",
         "OS::Neutron::FloatingIP", "OS::Heat::SoftwareConfig", "OS::Neutron::RouterGateway", "My::None", "", 3]


class Loader(yaml.SafeLoader):
    pass


Loader.add_constructor("tag:yaml.org,2002:timestamp", Loader.construct_yaml_str)


def functions(rng, names, params, conditions):
    name = rng.choice(names + ["nosuch"])
    param = rng.choice(params + ["nosuch"])
    cond = rng.choice(conditions + ["nosuch", True, False])
    value = rng.choice(SCALARS)
    inner = rng.choice([{"get_resource": name}, {"get_param": param}, {"get_attr": [name, "a"]}, value])
    return rng.choice([
        {"get_resource": name}, {"get_attr": [name, "a"]}, {"get_attr": [name, "a", 0, "b"]}, {"get_attr": [name]},
        {"get_attr": name}, {"get_param": param}, {"get_param": [param, "a"]}, {"get_param": [param, 0]},
        {"get_resource": inner}, {"get_param": inner}, {"get_attr": [inner, inner]},
        {"str_replace": {"template": "a %i% b", "params": {"%i%": inner}}},
        {"str_replace": {"template": inner, "params": {"a": "b"}}}, {"str_replace": inner},
        {"str_replace_strict": {"template": "a %i%", "params": {"%i%": inner, "z": 1}}},
        {"str_replace_vstrict": {"template": "a %i%", "params": {"%i%": inner}}},
        {"list_join": [",", [inner, "a"]]}, {"list_join": [",", inner, ["x"]]}, {"list_join": inner},
        {"list_join": [inner, ["a"]]}, {"str_split": [",", inner]}, {"str_split": [",", "a,b", inner]},
        {"repeat": {"template": {"k": "%i%"}, "for_each": {"%i%": inner}}},
        {"repeat": {"template": "%i%-%j%", "for_each": {"%i%": ["a", "b"], "%j%": inner}, "permutations": rng.choice([True, False, "x"])}},
        {"digest": ["md5", inner]}, {"digest": [inner, "a"]}, {"map_merge": [inner, {"a": 1}]}, {"map_merge": inner},
        {"map_replace": [{"a": "b"}, {"keys": {"a": inner}}]}, {"map_replace": [inner, {"values": {"b": 1}}]},
        {"if": [cond, inner, value]}, {"if": [cond, inner]}, {"if": inner}, {"if": [{"not": cond}, inner, inner]},
        {"if": [{"and": [cond, {"equals": [inner, value]}]}, inner, value]},
        {"yaql": {"expression": "$.data.a", "data": {"a": inner}}}, {"yaql": {"expression": inner}},
        {"yaql": {"expression": "$.data.select($ + 1)", "data": inner}},
        {"filter": [[inner], ["a", inner]]}, {"filter": inner}, {"contains": [inner, ["a"]]},
        {"make_url": {"host": inner, "port": inner}}, {"make_url": {"host": "h", "query": inner}},
        {"list_concat": [inner, ["a"]]}, {"list_concat_unique": [["a"], inner]}, {"list_concat": inner},
        {"get_file": inner}, {"resource_facade": inner}, {"Ref": name}, {"Ref": param}, {"Ref": inner},
        {"Fn::GetAtt": [name, "a"]}, {"Fn::GetAtt": inner}, {"Fn::Select": [inner, ["a", "b"]]},
        {"Fn::Select": ["a", inner]}, {"Fn::Join": [",", inner]}, {"Fn::Split": [",", inner]},
        {"Fn::Replace": [{"a": inner}, "a b"]}, {"Fn::Base64": inner}, {"Fn::MemberListToMap": ["k", "v", inner]},
        {"Fn::FindInMap": ["m", "a", inner]}, {"Fn::GetAZs": inner}, {"Fn::If": [cond, inner, value]},
        {"Fn::ResourceFacade": inner}, {"Fn::Equals": [inner, value]}, {"equals": [inner, value]}, {"not": inner},
        {"and": [cond, inner]}, {"or": [cond, cond]}, {"nosuch_function": inner},
    ])


def places(node, path=()):
    yield path
    if isinstance(node, dict):
        for key in node:
            yield from places(node[key], path + (key,))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from places(item, path + (index,))


def parent_of(document, path):
    node = document
    for step in path[:-1]:
        node = node[step]
    return node


def mutate(document, rng):
    def names_of(*sections):
        found = [k for s in sections for k in (document.get(s) or {}) if isinstance(document.get(s), dict)]
        return [str(k) for k in found] or ["none"]
    names = names_of("resources", "Resources")
    params = names_of("parameters", "Parameters") + ["OS::stack_name", "OS::project_id", "AWS::StackName"]
    conditions = names_of("conditions", "Conditions")
    candidates = [p for p in places(document) if len(p) >= 1]
    resource_places = [p for p in candidates if len(p) > 3 and p[0] in ("resources", "Resources")]
    path = rng.choice(resource_places if resource_places and rng.random() < 0.6 else candidates)
    parent, key = parent_of(document, path), path[-1]
    kind = rng.random()
    if kind < 0.35:
        parent[key] = functions(rng, names, params, conditions)
    elif kind < 0.5:
        parent[key] = copy.deepcopy(rng.choice(SCALARS))
    elif kind < 0.58:
        value = parent[key]
        parent[key] = rng.choice([[value], {"a": value}, str(value), {"if": [rng.choice(conditions), value, None]}])
    elif kind < 0.64:
        del parent[key]
    elif kind < 0.70 and isinstance(parent, dict):
        other = rng.choice([str(key) + "x", str(key).lower(), str(key).upper(), 5, None, True, "", "a/b", "__proto__"])
        parent[other] = parent.pop(key)
    elif kind < 0.78:
        for version in ("heat_template_version", "AWSTemplateFormatVersion", "HeatTemplateFormatVersion"):
            if version in document:
                document["heat_template_version" if version == "heat_template_version" else version] = (
                    rng.choice(VERSIONS) if version == "heat_template_version" else
                    rng.choice(["2010-09-09", "2012-12-12", document[version]]))
    elif kind < 0.9:
        section = document.get("resources") if "heat_template_version" in document else document.get("Resources")
        if isinstance(section, dict) and section:
            name = rng.choice(list(section))
            if isinstance(section[name], dict):
                hot = "heat_template_version" in document
                field, value = rng.choice([
                    ("depends_on", rng.choice(names)), ("depends_on", [rng.choice(names), rng.choice(names)]),
                    ("condition", rng.choice(conditions + [True, False, {"not": rng.choice(conditions)}])),
                    ("external_id", rng.choice(["x", "", {"get_param": rng.choice(params)}])),
                    ("type", rng.choice(TYPES)), ("deletion_policy", rng.choice(["Retain", "retain", "x", {"get_param": params[0]}])),
                    ("metadata", functions(rng, names, params, conditions)), ("update_policy", {"a": {"get_param": params[0]}}),
                    ("description", rng.choice(SCALARS))])
                if not hot:
                    field = {"depends_on": "DependsOn", "condition": "Condition", "type": "Type", "metadata": "Metadata",
                             "deletion_policy": "DeletionPolicy", "update_policy": "UpdatePolicy",
                             "description": "Description"}.get(field, field)
                section[name][field] = value
    else:
        donor = parent_of(document, rng.choice(candidates))
        parent[key] = copy.deepcopy(donor) if len(json.dumps(donor, default=str)) < 2000 else None


def main():
    seed, count, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    sources = sys.argv[4:] or [os.path.join(SHARED, "conformance", "handmade")]
    rng = random.Random(seed)
    texts = []
    for source in sources:
        for path in sorted(glob.glob(os.path.join(source, "**", "*.yaml"), recursive=True)):
            if os.path.getsize(path) > 8000 or "/files/" in path or "/old/" in path:
                continue
            with open(path, encoding="utf-8", errors="replace") as text:
                body = text.read()
            if "# oracle: --env" in body or "# oracle: --action" in body:
                continue
            try:
                document = yaml.load(body, Loader)
            except Exception:
                continue
            if isinstance(document, dict):
                texts.append(document)
    os.makedirs(folder, exist_ok=True)
    for number in range(count):
        document = copy.deepcopy(rng.choice(texts))
        for _ in range(rng.choice([1, 1, 2, 3])):
            try:
                mutate(document, rng)
            except Exception:
                pass
        if "heat_template_version" in document and not isinstance(document["heat_template_version"], (str, type(None))):
            document["heat_template_version"] = str(document["heat_template_version"])
        with open(os.path.join(folder, "%04d.yaml" % number), "w") as out:
            json.dump(document, out, indent=1, default=str, ensure_ascii=False) if rng.random() < 0.3 else yaml.safe_dump(
                json.loads(json.dumps(document, default=str)), out, sort_keys=False, allow_unicode=True)
    results = os.path.join(folder, "results.jsonl")
    subprocess.run([sys.executable, os.path.join(SHARED, "oracle", "heat_oracle.py"), "--no-nested", "--batch", folder,
                    "--out", results, "--jobs", "2"], check=True, stdout=subprocess.DEVNULL)
    made = 0
    with open(results) as lines:
        for line in lines:
            result = json.loads(line)
            path = result.pop("path")
            base = os.path.join(folder, os.path.basename(path))
            with open(base[:-5] + ".expected.json", "w") as out:
                json.dump(result, out, ensure_ascii=False)
            made += 1
    os.remove(results)
    print("%d templates, %d expectations" % (count, made))


if __name__ == "__main__":
    main()
