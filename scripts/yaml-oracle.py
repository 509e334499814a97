#!/usr/bin/python3
"""What Heat's own template_format.simple_parse makes of texts.

Standard input: one JSON string a line. Standard output: one JSON object a line, {"value": ...} in the tagged form of
the conformance suites or {"error": name of the exception class}. Needs python3-heat.
"""
import base64
import datetime
import json
import math
import sys

from heat.common import template_format

sys.setrecursionlimit(20000)


def tagged(value, above=()):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2 ** 53 else {'$int': str(value)}
    if isinstance(value, float):
        if not math.isfinite(value) or value == int(value):
            return {'$float': repr(value)}
        return value
    if isinstance(value, bytes):
        return {'$binary': base64.b64encode(value).decode()}
    if isinstance(value, (datetime.date, datetime.datetime)):
        return {'$date': value.isoformat()}
    if id(value) in above:
        return {'$cycle': True}
    above += (id(value),)
    if isinstance(value, dict):
        if all(isinstance(k, str) for k in value):
            return {k: tagged(v, above) for k, v in value.items()}
        return {'$map': [[tagged(k, above), tagged(v, above)] for k, v in value.items()]}
    if isinstance(value, set):
        # Python's order of a set means nothing.
        return {'$set': sorted((tagged(v, above) for v in value), key=repr)}
    return [tagged(v, above) for v in value]


def answer(text):
    # simple_parse wants a mapping: what is none is read as the value of a key, and errors are told apart by class.
    try:
        return {'value': tagged(template_format.simple_parse(text))}
    except ValueError as error:
        if str(error).startswith('The template is not a JSON object'):
            return {'error': 'NotMapping'}
        return {'error': type(error).__name__}
    except Exception as error:
        return {'error': type(error).__name__}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
