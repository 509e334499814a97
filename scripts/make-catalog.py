#!/usr/bin/python3
"""Writes what the installed OpenStack Heat knows of resource types into src/catalog/data/.

    scripts/make-catalog.py [FOLDER]

Run with the interpreter that has Heat (Debian: python3-heat). Facts only: types, defaults, constraints, translations
of old property names; no descriptions. Two modules come out, both checked in:

    types.generated.ts   names of all types, in order
    facts.generated.ts   per type one line of JSON, which src/catalog/read-facts.ts documents and reads
"""
import base64
import inspect
import json
import logging
import math
import os
import sys
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

from oslo_config import cfg  # noqa: E402

cfg.CONF([], project="heat", default_config_files=[], default_config_dirs=[])

from heat.common import config  # noqa: E402,F401
from heat.common import context as heat_context  # noqa: E402
from heat.engine import attributes, constraints, environment, properties, resource, resources  # noqa: E402
from heat.engine import rsrc_defn, stack, template  # noqa: E402
from heat.engine import translation as tr  # noqa: E402
from heat.engine.resources import stack_resource  # noqa: E402
from heat.engine.resources.openstack.heat import none_resource  # noqa: E402

OWNER = stack.Stack(
    heat_context.RequestContext.from_dict(
        {"tenant_id": "t", "username": "u", "user_id": "u", "auth_url": "http://server.test", "roles": []}
    ),
    "stack",
    template.Template({"heat_template_version": "2021-04-16"}),
)
LETTER = {"String": "S", "Integer": "I", "Number": "N", "Boolean": "B", "Map": "M", "List": "L", "Any": "A", None: "?"}
REPLACE_DECISIONS = (
    "_needs_update",
    "needs_replace",
    "needs_replace_failed",
    "needs_replace_with_prop_diff",
    "needs_replace_with_tmpl_diff",
)
ACTIONS = ("create", "update", "delete", "check", "suspend", "resume", "snapshot", "delete_snapshot", "restore", "signal")


def encoded(value):
    """The lossless JSON of src/values/encode.ts."""
    if isinstance(value, float) and (not math.isfinite(value) or value == int(value)):
        return {"$float": repr(value)}
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**53:
        return {"$int": str(value)}
    if isinstance(value, bytes):
        return {"$binary": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {"$map": [[encoded(k), encoded(v)] for k, v in value.items()]}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [encoded(v) for v in value]
    return value


def support(status):
    """[] for what was always supported, else [status, version] pairs, newest first."""
    chain = []
    while status is not None:
        chain.append([status.status, status.version] if status.version else [status.status])
        status = status.previous_status
    return [] if chain == [["SUPPORTED"]] else chain


def without_nothing(entry):
    return {k: v for k, v in entry.items() if v not in (None, [], {}, False) or k == "d"}


def constraint(con):
    kind = con._name()
    if isinstance(con, constraints.CustomConstraint):
        return [kind, con.name]
    if isinstance(con, constraints.AllowedValues):
        return [kind, encoded(list(con.allowed))]
    if isinstance(con, constraints.AllowedPattern):
        return [kind, con.pattern]
    if isinstance(con, constraints.Modulo):
        return [kind, con.step, con.offset]
    assert kind in ("range", "length"), kind
    return [kind, con.min, con.max]


def describe_property(schema):
    entry = {
        "t": LETTER[schema.type],
        "r": int(bool(schema.required)),
        "u": int(bool(schema.update_allowed)),
        "i": int(bool(schema.immutable)),
        "n": int(not schema.implemented),
        "a": int(bool(schema.allow_conversion)),
        "c": [constraint(c) for c in schema.constraints],
        "v": support(schema.support_status),
    }
    if schema.default is not None:
        entry["d"] = encoded(schema.default)
    if schema.schema is not None:
        entry["s"] = {name: describe_property(inner) for name, inner in schema.schema.items()}
    return without_nothing(entry)


def describe_attribute(schema):
    entry = {
        "t": LETTER[schema.type],
        "n": int(schema.cache_mode == schema.CACHE_NONE),
        "v": support(schema.support_status),
    }
    return without_nothing(entry)


def made(name, cls, given, read):
    """A resource of the class, and which properties its constructor reads."""
    real = properties.Properties._get_property_value

    def watched(self, key, validate=False):
        # Maps and lists inside have a path.
        if self.parent_name is None and key not in read:
            read.append(key)
        return real(self, key, validate)

    properties.Properties._get_property_value = watched
    try:
        return cls("x", rsrc_defn.ResourceDefinition("x", name, given), OWNER)
    finally:
        properties.Properties._get_property_value = real


def translations(name, cls):
    """(rules that do not ask a service, properties that the constructor reads: a bad value there is an error)."""
    read = []
    try:
        res = made(name, cls, {}, read)
    except ValueError:
        # A required property: any value will do.
        res = made(name, cls, {key: "network" for key in read}, read)
    rules = []
    for rule in res.translation_rules(res.properties) or []:
        if rule.rule == tr.TranslationRule.RESOLVE:
            continue
        if rule.rule == tr.TranslationRule.REPLACE and rule.value is None:
            source = rule.get_value_absolute_path()
            rules.append(["r", rule.translation_path, source, int(rule.value_name is not None)])
        elif rule.rule == tr.TranslationRule.DELETE:
            rules.append(["d", rule.translation_path])
        else:
            print("left out: %s %s" % (name, rule.__dict__), file=sys.stderr)
    return rules, read


def typed_by(name, cls):
    """(property, the property that names its type): what OS::Heat::Value does when it is made."""
    if cls.reparse is resource.Resource.reparse or issubclass(cls, none_resource.NoneResource):
        return None
    assert name == "OS::Heat::Value", name
    return [cls.VALUE, cls.TYPE]


def overrides(cls, method):
    return getattr(cls, method, None) is not getattr(resource.Resource, method, None)


def reference(cls):
    """Kind of Resource.get_reference_id, told by what the override reads."""
    if not overrides(cls, "get_reference_id"):
        return None
    source = inspect.getsource(cls.get_reference_id)
    body = [line.strip() for line in source.splitlines()[1:] if line.strip()]
    if body == ["return self.resource_id"] or body == ["return str(self.resource_id)"]:
        return "physical_id_only"
    if body == ["return self.physical_resource_name_or_FnGetRefId()"]:
        return "physical_name"
    if body == ["return str(self.name)"]:
        return "name"
    return "own"


def describe(name, cls):
    rules, read = translations(name, cls)
    own = attributes.schemata(cls.attributes_schema)
    attrs = {n: describe_attribute(s) for n, s in own.items() if n not in cls.base_attributes_schema}
    entry = {
        "p": {n: describe_property(s) for n, s in properties.schemata(cls.properties_schema).items()},
        "a": attrs,
        "t": rules,
        "w": read,
        "y": typed_by(name, cls),
        "v": support(cls.support_status),
        "n": int(issubclass(cls, stack_resource.StackResource)),
        "o": int(issubclass(cls, none_resource.NoneResource)),
        "g": int(overrides(cls, "get_attribute")),
        "r": reference(cls),
        "s": cls.default_client_name,
        "e": cls.entity,
        "h": [a for a in ACTIONS if callable(getattr(cls, "handle_" + a, None)) and overrides(cls, "handle_" + a)],
        "x": [m for m in REPLACE_DECISIONS if overrides(cls, m)],
    }
    assert getattr(cls, "strict_dependency", True), name
    return without_nothing(entry)


def text(value):
    """A JSON text as a JS string literal, in the quotes that need the fewest escapes."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "src", "catalog", "data")
    resources.initialise()
    # Not Registry.get_types: it leaves out hidden types, which templates may still use.
    registry = resources.global_env().registry._registry
    facts = {}
    for name in sorted(name for name, info in registry.items() if isinstance(info, environment.ClassResourceInfo)):
        facts[name] = describe(name, registry[name].get_class())
    os.makedirs(folder, exist_ok=True)
    head = "// Written by scripts/make-catalog.py from the installed Heat. Do not edit.\n"
    with open(os.path.join(folder, "types.generated.ts"), "w") as out:
        out.write(head + "export const TYPE_NAMES: readonly string[] = [\n")
        out.writelines("  %s,\n" % text(name) for name in facts)
        out.write("];\n")
    with open(os.path.join(folder, "facts.generated.ts"), "w") as out:
        out.write(head + "/** JSON texts, in the order of TYPE_NAMES: parsed one by one, when a type is first asked for. */\n")
        out.write("export const TYPE_FACTS: readonly string[] = [\n")
        for entry in facts.values():
            out.write("  %s,\n" % text(json.dumps(entry, ensure_ascii=True, separators=(",", ":"))))
        out.write("];\n")
    print("%d types" % len(facts), file=sys.stderr)


if __name__ == "__main__":
    main()
