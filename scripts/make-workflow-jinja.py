"""What Mistral's own evaluator makes of Jinja texts, and PyYAML of yaml_dump: writes fixtures/workflows/jinja.json.

Run with the Python that has python3-mistral: /usr/bin/python3 scripts/make-workflow-jinja.py
"""
import json
import os

import yaml
from mistral import expressions

DATA = {
    'n': 3, 'f': 2.5, 'whole': 2.0, 't': 'Hello World', 'e': '', 'none': None, 'yes': True, 'no': False,
    'l': [3, 1, 2], 'empty': [], 'words': ['b', 'A', 'c'], 'm': {'b': 1, 'a': 2}, 'nested': {'x': {'y': [10, 20]}},
    'objects': [{'k': 'x', 'v': 1, 'g': 1}, {'k': 'y', 'v': 2, 'g': 2}, {'k': 'z', 'v': 3, 'g': 1}],
    'items': 'an entry', 'big': 12345678901234567890, 'ü': 'ü', 'quote': 'it\'s "x"', 'html': '<a href="x">&</a>',
    'lines': 'one\ntwo\n\nthree', 'mixed': [1, 'a', None, True, 1.5, {'k': [1]}], 'num': '42', 'fnum': '4.25',
}

EXPRESSIONS = '''
_.n|_.n + 1|_.f|_.whole|_.whole + 1|_.t|_.none|_.yes|_.l|_.m|_.nested.x.y[1]|_.nested["x"]["y"][-1]|_.nested.x.z|_.zz|_.zz.a
_["n"]|_["zz"]|_.l[0]|_.l[5]|_.l[-1]|_.t[0]|_.t[-1]|_.t[99]|_.l[1:]|_.l[:2]|_.l[::-1]|_.l[::2]|_.t[2:5]|_.t[::-1]|_.l[-2:]
_.items|_.m.items()|_.m.keys()|_.m.values()|_.m.get("a")|_.m.get("zz")|_.m.get("zz", 7)|_.m.b|_.big|_.big + 1|_.big * 2
1 + 2|1 - 2|2 * 3|7 / 2|6 / 3|7 // 2|-7 // 2|7.5 // 2|7 % 3|-7 % 3|2 ** 10|2 ** -1|2 ** 0.5|2 ** 3 ** 2|-2 ** 2|1 / 0|1 // 0|1 % 0
"a" + "b"|"a" ~ 1|1 ~ none|"ab" * 3|3 * "ab"|[1] * 2|[1] + [2]|"a" + 1|1 + "a"|[1] + "a"|none + 1|true + true|"%s" ~ 5
1 < 2|1 < 2 < 3|"a" < "b"|"B" < "a"|[1, 2] < [1, 3]|1 < "a"|1 == 1.0|"1" == 1|[1] == [1]|{"a": 1} == {"a": 1.0}|none == false|1 != 2|1 >= 1|none < 1
1 in [1, 2]|"a" in "abc"|"a" in {"a": 1}|1 not in [2]|"x" in _.t|1 in 5|not 1|not not 1|not _.e|1 and 2|0 and 2|0 or 3|"" or none|_.zz or 1|1 or _.zz|_.zz and 1
1 if true else 2|1 if false else 2|1 if false|"x" if _.yes|1 if _.n > 2 else 0|(1 if _.no else 2) + 1|1 if _.no else 2 if _.no else 3
[1, "a", none]|{"a": [1, {"b": none}]}|()|(1,)|(1, 2)|[]|{}|""|"a\\nb"|"\\u00fc"|'single'|"it's"|1.0|1.50|1e3|1_000|0x10|100000000000000000000
_.t | upper|_.t | lower|_.t | title|_.t | capitalize|"hELLO wORLD" | title|_.t | length|_.l | length|_.m | length|_.n | length|_.t | count
_.l | sort|_.l | sort(reverse=true)|_.words | sort|_.words | sort(case_sensitive=true)|_.objects | sort(attribute="v", reverse=true) | map(attribute="k") | list|_.mixed | sort
_.l | first|_.l | last|_.empty | first|_.empty | last|_.t | first|_.l | sum|_.l | max|_.l | min|_.words | max|_.objects | sum(attribute="v")|_.empty | sum|_.empty | max|_.objects | max(attribute="v")
_.l | join|_.l | join(", ")|_.words | join("-")|_.objects | join(",", attribute="k")|_.mixed | join("/")|_.t | join("-")|_.t | list|_.m | list|_.l | reverse | list|_.t | reverse
_.t | replace("l", "L")|_.t | replace("l", "L", 1)|_.n | string|_.none | string|_.num | int|"x" | int|"x" | int(7)|"4.9" | int|4.9 | int|_.fnum | float|"x" | float|"x" | float(1.5)|"0x1f" | int(0, 16)|" 12 " | int|true | int
2.567 | round(2)|2.5 | round|3.5 | round|2.567 | round(1, "floor")|2.111 | round(1, "ceil")|42 | round|-2.5 | round|2.675 | round(2)|-3 | abs|-3.5 | abs|_.big | abs
_.zz | default("d")|_.zz | default|_.e | default("d")|_.e | default("d", true)|_.none | default("d")|_.none | default("d", true)|_.zz | d(5)|_.zz.y | default("d")|(_.zz) is defined|_.nested.q | default(none)
_.m | dictsort|_.m | dictsort(by="value")|_.m | dictsort(reverse=true)|_.m | items | list|_.m | tojson|_.mixed | tojson|_.html | tojson|"ü" | tojson|_.l | tojson
_.html | escape|_.html | e|_.html | safe|_.t | urlencode|"a b/c&d" | urlencode|"  x  " | trim|"xxaxx" | trim("x")|_.t | wordcount|_.t | center(15)|"ab" | center(5)|_.lines | indent|_.lines | indent(2, true)|_.lines | indent(2, blank=true)
"hello big wide world" | truncate(9)|"hello big wide world" | truncate(9, true)|"hello big wide world" | truncate(11, false, "..")|"hello" | truncate(3)|"hello big wide world" | truncate(9, true, "...", 0)
_.objects | map(attribute="k") | list|_.objects | map(attribute="zz", default="?") | list|_.words | map("upper") | list|_.l | map("string") | list|_.objects | map(attribute="zz") | list|["1", "2"] | map("int") | sum
_.l | select("odd") | list|_.l | reject("odd") | list|_.l | select("gt", 1) | list|_.mixed | select | list|_.objects | selectattr("v", "gt", 1) | map(attribute="k") | list|_.objects | rejectattr("v", "equalto", 2) | map(attribute="k") | list|_.objects | selectattr("zz") | list|_.l | select("in", [1, 2]) | list
[1, 1, 2, 1] | unique | list|["a", "A"] | unique | list|["a", "A"] | unique(true) | list|_.l | batch(2) | list|_.l | batch(2, 0) | list|_.objects | groupby("g") | map("first") | list|_.objects | groupby("g") | length
_.l is sequence|_.m is mapping|_.t is string|_.n is number|_.f is float|_.n is integer|_.yes is integer|_.yes is boolean|_.yes is number|_.none is none|_.zz is defined|_.zz is undefined|_.n is defined|_.l is iterable|_.n is iterable|_.t is iterable
4 is even|3 is odd|9 is divisibleby(3)|9 is divisibleby 2|9 is not divisibleby 2|1 is in [1]|1 is not in [1]|1 is eq 1|1 is ne 1|2 is gt 1|2 is lt 1|2 is ge 2|2 is le 1|"a" is lower|"A" is upper|"a1" is lower|true is true|1 is true|false is false|1 is sameas 1|_.n is nosuchtest|_.n is eq(3)|_.n is none or _.n is number
_.t.upper()|_.t.lower()|_.t.split()|_.t.split("o")|_.t.split("l", 1)|_.t.replace("o", "0")|_.t.startswith("H")|_.t.endswith(("d", "x"))|" x ".strip()|"xxa".lstrip("x")|"-".join(_.words)|_.t.find("W")|_.t.count("l")|"7".zfill(3)|"42".isdigit()|_.t.nosuch()|_.t.title()|_.l.index(1)|_.l.count(1)|_.l.index(9)|_.lines.splitlines()
range(3) | list|range(1, 4) | list|range(5, 0, -2) | list|range(0)| list|dict(a=1, b=2)|dict({"x": 1}, y=2)|_.n()|_.m.b()|nosuch(1)|_.l | nosuchfilter|namespace(a=1).a|range(200000) | list
json_parse("[1, {}]")|json_dump({"b": 1, "a": [1, none]})|json_dump(_.mixed)|yaml_parse("a: [1, yes]")|json_parse("{")|json_dump()|json_dump(1, 2)
__import__("os")|_.__class__|"".__class__|"".__class__.__mro__|_.constructor|_["__proto__"]|"".constructor|[].constructor|_.m.__init__|range.constructor|range.__globals__|self|_.t.format(1)|"{0.__class__}".format(1)|config|cycler
'''

TEXTS = '''
x{{ _.n }}y|{{ _.n }}{{ _.f }}|{{ _.n }} |{{_.n}}|{{- _.n -}}|a {{- _.n -}} b|{{ _.none }}!|{{ _.yes }}!|{{ _.l }}!|{{ _.m }}!|{{ _.whole }}!|{{ _.mixed }}!|{{ _.zz }}!|{{ _.zz | default("d") }}!|{{ _.quote }}|{{ [_.quote] }}!
{% for i in _.l %}{{ i }},{% endfor %}|{% for i in _.l %}{{ loop.index }}/{{ loop.length }}{% if not loop.last %};{% endif %}{% endfor %}|{% for k, v in _.m.items() %}{{ k }}={{ v }} {% endfor %}|{% for i in _.empty %}{{ i }}{% else %}none{% endfor %}|{% for i in _.l if i > 1 %}{{ i }}{% endfor %}|{% for i in _.l %}{{ loop.first }}{{ loop.revindex }} {% endfor %}|{% for i in _.zz %}{{ i }}{% endfor %}|{% for i in 5 %}{{ i }}{% endfor %}
{% if _.n == 3 %}three{% elif _.n == 4 %}four{% else %}other{% endif %}{{ 1 }}|{% if _.zz %}x{% endif %}{{ 1 }}|{% set x = 5 %}{{ x + 1 }}|{% set x %}block{% endset %}{{ x }}|{% set ns = namespace(s=0) %}{% for i in _.l %}{% set ns.s = ns.s + i %}{% endfor %}{{ ns.s }}|{% for i in _.l %}{% set q = i %}{% endfor %}{{ q is defined }}|{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }} {{ m(1, 3) }}|{% filter upper %}abc{% endfilter %}{{ 1 }}|{# note #}{{ 1 }}|{% raw %}{{ x }}{% endraw %}
{{ 1 }|{{|}}|{% if %}|{% endif %}|{{ 1 +}}|{{ (1 }}|{{ [1 }}|{{ "a }}|{{ 1 2 }}|{{ a b }}|{% for %}{% endfor %}{{ 1 }}|{{ 1 | }}|{{ . }}|{{ _. }}|{{ _.1 }}|{{ a..b }}|{{ {"a" 1} }}|{{ f(1, ) }}|{{ [1, ] }}|{{ [1 2] }}|{{ x is }}|{{ not }}|{{ 1 if }}|{% set %}{{ 1 }}|{{ "\\q" }}|{{ @ }}|{{ $x }}|{{ a; b }}|{{ a = 1 }}|{{ _.l[] }}|{{ _.l[1:2:3:4] }}
'''

VALUES = [
    {}, [], {'a': 1, 'b': [1, 2, {'c': None}], 'm': {'x': {}, 'y': []}}, 'text', 1, None, True, 1.5, 1e20, '', ['', ' ', 'a b', 'yes', 'no', '1', '1.5', 'null', '~', 'a: b', 'a #b', '#c', '- x', '-', '?', '[x]', '{x}', '*a', '&a', '!t', '%x', '@x', '`x', "it's", 'say "x"', 'x:', ':x', 'a:b', 'é', 'two\nlines', 'end\n', ' lead', 'trail ', 'tab\tx', '2020-01-01', '12:30', '0x1f', '0o7', '007', '+1', '1_000', '.5', '=', '<<', 'true', 'Off', 'a,b', '\\', 'back\\slash'],
    {'long': 'word ' * 30, 'k': 'x' * 100, 'list': [[1, [2]], []]}, {'z': 1, 'a': 2, '1': 3}, [[]], [{}], [[1]], {'a': {'b': {'c': 1}}}, [{'a': 1, 'b': 2}, {'c': [3]}],
]


def outcome(text):
    try:
        expressions.validate(text)
    except Exception:
        return {'valid': False}
    try:
        value = expressions.evaluate(text, DATA)
        if hasattr(value, '__next__') or type(value).__name__ in ('dict_items', 'dict_keys', 'dict_values', 'range'):
            value = list(value)
        return {'valid': True, 'value': json.loads(json.dumps(value)), 'float': isinstance(value, float)}
    except Exception:
        return {'valid': True, 'error': True}


def parts(text):
    return [part for line in text.strip('\n').split('\n') for part in split(line)]


def split(line):
    """At bars without spaces around: those with spaces are Jinja's own."""
    out, start = [], 0
    for i, char in enumerate(line):
        if char == '|' and line[i - 1:i] != ' ' and line[i + 1:i + 2] != ' ':
            out.append(line[start:i])
            start = i + 1
    return out + [line[start:]]


texts = ['{{ %s }}' % one for one in parts(EXPRESSIONS)] + parts(TEXTS)
result = {
    'data': DATA,
    'texts': [dict(text=text, **outcome(text)) for text in dict.fromkeys(texts)],
    'yaml': [{'value': value, 'text': yaml.safe_dump(value, default_flow_style=False)} for value in VALUES],
}
path = os.path.join(os.path.dirname(__file__), '..', 'fixtures', 'workflows', 'jinja.json')
with open(path, 'w') as file:
    json.dump(result, file, indent=1)
    file.write('\n')
print(len(result['texts']), sum(1 for one in result['texts'] if not one['valid']), sum(1 for one in result['texts'] if one.get('error')))
