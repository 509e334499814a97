#!/usr/bin/python3
"""Asks the real Heat what it makes of a table of function calls.

    /usr/bin/python3 scripts/functions-fixtures.py

Needs Heat (Debian's python3-heat) and ../shared/oracle/heat_oracle.py beside
this repository; writes fixtures/functions/calls.json and tables.json, which
test/functions reads. The comment at the top of the tests explains the fields.
"""

import copy
import importlib.util
import itertools
import json
import os
import sys

if os.environ.get('PYTHONHASHSEED') != '0':
    os.environ['PYTHONHASHSEED'] = '0'
    os.execv(sys.executable, [sys.executable] + sys.argv)

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
spec = importlib.util.spec_from_file_location(
    'heat_oracle', os.path.join(HERE, '..', 'shared', 'oracle',
                                'heat_oracle.py'))
oracle = importlib.util.module_from_spec(spec)
spec.loader.exec_module(oracle)
oracle.isolate()
oracle.apply_fixes()
oracle.initialise()

from heat.engine import environment                              # noqa: E402
from heat.engine import function                                 # noqa: E402
from heat.engine import stack as heat_stack                      # noqa: E402
from heat.engine import stk_defn                                 # noqa: E402
from heat.engine import template as heat_template                # noqa: E402
from stevedore import extension                                  # noqa: E402

HOT, AWS, CFN = ('heat_template_version', 'AWSTemplateFormatVersion',
                 'HeatTemplateFormatVersion')
FILES = {'f.txt': 'content of f', 'empty.txt': ''}
PARAMETERS = {
    'text': ('string', 'some text'), 'empty': ('string', ''),
    'json': ('json', {'1': 'one', 'a': {'b': ['x', {'c': 'deep'}]}, 'n': None,
                      'keys': {'a': 'A'}, 'text': 'é😀z'}),
    'list': ('comma_delimited_list', 'a,b,c'), 'none': ('json', {}),
    'number': ('number', 5), 'float': ('number', 1.5),
    'bool': ('boolean', True), 'target': ('string', 'target'),
    'metadata': ('string', 'metadata'), 'A': ('string', 'A'),
    'comma': ('string', ','), 'condition': ('boolean', False),
    'listtext': ('string', '["x", "y", 1.0]'),
}
CFN_TYPES = {'string': 'String', 'number': 'Number', 'json': 'Json',
             'boolean': 'String', 'comma_delimited_list': 'CommaDelimitedList'}


class NodeData(oracle.FakeNodeData):
    def attribute_names(self):
        return ['A', 'show']


class Nodes(oracle.EveryNode):
    def get(self, name, default=None):
        return NodeData(name, self.attr_class)


def document(version):
    key, value = version
    has_conditions = key == AWS or (key == HOT and (
        value >= '2016-10-14'))
    if key == HOT:
        doc = {key: value, 'parameters': {
            n: {'type': t, 'default': d} for n, (t, d) in PARAMETERS.items()
            }, 'resources': {'target': {'type': 'OS::Heat::None'},
                             'other': {'type': 'OS::Heat::None'}}}
        if has_conditions:
            doc['conditions'] = {'yes': True, 'no': False,
                                 'again': {'not': 'no'}, 'circular': {
                                     'not': 'circular'}}
            doc['resources']['disabled'] = {'type': 'OS::Heat::None',
                                            'condition': 'no'}
        return doc
    doc = {key: value, 'Parameters': {
        n: {'Type': CFN_TYPES[t], 'Default': d}
        for n, (t, d) in PARAMETERS.items()},
        'Mappings': {'M': {'k': {'v': 'found', 'l': ['x', 'y']}, 'text': 'ab'},
                     'target': {'target': {'target': 't'}}},
        'Resources': {'target': {'Type': 'OS::Heat::None'},
                      'other': {'Type': 'OS::Heat::None'}}}
    if has_conditions:
        doc['Conditions'] = {'yes': {'Fn::Equals': [1, 1]},
                             'no': {'Fn::Equals': [1, 2]},
                             'again': {'Fn::Not': ['no']},
                             'circular': {'Fn::Not': ['circular']}}
        doc['Resources']['disabled'] = {'Type': 'OS::Heat::None',
                                        'Condition': 'no'}
    return doc


CONTEXT = oracle.make_context()
render = oracle.Renderer()


def definition(version):
    tmpl = heat_template.Template(document(version), files=dict(FILES),
                                  env=environment.Environment({}))
    stack = heat_stack.Stack(CONTEXT, 'stack', tmpl)
    defn = stk_defn.StackDefinition(CONTEXT, tmpl, stack.identifier(),
                                    Nodes(tmpl), None)
    defn.parameters = stack.defn.parameters
    return tmpl, defn, stack


def error_of(call):
    try:
        return call(), None
    except Exception as exc:
        return None, type(exc).__name__


def ask(version, snippet, in_condition=False):
    tmpl, defn, stack = definition(version)
    parse = tmpl.parse_condition if in_condition else tmpl.parse
    parsed, refused = error_of(lambda: parse(defn, copy.deepcopy(snippet),
                                             'x'))
    if refused:
        return {'refused': refused}
    answer = {}
    value, failed = error_of(lambda: function.resolve(parsed, nullable=True))
    if failed:
        answer['failed'] = failed
    elif value is Ellipsis:
        answer['omitted'] = True
    else:
        answer['value'] = render(value)

    # The functions that pop their arguments spoil them.
    tmpl, defn, stack = definition(version)
    parse = tmpl.parse_condition if in_condition else tmpl.parse
    parsed = parse(defn, copy.deepcopy(snippet), 'x')
    names, failed = error_of(lambda: [
        r.name for r in function.dependencies(parsed, 'x')])
    if failed or names:
        answer['requires'] = failed or names
    attributes, _ = error_of(lambda: list(function.all_dep_attrs(parsed)))
    if attributes and failed != 'TypeError':
        answer['attributes'] = render(attributes)
    if error_of(lambda: function.validate(parsed))[1]:
        answer['invalid'] = True
    return answer


# --------------------------------------------------------------------------
# What is asked
# --------------------------------------------------------------------------

P = {name: {'get_param': name} for name in PARAMETERS}
BIG = 10 ** 20
SCALARS = [None, True, False, 0, 1, -1, 2, 1.5, 1.0, BIG, '', 'a', 'ab',
           'abc', '1', '-1', ' 1 ', '1_0', 'target', 'é😀z', 'A']
SHAPES = SCALARS + [
    [], ['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd'], [None],
    [['a'], ['b']], ['', ['b', 'c']], [',', ['b', None, 'c']],
    [',', ['b', 1]], [',', ['b', ['c', 1.0], {'z': 1, 'a': 'é'}]],
    [',', ['a'], ['b']], [',', ['a'], None, '', 0, ['b']], [',', ['a'], 'b'],
    {}, {'a': 'b'}, {'a': 1, 'b': 2}, {'a': 1, 'b': 2, 'c': 3},
    {1: 'a'}, {True: 'a', 'b': 'c'}, [{}], [{'a': 1}, {'b': 2}],
    [{'a': 1}, None, {'a': 2, 'c': 3}], [{'a': 1}, 'x'], [{'a': 1}, []],
    [{1: 'a'}, {True: 'b', 1.0: 'c'}],
    ['target'], ['target', 'A'], ['target', 'A', 'b'],
    ['target', 'A', 'b', 0, '1'], ['target', 'nothing'], ['target', None],
    ['other', 'A'], ['nothing', 'A'], ['nothing'], [1, 'A'], [['a'], 'A'],
    ['target', ['A']], ['target', 'A', None], ['target', 'A', ['x']],
    ['target', 'A', 1.5], ['target', 'A', -1],
]
PAIR = [None, True, 1, 0, -1, 3, 1.0, '', 'a', 'a,b,,c', ',', '1', 'b,a', [],
        ['a', 'b'], ['a', 1, True, 1.0, None, ['a'], {'a': 1}], {},
        {'a': 'x', '1': 'y'}, [['a'], {'a': 1}], '[1, "a", 2.0]', '{"a": null}']
KEYS = [[], ['a'], ['a', 'b'], ['a', 'b', 0], ['a', 'b', '0'],
        ['a', 'b', '-1'], ['a', 'b', -1, 'c'], ['a', 'b', -1, 'c', 0],
        ['a', 'b', 5], ['a', 'b', True], ['a', 'b', 1.0], ['a', 'b', None],
        ['1'], [1], ['n'], ['n', 'x'], ['text', 1], ['text', '1'],
        ['text', -1], ['text', 5], ['text', '1_0'], ['text', '٢'], [['a']],
        [{'a': 1}]]

JOINS = [[',', 'abc'], [',', None], [',', [True]], [',', [1.5]],
         [1, ['a']], [None, ['a']], [['x'], ['a']], [',', {'a': 1}],
         [',', [[]]], [',', [{}]], [',', []], [', ', [['é', {'b': None}]]],
         [',', [{1: 'a', 2: 'b'}]], [',', [{1: 'a', 'b': 'b'}]]]
SPLITS = [[',', 'a,b', 0], [',', 'a,b', '1'], [',', 'a,b', -1],
          [',', 'a,b', '-2'], [',', 'a,b', 2], [',', 'a,b', -3],
          [',', 'a,b', 1.9], [',', 'a,b', True], [',', 'a,b', None],
          [',', 'a,b', 'x'], [',', 'a,b', []], [',', 'a,b', 0, 'more'],
          [None, ' a\u2003b\tc\x1cd  '], ['', 'ab'], [1, 'ab'], [[], 'ab'],
          [',', 5], [',', ['a']], [',', None, 0], ['::', 'a::b:::c'],
          [',', 'a,b', BIG], [',', 'a,b', float('inf')],
          [',', 'a,b', float('nan')], ['😀', 'a😀b😀'], {0: 1}, {0: 1, 1: 2}]
REPLACES = [
    {}, {'template': 'x'}, {'params': {}}, {'template': 'x', 'params': None},
    {'template': 'x', 'params': []}, {'template': 'x', 'params': 'a'},
    {'template': 'x', 'params': {}}, {'template': 1, 'params': {}},
    {'template': None, 'params': {}}, {'template': ['x'], 'params': {}},
    {'template': 'x', 'params': {'x': 'y'}, 'more': 1},
    {'template': 'ab abc b', 'params': {'a': '1', 'ab': '2', 'abc': '3'}},
    {'template': 'abcd', 'params': {'bcd': 'X', 'ab': 'Y'}},
    {'template': 'abba', 'params': {'a': 'b', 'b': 'a'}},
    {'template': 'aXbY', 'params': {'X': 'Y', 'Y': 'X'}},
    {'template': 'x', 'params': {'x': None}},
    {'template': 'x', 'params': {'x': ''}},
    {'template': 'x', 'params': {'x': True}},
    {'template': 'x', 'params': {'x': 1.0}},
    {'template': 'x', 'params': {'x': 1e20}},
    {'template': 'x', 'params': {'x': 1e-05}},
    {'template': 'x', 'params': {'x': BIG}},
    {'template': 'x', 'params': {'x': 0}},
    {'template': 'x', 'params': {'x': []}},
    {'template': 'x', 'params': {'x': {}}},
    {'template': 'x', 'params': {'x': [1, 'é', None, 1.0, {'b': 1, 'a': 2}]}},
    {'template': 'x', 'params': {'x': {'b': [True], 'a': '"'}}},
    {'template': 'x', 'params': {'x': {1: 'a', 'b': 2}}},
    {'template': 'x', 'params': {1: 'a'}},
    {'template': 'x', 'params': {None: 'a'}},
    {'template': 'x', 'params': {1: 'a', 'x': 'b'}},
    {'template': 'x', 'params': {'': 'a'}},
    {'template': '', 'params': {'': 'a'}},
    {'template': 'x', 'params': {'y': 'a'}},
    {'template': 'x', 'params': {'y': None}},
    {'template': 'xy', 'params': {'xy': 'a', 'x': 'b'}},
    {'template': 'z', 'params': {'bb': 1, 'a': 2, 'ccc': 3, '😀': 4}},
    {'template': 'a😀b', 'params': {'😀': 'x', 'ab': 'y'}},
    {'template': '$& $1', 'params': {'$': '$&$1$$'}},
    {'template': P['text'], 'params': {'e': {'get_resource': 'target'}}},
    {'template': 'a e', 'params': P['json']},
    {'template': P['number'], 'params': {}},
    {'template': 'x', 'params': P['text']},
    {'template': 'x', 'params': {'x': {'get_attr': ['target', 'A']}}},
    {'template': {'get_attr': ['other', 'A', 'b']},
     'params': {'e': {'get_param': 'missing'}}},
]
REPEATS = [
    {}, {'template': 'x'}, {'for_each': {}}, {'template': 'x', 'for_each': {}},
    {'template': 'x', 'for_each': None}, {'template': 'x', 'for_each': ['a']},
    {'template': 'x', 'for_each': 'a'}, {'template': 'x', 'for_each': 1},
    {'template': 'x', 'for_each': {'x': ['1', '2']}},
    {'template': 'xy', 'for_each': {'x': ['1', '2'], 'y': ['a', 'b']}},
    {'template': 'xy', 'for_each': {'x': ['1', '2'], 'y': ['a']}},
    {'template': 'xy', 'for_each': {'x': ['1', '2'], 'y': None}},
    {'template': 'xy', 'for_each': {'x': ['y'], 'y': ['x', 'z']}},
    {'template': 'x', 'for_each': {'x': []}},
    {'template': 'x', 'for_each': {'x': None}},
    {'template': 'x', 'for_each': {'x': 'text'}},
    {'template': 'x', 'for_each': {'x': 1}},
    {'template': 'x', 'for_each': {'x': {'k': 'v', 'l': 'w'}}},
    {'template': 'x', 'for_each': {'x': [1]}},
    {'template': 'y', 'for_each': {'x': [1]}},
    {'template': 5, 'for_each': {'x': [1]}},
    {'template': 'x', 'for_each': {'x': [{'a': 1}]}},
    {'template': 'x', 'for_each': {1: ['a']}},
    {'template': [5, None], 'for_each': {1: ['a']}},
    {'template': 'ab', 'for_each': {'': ['-', '+']}},
    {'template': {'x': 'x', 'y': ['x', 1]}, 'for_each': {'x': ['a', 'y']}},
    {'template': {1: 'x', True: 'z'}, 'for_each': {'x': ['a']}},
    {'template': {'x': 1, 'y': 2}, 'for_each': {'x': ['y']}},
    {'template': '$x', 'for_each': {'x': ['$&', '$1']}},
    {'template': 'x', 'for_each': {'x': ['a']}, 'more': 1},
    {'template': 'xy', 'for_each': {'x': ['1', '2'], 'y': ['a', 'b']},
     'permutations': False},
    {'template': 'xy', 'for_each': {'x': ['1', '2'], 'y': ['a', 'b']},
     'permutations': True},
    {'template': 'xy', 'for_each': {'x': ['1', '2'], 'y': ['a']},
     'permutations': False},
    {'template': 'xy', 'for_each': {'x': ['1', '2'], 'y': None},
     'permutations': False},
    {'template': 'x', 'for_each': {'x': {'k': 'v'}}, 'permutations': False},
    {'template': 'x', 'for_each': {'x': ['a']}, 'permutations': None},
    {'template': 'x', 'for_each': {'x': ['a']}, 'permutations': 'false'},
    {'template': 'x', 'for_each': {'x': ['a']}, 'permutations': 0},
    {'template': 'x', 'for_each': {'x': ['a']}, 'permutations': P['bool']},
    {'template': 'x', 'for_each': P['json']},
    {'template': 'x', 'for_each': P['list']},
    {'template': 'x', 'for_each': {'x': P['list']}},
    {'template': {'get_resource': 'target'}, 'for_each': {'target': ['a']}},
    {'template': {'get_resource': 'x'}, 'for_each': {'x': ['target']}},
    {'template': {'get_attr': ['target', 'A']},
     'for_each': {'A': {'get_attr': ['other', 'A']}}},
]
DIGESTS = [[a, 'hello'] for a in (
    'md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512_224',
    'sha512_256', 'sha3_224', 'sha3_256', 'sha3_384', 'sha3_512', 'blake2b',
    'blake2s', 'shake_128', 'shake_256', 'ripemd160', 'sm3', 'md5-sha1')]
DIGESTS += [[a.upper(), ''] for a, _ in DIGESTS] + [
    [a.title(), ''] for a, _ in DIGESTS]
DIGESTS += [['sm3', 'x' * n] for n in (55, 56, 63, 64, 119, 120, 200)]
DIGESTS += [['sha256', 'é'], ['sha256', '€'], ['sha256', '😀'], ['crc', 'x'],
            ['', 'x'], ['SHAKE_128', '€'], ['shake_128', '€'],
            ['md5', P['text']], P['list'], ['md5', 1], ['md5', 'a', 'b']]
URLS = [
    {}, {'scheme': 'http'}, {'scheme': 'x'}, {'scheme': 'http:'},
    {'host': 'h'}, {'scheme': 'http', 'host': 'h'},
    {'scheme': 'http', 'host': 'h', 'port': 80},
    {'scheme': 'http', 'host': 'h', 'port': '080'},
    {'host': 'h', 'port': ' 80 '}, {'host': 'h', 'port': 0},
    {'host': 'h', 'port': 65535}, {'host': 'h', 'port': 65536},
    {'host': 'h', 'port': -1}, {'host': 'h', 'port': 'x'},
    {'host': 'h', 'port': ''}, {'host': 'h', 'port': None},
    {'host': 'h', 'port': True}, {'host': 'h', 'port': False},
    {'host': 'h', 'port': 80.5}, {'host': 'h', 'port': 80.0},
    {'host': 'h', 'port': 0.5}, {'host': 'h', 'port': []},
    {'host': 'h', 'port': float('inf')}, {'port': 80},
    {'host': 'h', 'path': 'p'}, {'host': 'h', 'path': '/p q/é😀?#%~'},
    {'path': 'p'}, {'path': '//p'}, {'scheme': 'http', 'path': '//p'},
    {'scheme': 'http', 'path': 'p'}, {'scheme': 'mailto', 'path': 'a@b'},
    {'scheme': 'svn+ssh', 'path': '/p'}, {'scheme': 'HTTP', 'path': '/p'},
    {'host': '::1'}, {'host': '[::1]', 'port': 8080}, {'host': '['},
    {'host': '[a]'}, {'host': 'a:b'}, {'host': 'h/x y'},
    {'username': 'u', 'host': 'h'}, {'password': 'p', 'host': 'h'},
    {'username': 'u@:/', 'password': 'p@:/é', 'host': 'h'},
    {'username': '', 'password': '', 'host': 'h'},
    {'host': 'h', 'query': {}}, {'host': 'h', 'query': {'a': 'b', 'c': 1}},
    {'host': 'h', 'query': {'a b': 'c/d&e=f', 'é': '+%~'}},
    {'host': 'h', 'query': {1: None, True: [1, 'x'], 'm': {'k': 1.0}}},
    {'host': 'h', 'query': 'a=b'}, {'host': 'h', 'query': []},
    {'host': 'h', 'query': None}, {'host': 'h', 'fragment': 'f g/#?'},
    {'host': 'h', 'fragment': None}, {'host': 'h', 'fragment': 1},
    {'host': 'h', 'query': {}, 'fragment': None},
    {'host': 'h', 'query': {'a': 'b'}, 'fragment': 1},
    {'host': None}, {'host': 1}, {'scheme': None}, {'path': ['a']},
    {'unknown': 1}, {'host': 'h', 'unknown': 1}, {'host': 'h', 1: 2},
    P['json'], P['list'], P['text'], P['number'], 'scheme', ['scheme'],
    {'host': P['text'], 'port': P['number'], 'path': P['number']},
    {'host': P['text'], 'port': P['text']},
    {'host': {'get_attr': ['target', 'A']}, 'query': P['json']},
    {'host': 'h', 'query': P['text']},
]
MAP_REPLACES = [
    [{'a': 'x', 'b': 'y'}, {'keys': {'a': 'A'}, 'values': {'y': 'Y'}}],
    [{'a': 'x'}, {}], [{'a': 'x'}, None], [None, None], [{'a': 'x'}, 'x'],
    [{'a': 'x'}, {'keys': None, 'values': None}], [{'a': 'x'}],
    [{'a': 'x'}, {'keys': []}], [{'a': 'x'}, {'values': 'x'}],
    [{'a': 'x'}, {'other': {}}], [{'a': 'x'}, {}, {}], [[], {}],
    [{'a': 1, 'b': 2}, {'keys': {'a': 'b'}}],
    [{'a': 1, 'b': 2}, {'keys': {'a': 'a', 'b': 'c'}}],
    [{'a': 1, 'b': 2}, {'keys': {'a': 'c', 'b': 'c'}}],
    [{'a': 1}, {'keys': {'a': ['x']}}], [{'a': 1}, {'keys': {'a': None}}],
    [{'a': 1}, {'keys': {'a': 0}}], [{'a': 1}, {'keys': {'a': ''}}],
    [{1: 'x'}, {'keys': {True: 'one'}}],
    [{'a': True, 'b': 1.0, 'c': 1, 'd': 2},
     {'values': {1: 'one', 2.0: 'two'}}],
    [{'a': ['x'], 'b': {}, 'c': None}, {'values': {None: 'nothing'}}],
    [{'a': 'x'}, {'values': {'x': None}}],
    [{'a': 'x'}, {'values': {'x': ['list']}}],
    {0: {'a': 1}}, {0: 'x'}, {0: None, 1: 2}, {'x': 1, 'y': 2},
    [P['json'], {'keys': {'a': 'z'}}], [{'A': 'x'}, P['json']],
]
LISTS = [
    [['a'], ['b', 'a']], [['a'], None], [['a'], 'b'], [['a'], {'b': 1}],
    [[1, True, 1.0, '1'], [0, False, None]], [[['a']], [['a'], {'a': 1}]],
    [[{'a': 1.0}], [{'a': True}]], [], [None], [[]], P['list'],
    [P['list'], ['a', 'd']], [[BIG], [float(BIG)]],
]
CONTAINED = [[1, [True]], ['a', 'abc'], ['', 'abc'], [1, 'abc'], [None, 'abc'],
             [['a'], [['a']]], [{'a': 1}, [{'a': True}]], ['a', {'a': 1}],
             ['a', None], ['a', 5], [BIG, [float(BIG)]], ['b', P['list']],
             [P['text'], 'some'], [None, [None]]]
FILTERS = [[['a', 1], ['a', 'b', True, 1.0, 'a', 2]], [None, ['a']],
           [['a'], None], [['a'], ''], [['a'], 0], [['a'], {}],
           [['a'], {'a': 1}], [['a'], 'a'], ['a', ['a']], [{'a': 1}, ['a']],
           [[], ['a']], ['', ['a']], [[['a']], [['a'], ['b']]],
           [['a'], ['a'], ['a']], [['a']], [P['list'], ['a', 'z']],
           [[None], [None, 0, False, '']]]
EQUAL = [[1, True], [1, 1.0], ['1', 1], [None, None], [None, False],
         [[1, [2]], [1.0, [2.0]]], [{'a': 1, 'b': 2}, {'b': 2.0, 'a': True}],
         [BIG, float(BIG)], [P['number'], 5], [P['text'], 'some text'],
         ['a'], ['a', 'b', 'c'], [[], {}], [float('nan'), float('nan')]]
CONDITIONS = [True, False, None, 'yes', 'no', 'again', 'circular', 'unknown',
              1, 'True', [], {}, ['yes'], ['no'], ['yes', 'no'],
              ['yes', 'yes', 'again'], ['no', 'unknown'], ['yes', 'unknown'],
              [True, False], [True, None], [1, 'yes'], [[True], 'yes'],
              [P['bool'], 'yes'], [P['condition'], 'yes'], P['bool'],
              P['text'], P['list'], [P['list'], 'yes'], [None], [[]]]
IFS = [[], ['yes'], ['yes', 1], ['no', 1], ['yes', 1, 2], ['no', 1, 2],
       ['no', 1, 2, 3], [True, 'a', 'b'], [False, 'a', 'b'], [None, 'a', 'b'],
       ['unknown', 1, 2], ['circular', 1, 2], [1, 1, 2], [[], 1, 2],
       [P['bool'], 'a', 'b'], [P['condition'], 'a', 'b'],
       [P['text'], 'a', 'b'], [{'get_attr': ['target', 'A']}, 'a', 'b'],
       ['yes', {'get_resource': 'target'}, {'get_resource': 'nothing'}],
       ['no', {'get_param': []}, {'get_attr': ['other', 'A']}],
       ['no', {'list_join': 1}, 'fine'], ['yes', {'list_join': 1}, 'fine'],
       'yes', {'a': 1}, None, 5,
       ['yes', {'if': ['no', 1, {'if': ['again', 'inner', 2]}]}, 3],
       ['no', {'if': ['no', 1]}], ['yes', {'if': ['no', 1]}]]
OMISSIONS = [
    {'a': {'if': ['no', 1]}, 'b': 2}, [{'if': ['no', 1]}, 2],
    {'list_join': [',', [{'if': ['no', 'x']}, 'y']]},
    {'list_join': [',', {'if': ['no', ['x']]}]},
    {'list_join': [{'if': ['no', 'x']}, ['y']]},
    {'list_join': {'if': ['yes', [',', ['a']]]}},
    {'str_replace': {'template': 'a', 'params': {'a': {'if': ['no', 'x']}}}},
    {'str_replace': {'template': {'if': ['no', 'x']}, 'params': {}}},
    {'str_replace': {'template': 'a', 'params': {'if': ['no', {'a': 1}]}}},
    {'str_replace': {'template': 'a', 'params': {'if': ['yes', {'a': 1}]}}},
    {'map_merge': [{'a': 1}, {'if': ['no', {'b': 1}]}]},
    {'map_merge': {'if': ['no', [{'b': 1}]]}},
    {'list_concat': [['a'], {'if': ['no', ['b']]}]},
    {'get_param': {'if': ['no', 'text']}},
    {'get_param': ['json', {'if': ['no', 'x']}, '1']},
    {'get_resource': {'if': ['yes', 'target']}},
    {'get_resource': {'if': ['no', 'target']}},
    {'get_attr': ['target', {'if': ['no', 'A']}]},
    {'get_attr': ['target', 'A', {'if': ['no', 'b']}, 'c']},
    {'get_attr': [{'if': ['no', 'target']}, 'A']},
    {'yaql': {'expression': 'x', 'more': 1}},
    {'repeat': {'template': 'x', 'for_each': {'if': ['no', {'x': ['a']}]}}},
    {'repeat': {'template': 'x', 'for_each': {'x': {'if': ['no', ['a']]}}}},
    {'repeat': {'template': {'if': ['no', 'x']}, 'for_each': {'x': ['a']}}},
    {'str_split': [',', 'a,b', {'if': ['no', 1]}]},
    {'str_split': {'if': ['yes', [',', 'a,b']]}},
    {'make_url': {'host': 'h', 'port': {'if': ['no', 1]}}},
    {'contains': [{'if': ['no', 'a']}, ['a', None]]},
    {'digest': ['md5', {'if': ['no', 'a']}]},
    {'filter': [{'if': ['no', ['a']]}, ['a', 'b']]},
]
YAQLS = [{}, {'data': {}},
         {'expression': '$', 'data': 1, 'x': 2}, 'x', [], None, P['json'],
         {'expression': 1, 'data': {}}, {'expression': None}]
NESTED = [
    {'get_param': ['json', {'get_param': 'A'}]},
    {'get_resource': P['target']}, {'get_resource': P['text']},
    {'get_resource': P['list']}, {'get_resource': {'get_param': 'missing'}},
    {'get_resource': {'get_resource': 'target'}},
    {'get_resource': {'get_attr': ['target', 'A']}},
    {'get_resource': 'disabled'},
    {'get_attr': [P['target'], P['A'], P['number'], P['text']]},
    {'get_attr': [P['target'], P['list']]}, {'get_attr': P['list']},
    {'get_attr': ['target', 'A', P['list']]},
    {'get_attr': [{'get_param': 'missing'}, 'A']},
    {'get_attr': ['target', {'get_param': 'missing'}]},
    {'get_attr': ['target', {'get_attr': ['other', 'A']}]},
    {'get_attr': ['disabled', 'A']},
    {'get_file': 'f.txt'}, {'get_file': 'empty.txt'}, {'get_file': 'x'},
    {'get_file': P['text']}, {'get_file': ['f.txt']},
    {'a': [{'b': {'get_resource': 'target'}}, {'get_resource': 'other'}]},
    {'get_resource': 'target', 'x': 1}, {'unknown': {'get_resource': 'other'}},
    {'list_join': [',', [{'get_resource': 'other'},
                         {'get_attr': ['target', 'A']}]]},
    {'Ref': {'get_resource': 'other'}}, {'Fn::Join': {'get_resource': 'x'}},
    {'resource_facade': P['metadata']}, {'resource_facade': P['text']},
    {'resource_facade': {'get_param': 'missing'}},
    {'resource_facade': 'metadata'}, {'resource_facade': 'deletion_policy'},
    {'resource_facade': 'update_policy'}, {'resource_facade': 'Metadata'},
    {'Fn::ResourceFacade': 'Metadata'}, {'Fn::ResourceFacade': 'metadata'},
    {'Fn::ResourceFacade': {'Ref': 'metadata'}},
    b'bytes', {'list_join': [',', b'ab']}, {'equals': [1, 1]},
    {'Fn::Join': [',', ['a', {'Fn::Join': ['-', ['b', 'c']]}]]},
]

HOT_CASES = {
    'get_param': [[n] + k for n in ('json',) for k in KEYS] + [
        n for n in PARAMETERS] + [['list', 0], ['list', '-1'], ['list', 'x'],
                                  ['text', 0], ['number', 0], ['missing'],
                                  'missing', [['json']], [1], {'a': 1},
                                  P['text'], P['list'], P['target']],
    'list_join': JOINS + [[P['comma'], P['list']], [P['number'], ['a']],
                          [',', P['json']], [',', P['none']], P['list']],
    'str_replace': REPLACES, 'str_replace_strict': REPLACES,
    'str_replace_vstrict': REPLACES, 'repeat': REPEATS, 'digest': DIGESTS,
    'str_split': SPLITS + [P['list'], P['text'], P['json'], P['number'],
                           [P['comma'], 'a,b', P['number']]],
    'map_merge': [[P['json'], {'a': 1}], P['json'], P['list'], P['empty'],
                  [{'a': 1}, P['none']]],
    'map_replace': MAP_REPLACES, 'if': IFS, 'filter': FILTERS,
    'make_url': URLS, 'list_concat': LISTS, 'list_concat_unique': LISTS,
    'contains': CONTAINED, 'yaql': YAQLS,
}
FN_CASES = {
    'Fn::FindInMap': [list(c) for c in itertools.product(
        ['M', 'X', 1, ['M']], ['k', 'text', 'x', None, {}],
        ['v', 'l', 0, True, 'x', []])] + [
            'abc', {'a': 1, 'b': 2, 'c': 3}, [{'Ref': 'target'}] * 3],
    'Fn::Select': [list(c) for c in itertools.product(
        [0, '1', '-1', 'a', 1.7, None, True, [], BIG, float('inf'), '1.0'],
        [['x', 'y'], {'a': 1, '1': 2, 'n': None}, '', 'x', '["x", "y"]',
         '{"a": [1.0]}', '"text"', 'null', '5', None, 5, [], {},
         '[NaN, 1e3, 12345678901234567890]', '[1,]', ' [1] '])] + [
             ['n', {'n': None}], [0, {'Ref': 'listtext'}],
             [2, {'Ref': 'listtext'}], [{'Ref': 'number'}, ['a']]],
    'Fn::Split': [list(c) for c in itertools.product(
        [',', '', 1, None, {'Ref': 'comma'}], ['a,b', '', None, 1, ['a'],
                                               {'Ref': 'text'}])],
    'Fn::Replace': [[p, t] for p, t in itertools.product(
        [{}, {'a': 'b'}, {'a': 1, 'ab': 2}, [], None, {'Ref': 'text'},
         {'a': []}], ['ab a', '', None, 1, {'Ref': 'text'}])],
    'Fn::Base64': [{'Ref': 'text'}, {'Ref': 'number'}],
    'Fn::MemberListToMap': [
        ['Name', 'Value', m] for m in (
            ['.member.0.Name=k', '.member.0.Value=v'],
            ['.member.10.Name=b', '.member.10.Value=2', '.member.9.Name=a',
             '.member.9.Value=1', '.member.9.Other=x'],
            ['.member.1.Name=k', '.member.01.Value=v'],
            ['.member.1.Name=k', '.member.2.Value=v'],
            ['.member.1.Name=k=l', '.member.1.Value='],
            ['member.1.Name=k', 'x.member.1.Value=v'],
            ['.member.1.Name\n=k', '.member.1.Value=v'],
            ['.member.1.Name=k', '.member.1.Name=l', '.member.1.Value=v'],
            ['.member.1.Name=k', '.member.1.Value=1', '.member.2.Name=k',
             '.member.2.Value=2'],
            ['x'], [1], [None], [], 'abc', '', None, 5, {'a=b': 1}, {},
            {'Ref': 'list'})] + [
                [1, 'Value', []], ['Name', None, []], ['Name', 'Value'],
                'abc', {'a': 1, 'b': 2, 'c': 3}],
    'Fn::Join': JOINS + [[{'Ref': 'comma'}, {'Ref': 'list'}]],
    'Ref': list(PARAMETERS) + ['other', 'disabled', 'AWS::Region',
                               'OS::stack_name', {'Ref': 'target'}],
    'Fn::GetAtt': [['disabled', 'A'], [{'Ref': 'text'}, 'A'],
                   ['target', {'Ref': 'A'}], 'ab', {'a': 1, 'b': 2},
                   {'target': 1, 'A': 2}],
    'Fn::ResourceFacade': ['Metadata', 'DeletionPolicy', 'UpdatePolicy'],
    'Fn::If': [i for i in IFS],
}
TWO = ['list_join', 'str_split', 'contains', 'filter', 'list_concat',
       'map_replace', 'Fn::Select', 'Fn::Split', 'digest', 'map_merge',
       'Fn::Replace', 'list_concat_unique']

VERSIONS = [(HOT, '2013-05-23'), (HOT, '2014-10-16'), (HOT, '2015-04-30'),
            (HOT, '2015-10-15'), (HOT, '2016-04-08'), (HOT, '2016-10-14'),
            (HOT, '2017-02-24'), (HOT, '2017-09-01'), (HOT, '2021-04-16'),
            (AWS, '2010-09-09'), (CFN, '2012-12-12')]


def as_cfn(snippet):
    """get_param, get_resource, get_attr and if by their CFN names."""
    names = {'get_param': 'Ref', 'get_resource': 'Ref', 'if': 'Fn::If',
             'get_attr': 'Fn::GetAtt', 'list_join': 'Fn::Join'}
    if isinstance(snippet, dict):
        one = len(snippet) == 1
        return {(names.get(k, k) if one else k): as_cfn(v)
                for k, v in snippet.items()}
    return [as_cfn(v) for v in snippet] if isinstance(snippet, list) else (
        snippet)


def asked():
    """(version, snippet, in condition), each implementation once."""
    seen = set()
    for version in VERSIONS:
        tmpl, _, _ = definition(version)
        hot = version[0] == HOT
        for name, implementation in tmpl.functions.items():
            if (name, implementation) in seen:
                continue
            seen.add((name, implementation))
            # What does not look at its arguments need not be asked often.
            plain = class_name(implementation) in ('Removed', 'GetAZs')
            cases = [None, 'target', [], {'get_resource': 'target'}] if (
                plain) else list(SHAPES)
            cases += [] if plain else (HOT_CASES.get(name, []) +
                                      FN_CASES.get(name, []))
            if name in TWO and not plain:
                cases += [list(pair) for pair in itertools.product(PAIR, PAIR)]
            for args in cases:
                yield version, {name: args if hot else as_cfn(args)}, False
        for snippet in NESTED:
            yield version, snippet if hot else as_cfn(snippet), False
        names = {'get_param', 'and', 'or', 'not', 'equals', 'contains', 'yaql',
                 'Ref', 'list_join', 'if', 'Fn::Join', 'Fn::If', 'Fn::Not',
                 'Fn::And', 'Fn::Or', 'Fn::Equals', 'Fn::FindInMap',
                 'get_resource'}
        if tmpl.condition_functions:
            for name in sorted(names):
                cls = tmpl._parser_condition_functions.get(name)
                if (name, cls, 'condition') in seen:
                    continue
                seen.add((name, cls, 'condition'))
                for args in CONDITIONS + EQUAL + ['text', 'number', 'missing']:
                    yield (version, {name: args if hot else as_cfn(args)},
                           True)
    for snippet in OMISSIONS:
        yield (HOT, '2021-04-16'), snippet, False


def class_name(implementation):
    return implementation.__name__


def main():
    folder = os.path.join(HERE, 'fixtures', 'functions')
    calls = {}
    for version, snippet, in_condition in asked():
        entry = {'snippet': render(snippet)}
        if in_condition:
            entry['condition'] = True
        entry.update(ask(version, snippet, in_condition))
        calls.setdefault(version, []).append(entry)
    with open(os.path.join(folder, 'calls.json'), 'w') as out:
        write(out, calls)

    tables = {}
    manager = extension.ExtensionManager(namespace='heat.templates')
    for name in sorted(manager.names()):
        key, value = name.split('.', 1)
        tmpl, _, _ = definition((key, value))
        tables[name] = {
            'functions': {n: class_name(f)
                          for n, f in tmpl.functions.items()},
            'conditions': {n: class_name(f) for n, f in
                           tmpl._parser_condition_functions.items()}}
    with open(os.path.join(folder, 'tables.json'), 'w') as out:
        json.dump(tables, out, indent=1, sort_keys=True)
        out.write('\n')
    with open(os.path.join(folder, 'stacks.json'), 'w') as out:
        json.dump({'/'.join(v): stack_facts(v) for v in VERSIONS}, out,
                  ensure_ascii=False)
        out.write('\n')
    print(sum(map(len, calls.values())), 'calls')


def stack_facts(version):
    """What the functions of a version's stack can see."""
    tmpl, defn, stack = definition(version)
    return {'template': render(document(version)), 'files': FILES,
            'parameters': render({n: p.value() for n, p in
                                  defn.parameters.params.items()})}


def write(out, calls):
    """One line a call, so that a change is seen in a diff."""
    groups = ['{"version": %s, "calls": [\n%s\n]}' % (
        json.dumps(version), ',\n'.join(
            json.dumps(c, ensure_ascii=False) for c in group))
        for version, group in calls.items()]
    out.write('[\n%s\n]\n' % ',\n'.join(groups))


if __name__ == '__main__':
    main()
