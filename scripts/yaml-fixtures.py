#!/usr/bin/python3
"""Writes fixtures/yaml/heat-reads.json: texts, and what the real Heat makes of them.

Run by hand where python3-heat is installed: /usr/bin/python3 scripts/yaml-fixtures.py. The texts are listed here; the
answers come from yaml-oracle.py.
"""
import json
import pathlib
import subprocess

HERE = pathlib.Path(__file__).parent

SCALARS = '''
y n Y N yes no on off Yes No On Off YES NO ON OFF yEs true false True False TRUE FALSE tRue ~ null Null NULL nULL nil None
0 1 -1 +1 00 01 07 08 09 010 0777 0o14 0O14 0b101 0b 0b_ 0b12 0x1F 0X1F 0x 0x_ 0xg -0x1F +0b11 -010 1_000 1__0 _1 1_ 0_7 0_
-0 +0 --1 +-1 1-2 12e3 1e3 1E3 1.0e3 1.0e+3 1.0e-3 1.0E+3 1.e+3 .5e+1 .5 -.5 +.5 5. -5. +5. 1._5 1_0.5 1.5_0 . .. ... .e+1 ._5
1.0 1.50 0.0 -0.0 +0.0 1.0.0 1,5 1e400 1.0e+400 -1.0e+400 1.0e-400 9007199254740991 9007199254740992 9007199254740993
-9007199254740993 123456789012345678901234567890 0x1fffffffffffffff 0b11111111111111111111111111111111111111111111111111111111
01777777777777777777777 0.1 0.30000000000000004 1.7976931348623157e+308 5e-324 1e-7 1.0e-7 123456789.123456789
.inf -.inf +.inf .Inf .INF .iNF inf -inf .nan .NaN .NAN nan -.nan 1:30 01:30 1:60 1:5:9 1:2:3:4 -1:30 +1:30 1:30.5 1:30. -1:30.25
190:20:30 190:20:30.15 0:30 1_0:30 1:3_0 2013-05-23 2013-5-3 2013-05-23T10:00:00Z 2013-05-23t10:00:00 10:00:00 2013-13-45
12:30:45 20:00 1:1 60:00 = == << <<a a<< <a =a !a 1% 50% a%b a@b a`b a!b a&b a*b a#b a|b a>b a:b :a ::a a: - -- -a --- ---a
? ?a : OS::Nova::Server http://x:80/y?z=1 10.0.0.0/24 1.2.3.4 ::1 fe80::1 0.0.0.0/0 00:11:22:33:44:55 a-b a_b a.b a/b a\\b
"" '' "a" 'a' "1" '1' "~" 'true' "\\n" '\\n' "\\t" "\\x41" "\\u00e9" "\\U0001F600" "\\ud83d\\ude00" "\\ud83d" "\\e" "\\0" "\\/" "\\_" "\\N" "\\L"
"\\P" "\\q" "\\x4" 'it''s' "a\\"b" "a'b" 'a"b' é ü 日本 😀 "é" 0. 0.e+1 1e+1 0x0 -0x0 0b0 00.5 07.5 08.5 1_1.1_1 e+1 1e 1e+ +.e+1
+ - * & ! | > % @ ` [] {} [a] {a} [a,b] {a:b} {a: b} [a: b] [] [,] [a,] {a,} {,} [a b] {a: } {a: b, c} {"a":1} {"a": 1} ["a","b"]
'''.split()

TAGGED = [
    '!!str 1', '!!str true', '!!str ~', '!!str', '!!str ""', '!!int 1', '!!int "1"', '!!int 0x10', '!!int a', '!!int ""', '!!int',
    '!!int 1.5', '!!int " 7 "', '!!int 0o17', '!!int 1_000', '!!int -', '!!int 08', '!!int --5', '!!float 3', '!!float "3"',
    '!!float 1e3', '!!float a', '!!float .inf', '!!float inf', '!!float nan', '!!float ""', '!!float 1:30', '!!float 1_0.5',
    '!!bool yes', '!!bool "no"', '!!bool YES', '!!bool y', '!!bool 1', '!!bool', '!!null x', '!!null', '!!null [a]',
    '!!binary aGVsbG8=', '!!binary "aGVs\\nbG8="', '!!binary aGVsbG8', '!!binary a', '!!binary ""', '!!binary é', '!!binary a*G#k=',
    '!!binary aGk=aGk=', '!!binary aG=k', '!!timestamp 2013-05-23', '!!timestamp x', '!!timestamp 1', '!!merge x', '!!value x',
    '!!map {a: b}', '!!map [a]', '!!map x', '!!seq [a]', '!!seq {a: b}', '!!seq x', '!!set {a, b}', '!!set {a: 1}', '!!set [a]',
    '!!set {}', '!!omap [a: 1, b: 2]', '!!omap [a: 1, a: 2]', '!!omap {a: 1}', '!!omap [a]', '!!omap [{a: 1, b: 2}]', '!!omap []',
    '!!pairs [a: 1, a: 2]', '!!pairs {a: 1}', '!!foo x', '!foo x', '!foo {a: b}', '!foo [a]', '! x', '! 12', '! "12"', '! {a: b}',
    '!!python/object:os.system x', '!<tag:yaml.org,2002:int> 7', '!<tag:yaml.org,2002:str> 7', '!!yaml x', '!e!int 7',
    '&a 1', '&a-b_1 x', '&a.b x', '&é x', '&a', '*nosuch', '&a [*a]', '&a {x: *a}', '!!str &a 1', '&a !!str 1', '!!str !!str 1', '&a &b 1',
]

DOCUMENTS = [
    '', ' ', '\n', '# only a comment', '---', '---\n', '--- a', '--- {a: b}', '---\na: b\n...', 'a: b\n...\n', 'a: b\n...\nc: d',
    'a: b\n---\nc: d', '...', '...\na: b', '%YAML 1.1\n---\na: b', '%YAML 1.2\n---\na: b', '%YAML 1.3\n---\na: b', '%YAML 2.0\n---\na: b',
    '%YAML 1.1\na: b', '%YAML\n---\na: b', '%FOO bar\n---\na: b', '%TAG !e! tag:yaml.org,2002:\n---\na: !e!int "7"',
    '%TAG ! tag:yaml.org,2002:\n---\na: !int "7"', '%YAML 1.1\n%YAML 1.1\n---\na: b', 'null', '~', '"a"', '12', '[a]', '- a', '{a: b}',
    'a: 1\na: 2', 'a: 1\nb: 2\na: 3', '1: a\n1.0: b\ntrue: c', 'true: a\n1: b', '0: a\nfalse: b\n0.0: c\n-0.0: d', '1: a\n"1": b', '~: a\n"null": b\nnull: c',
    '.nan: a\n.nan: b', '.inf: a', '9007199254740993: a\n9007199254740993: b', '1.5: a\n1.50: b', '!!binary aGk=: a\n!!binary aGk=: b', 'b: 1\n2: 2\n1: 3',
    '__proto__: 1\nconstructor: 2\ntoString: 3\n"": 4\n"0": 5', '? a\n: b', '? a', '? a\n? b', '? [a]\n: b', '? {a: b}\n: c', '[a]: b', '{a: b}: c', '? |\n  a\n: b',
    ': a', '? : a', 'a:\n: b', '{: a}', '[: a]', '{? a : b}', '[? a : b]', '{? a}', '[a: b, c: d]', '[a: ]', '{a: , b}', '{a:b}', '{a:1, b: 2}', '{"a":b}',
    "{'a':b}", '{a: [b, c], d: {e: f}}', '[a, [b, [c]]]', '[a\n, b]', '[a,\nb\n]', 'x: [a,\nb\n]', 'x:\n  - [a,\nb]', 'x: {a: b,\nc: d}', 'x: {a: b\n}', 'x: [\n]', 'x: "a\nb"', "x: 'a\nb'",
    'x:\n  y: "a\n b"', 'x: [a #c\n, b]', '[1,#x\n2]', '{a: 1,#x\nb: 2}', '"a"#x', 'a: "b"#c', 'a: [b]#c', 'a: b#c', 'a: b #c', 'a: #c\n  b', '# c\na: b # d\n# e',
    'a: b\n c', 'a: b\n  c\n  d', 'a: b\n\n  c', 'a:\n  b\n  c', 'a: b\n  c: d', 'a: b: c', 'a: b : c', 'a: "b": c', "a: 'b' c", 'a: b\n c: d', 'a:\n b: 1\n  c: 2', 'a:\n  b: 1\n c: 2',
    'a:\n- b\n- c', 'a:\n- b\nc: d', 'a:\n  - b\n - c', '- a\n- b: c\n  d: e', '- - a\n  - b\n- c', '- a\n b', '-\n  a: b', '- \n- ', '-a', '- -a', 'a: - b', 'a:\n- b: c\n- d', '- a: b\n c: d',
    'a: |\n  b\n', 'a: |\n  b', 'a: |-\n  b\n', 'a: |+\n  b\n\n', 'a: |+\n  b', 'a: |\n\n  b\n\n  c\n\n', 'a: |2\n    b\n', 'a: |1\n  b\n', 'a: |0\n  b', 'a: |10\n  b', 'a: |+2\n    b\n', 'a: |2-\n    b\n',
    'a: |\n   b\n  c\n', 'a: |\n    \n  b\n', 'a: | # c\n  b\n', 'a: |#c\n  b\n', 'a: |x\n  b\n', 'a: |\n', 'a: |', 'a: |+\n\n\n', 'a: >\n  b\n  c\n', 'a: >\n  b\n\n  c\n', 'a: >\n  b\n    c\n  d\n',
    'a: >-\n  b\n  c', 'a: >+\n  b\n\n', 'a: >\n  b', 'a: >\n\n  b\n', 'a: >\n  b\n   \n  c\n', 'a: |\n  b\nc: d\n', 'a: |\n  # no comment\n', 'a: |\n b\n\tc\n', 'a: |\n  b\n\t\n', 'a: |\r\n  b\r\n  c\r\n', '- |\n a\n- >\n b\n',
    '"a\\\n  b"', '"a\\\n\n  b"', '"a\n\n  b"', '"a \n b"', '"a\\ \n b"', "'a\n\n b'", '"a', "'a", "'it's'", '"a" b', '"---\n---\n"', '"a\n--- b"', "'a\n...\nb'", 'a\n--- b', 'a: "\t"', 'a: "\\\t"',
    'a:\tb', 'a: \tb', 'a:\t- b', '\ta: b', 'a:\n\tb: c', 'a: b\n\tc', 'a:\n  b\n\tc', '-\ta', '- a\t', 'a: b\t#c', 'a: b\n\t\nc: d', 'a: b\n \t\nc: d', 'a:\n\t\n  b: c', '{a:\tb}', '[a,\tb]', '{\ta: b}', '[\n\ta\n]', '[a,\n\tb]',
    'a: b\r\nc: d\r\n', 'a: b\rc: d\r', 'a: b\r\r\nc: d', 'a: b\x85c: d', 'a: "b\x85c"', 'a: |\n  b\x85  c', 'a: "b\u00a0c"', '\ufeffa: b', '\ufeff', 'a: "\ufeff"', 'a: \x00', 'a: \x07', 'a: \x7f', 'a: "\x9f"', 'a: \ufffe', 'a: "\uffff"',
    'a: &x 1\nb: *x', 'a: &x [1]\nb: *x\nc: *x', 'a: &x 1\nb: &x 2', 'a: *x\nb: &x 1', '&x a: 1\nb: *x', '*x : 1', 'a: &x b\n*x : c', 'a: &x\nb: *x', 'a: &x\n- 1\nb: *x', '&x\na: b', 'a: &x\n  b: c\nd: *x', '- &x a\n- *x', '[&x a, *x]', '{a: &x b, c: *x}',
    'b: &b {x: 1, y: 2}\na:\n  <<: *b\n  y: 3\n  z: 4', 'b: &b {x: 1}\na: {z: 0, <<: *b}', 'a: {<<: {x: 1}, x: 2}', 'a: {x: 2, <<: {x: 1}}', 'a: {<<: [{x: 1}, {x: 2, y: 3}]}', 'a: {<<: {x: 1}, <<: {x: 2}}', 'a: {<<: [], x: 1}',
    'a: {<<: {}, x: 1}', 'a: {<<: 1}', 'a: {<<: [1]}', 'a: {<<: [[{x: 1}]]}', 'a: {<<: }', 'a: <<', 'a: [<<]', '{"<<": {x: 1}}', "{'<<': {x: 1}}", '{!!str <<: {x: 1}}', '{!!merge x: {y: 1}}', 'a: {<<: {<<: {x: 1}, y: 2}, z: 3}',
    'a: &a {<<: *a}', 'a: &a {<<: [*a]}', 'a: {<<: !!set {x, y}}', 'a: {<<: !foo {x: 1}}', 'a: {1: x, <<: {1.0: y, 2: z}}', 'a: {<<: {1: x}, 1.0: y}', 'a: {=: 1}', 'a: =', 'a: [=]', 'a: {x: =}', 'b: &b {x: &x {y: 1}}\na: {<<: *b, x: *x}',
    'a: {}', 'a: []', 'a: ""', 'a:', 'a: ~', 'a: b:', 'a b: c', 'a  : b', '"a" : b', '"a": b', "'a': b", '"a":b', 'a :b', ' a: b\n c: d', '  a: b\n c: d', 'a: {b: c', 'a: [b', 'a: b]', 'a: }', 'a: ]', '{a: b}}', '[a]]', 'a: {b: c]', 'a: [b}',
    'a: %b', 'a: @b', 'a: `b', 'a: &', 'a: *', 'a: !', 'a: |b', 'a: >b', 'a: ,b', 'a: ?b', 'a: -b', 'a: :b', 'a: #b', '%a', '@a', 'a: b, c', 'a: [b, , c]', 'a: [, b]', 'a: {b, , c}', '[-, a]', 'a: [-, [b, -]]', 'a: {b: -, c: d}', '[-]', '[- a]', '[a, -]', '{a: -}', '[-a]', '{-a: b}', '[?a]', '{?a: b}', "{?'a': b}", 'x:\n- "a"b: c', 'x:\n- a\ny: |\n  z\nb: c', '? a\n? &x b\n? !!str c', '[a?]', '[a?b]',
    'a: {b: ::1}', '[::1]', '{a: b:c}', '{a: http://x:80/}', '{a::b}', '{a: b:}', '{a: "b":c}', 'a: {{ b }}', 'a: {{b}}/c', 'a: {% b %}', 'a: ${b}', 'a: $(b)', 'k' * 1024 + ': v', 'k' * 1025 + ': v', '"' + 'k' * 1023 + '": v', '? ' + 'k' * 1100 + '\n: v', '{' + 'k' * 1100 + ': v}', '{' + 'k' * 1100 + '}',
    '1' * 4300, 'a: ' + '1' * 4300, 'a: ' + '1' * 4301, 'a: 0x' + 'f' * 3000, 'a: ' + '-' * 100, '[' * 100 + ']' * 100, '- ' * 100 + 'a', '{a: ' * 100 + 'b' + '}' * 100,
    'x: !!set\n  ? a\n  ? b\n', 'x: !!omap\n- a: 1\n- b: 2\n', 'x: !!map\n  a: b\n', 'x: !!seq\n- a\n', 'x: !!str\n  a\n', 'x: !!str |\n  a\n', 'x: !!binary |\n  aGVs\n  bG8=\n', 'x: !!int\ny: 1', '!!map\na: b', '!!str a: b', '!!int "1": b', '- !!str\n- a', 'a: !!str\n- b', 'a: &x !!str b\nc: *x',
]

JSON = [
    '{"a": 1}', ' {"a": 1} ', '\t{"a":\t1}\n', '{"a": 1.0, "b": 1e3, "c": 1E-2, "d": -0, "e": -0.0, "f": 1.5}', '{"a": NaN, "b": Infinity, "c": -Infinity}', '{"a": 12345678901234567890}', '{"a": 01}', '{"a": 1.}', '{"a": .5}', '{"a": +1}', '{"a": - 1}', '{"a": -}',
    '{"a": 1e400}', '{"a": "\\ud83d\\ude00"}', '{"a": "\\ud83d"}', '{"a": "\\u0000"}', '{"a": "\\x41"}', '{"a": "\t"}', '{"a": "\n"}', '{"a": "\x7f"}', '{"a": "\\/\\b\\f\\n\\r\\t\\\\\\""}', '{"a": 1, "a": 2}', '{"b": 1, "a": 2, "b": 3}', '{"2": 1, "1": 2, "b": 3}', '{"__proto__": 1}', '{"": 1}',
    '{"a": 1,}', '{"a": [1, 2,]}', '{"a": [,1]}', '{"a" 1}', '{"a": 1 "b": 2}', '{"a": true, "b": false, "c": null}', '{"a": True}', '{"a": yes, "b": no}', "{'a': 1}", '{a: 1}', '{"a": 1} x', '{"a": 1}{"b": 2}', '{"a": 1}\n---\n', '{"a": 1} # c', '// c\n{"a": 1}', '[1, 2]', '"a"', '1', 'null', 'true', 'NaN', '-Infinity',
    '{"a": {"b": {"c": [1, [2, [3]]]}}}', '{"a": []}', '{"a": {}}', '{ }', '[ ]', '{"a": "é", "b": "日本", "c": "😀"}', '\ufeff{"a": 1}', '{"a": "\u2028\u2029\x85"}', '{"a": "b\\\nc"}', '{"a":1,"b":"x"}', '{"a":"b","c":["d"]}', '{\n\t"a": 1\n}', '\r\n{"a": 1}\r\n', '\x0b{"a": 1}', '{"a": 1e5, b: 1e5}', '{"a": 2013-05-23}', '{"a": ' + '1' * 4301 + '}',
]

# Unquoted in lists and as keys too: the context decides on some.
texts = ['a: ' + text for text in SCALARS + TAGGED]
texts += ['a: [%s]' % text for text in SCALARS if not set(text) & set('[]{},')]
texts += ['%s: a' % text for text in SCALARS]
texts += ['{%s: a}' % text for text in SCALARS if not set(text) & set('[]{},')]
texts += ['a:\n  - ' + text for text in TAGGED]
texts += DOCUMENTS + JSON
texts = list(dict.fromkeys(texts))

answers = subprocess.run(['/usr/bin/python3', '-W', 'ignore', str(HERE / 'yaml-oracle.py')], text=True, encoding='utf-8',
                         input=''.join(json.dumps(text) + '\n' for text in texts), stdout=subprocess.PIPE, check=True).stdout
lines = ['[%s, %s]' % (json.dumps(text), answer) for text, answer in zip(texts, answers.splitlines(), strict=True)]
target = HERE.parent / 'fixtures' / 'yaml' / 'heat-reads.json'
target.write_text('[\n%s\n]\n' % ',\n'.join(lines))
print(len(lines), 'texts in', target)
