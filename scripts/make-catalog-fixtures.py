#!/usr/bin/python3
"""Asks the real Heat for the expectations of fixtures/implicit/.

    scripts/make-catalog-fixtures.py [ORACLE [TEMPLATE...]]

ORACLE is heat_oracle.py (default: ../shared/oracle/heat_oracle.py beside the checkout), run with the interpreter that
has Heat. Beside every template NAME.yaml it writes NAME.expected.json:

    resources  what the rules are given, in order of the template: [{name, type, interfaces, schema?, translations?,
               properties: {name: value | {$error}} | null}]: properties with functions resolved as Heat does while it
               plans; what an `if` leaves out is left out; null when the section as a whole is a function; `schema` for
               classes that the catalog does not have
    explicit   [[requirer, required]]
    implicit   [[requirer, required]]: what the rules add; or
    error      exception class with which Heat stops instead
    read       {resource: {property: value | {$error}}}: the properties as the class reads them
"""
import importlib.util
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ORACLE = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "..", "..", "shared", "oracle", "heat_oracle.py")
FOLDER = os.path.join(HERE, "..", "fixtures", "implicit")

os.environ.setdefault("PYTHONHASHSEED", "0")
spec = importlib.util.spec_from_file_location("heat_oracle", ORACLE)
oracle = importlib.util.module_from_spec(spec)
spec.loader.exec_module(oracle)

from heat.engine import environment, function, properties  # noqa: E402

spec = importlib.util.spec_from_file_location("make_catalog", os.path.join(HERE, "make-catalog.py"))
make_catalog = importlib.util.module_from_spec(spec)


def error_of(exc):
    return {"$error": type(exc).__name__}


def raw_properties(res, render):
    given = res.t._properties
    if given is None:
        return {}
    if isinstance(given, function.Function):
        return None
    result = {}
    for name, snippet in given.items():
        try:
            value = function.resolve(snippet, nullable=True)
        except Exception as exc:
            result[name] = error_of(exc)
        else:
            if value is not Ellipsis:
                result[name] = render(value)
    return result


def seen(res, stack, render):
    info = stack.env.get_resource_info(res.type(), res.name)
    entry = {"name": res.name, "interfaces": sorted({res.type(), info.name})}
    if isinstance(info, environment.ClassResourceInfo):
        entry["type"] = info.name
    else:
        entry["type"] = render.text(info.value)
        entry["schema"] = {n: make_catalog.describe_property(s) for n, s in properties.schemata(res.properties_schema).items()}
    entry["properties"] = raw_properties(res, render)
    return entry


def as_read(res, render):
    result = {}
    for name in res.properties:
        # Heat forgets to switch translation on again after a translated value failed.
        res.properties.translation.is_active = True
        try:
            result[name] = render(res.properties[name])
        except Exception as exc:
            result[name] = error_of(exc)
    return result


def expectation(path):
    opts = oracle.header_options(path, oracle.argument_parser().parse_args([path]))
    exam = oracle.Examination(path, opts)
    make = exam.load(path)
    stack = make(exam.missing_parameters(make()))
    out = {"resources": [], "explicit": oracle.edge_names(stack._explicit_dependencies())}
    order = list((stack.t.t.get(stack.t.RESOURCES) or {}))
    for name in sorted(stack.resources, key=order.index):
        out["resources"].append(seen(stack.resources[name], stack, exam.render))
    known = {tuple(edge) for edge in out["explicit"]}
    try:
        out["implicit"] = [e for e in oracle.edge_names(stack.dependencies) if tuple(e) not in known]
    except Exception as exc:
        out["error"] = type(exc).__name__
    out["read"] = {name: as_read(stack.resources[name], exam.render) for name in sorted(stack.resources)}
    return out


def lines_of(result):
    """JSON with a line for each resource."""
    def line(value):
        return json.dumps(value, ensure_ascii=False)

    def section(value):
        if isinstance(value, list):
            return "[\n%s]" % ",\n".join("  " + line(v) for v in value) if value else "[]"
        if isinstance(value, dict):
            return "{\n%s}" % ",\n".join("  %s: %s" % (line(k), line(v)) for k, v in value.items()) if value else "{}"
        return line(value)

    return "{\n%s\n}\n" % ",\n".join("%s: %s" % (line(k), section(v)) for k, v in result.items())


def main():
    oracle.isolate()
    oracle.apply_fixes()
    oracle.initialise()
    spec.loader.exec_module(make_catalog)
    paths = sys.argv[2:] or [os.path.join(FOLDER, n) for n in sorted(os.listdir(FOLDER)) if n.endswith(".yaml") and "." not in n[:-5]]
    for path in paths:
        with open(path[:-5] + ".expected.json", "w") as out:
            out.write(lines_of(expectation(path)))
    print("%d expectations" % len(paths), file=sys.stderr)


if __name__ == "__main__":
    main()
