// Random expressions, evaluated by the real Python YAQL (Debian: python3-yaql) and by ours; prints what differs.
//   npx tsx scripts/yaql-differential.mjs [count] [seed] [kind] [file]   with a file: writes what Python answers to it     kind: library, calls, operators, grammar, regex, format, dates
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { evaluateCase, showExpected } from './conformance/yaql.ts';

const PYTHON = String.raw`
import sys, json, signal, datetime, warnings, os
os.environ['TZ'] = 'UTC'
warnings.simplefilter('ignore')
import yaql
from yaql.language import utils
limits = [int(x) for x in os.environ.get('YAQL_LIMITS', '-1,-1').split(',')]
engine = yaql.YaqlFactory().create({'yaql.limitIterators': limits[0], 'yaql.memoryQuota': limits[1]})
root = yaql.create_context()
data = json.load(open(sys.argv[1]))['data'] if False else None
class Timeout(BaseException): pass
def alarm(*a): raise Timeout()
signal.signal(signal.SIGALRM, alarm)
def enc(v):
    if v is None or isinstance(v, (bool, str)): return v
    if isinstance(v, int): return v if abs(v) < 2**53 else {'$int': str(v)}
    if isinstance(v, float): return {'$float': repr(v)} if v == int(v) or v != v else v
    if isinstance(v, (list, tuple)): return [enc(x) for x in v]
    if isinstance(v, (set, frozenset)): return {'$set': [enc(x) for x in v]}
    if isinstance(v, dict):
        if all(isinstance(k, str) and not k.startswith('$') for k in v): return {k: enc(x) for k, x in v.items()}
        return {'$dict': [[enc(k), enc(x)] for k, x in v.items()]}
    if isinstance(v, datetime.datetime): return {'$datetime': v.isoformat()}
    if isinstance(v, datetime.timedelta): return {'$timespan': str((v.days * 86400 + v.seconds) * 1000000 + v.microseconds)}
    return {'$object': type(v).__name__}
def safe(v):
    try: return enc(v)
    except (OverflowError, ValueError): return {'$float': repr(v)} if isinstance(v, float) else {'$unencodable': 1}
def enc_float(v): return {'$float': repr(v)}
_enc = enc
def enc(v):
    if isinstance(v, float) and (v != v or v in (float('inf'), float('-inf'))): return {'$float': repr(v)}
    return _enc(v)
for line in sys.stdin:
    case = json.loads(line)
    out = {}
    phase = 'parse'
    signal.setitimer(signal.ITIMER_REAL, 3)
    try:
        parsed = engine(case['expression'])
        phase = 'evaluate'
        out['expected'] = enc(parsed.evaluate(data=case['data'], context=root.create_child_context()))
    except Timeout:
        out['error'] = {'phase': 'evaluate', 'type': 'DoesNotEnd'}
    except RecursionError as e:
        out['error'] = {'phase': phase, 'type': 'RecursionError'}
    except BaseException as e:
        out['error'] = {'phase': phase, 'type': type(e).__name__, 'message': str(e)[:200]}
    signal.setitimer(signal.ITIMER_REAL, 0)
    sys.stdout.write(json.dumps(out) + '\n')
`;

const [count = '2000', seedText = String(Date.now() % 1e6), kind = 'library', output] = process.argv.slice(2);
let state = Number(seedText) >>> 0;
const random = () => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};
const pick = (list) => list[Math.floor(random() * list.length)];
const chance = (p) => random() < p;

const DATA = {
  n: 5,
  s: 'Hello, World',
  l: [3, 1, 2],
  d: { a: 1, b: { c: [1, 2] } },
  people: [
    { name: 'Ann', age: 30, tags: ['x', 'y'] },
    { name: 'Bob', age: 25, tags: [] },
    { name: 'Cy', age: 30, tags: ['x'] },
  ],
  empty: [],
  u: 'naïve ☕ 日本 😀',
  f: 2.5,
  none: null,
};
const VALUES =
  `null true false 0 1 -1 2 3 7 -7 10 1.5 -2.5 0.0 1.0 0.1 100 255 12345678901234567890 '' 'a' 'abc' 'b' '1' '-5' '1.5' ' x ' 'é' '日本' '😀a' 'a,b,,c' 'Hello' ',' 'l' abc
  [] [1,2,3] [3,1,2] ['b','a'] [[1,2],[3]] [null,1] [1,'a'] [1.5,2] [[a,1],[b,2]] {} {a=>1} {a=>1,b=>[1,2]} {a=>{b=>1}} {1=>2} set(1,2) set() set(2,3) range(3) range(0) timespan(hours=>1) timespan(days=>-1) datetime(2014,1,31) datetime('2015-02-28T10:11:12+02:00')
  regex('a') regex('(.)b?') $ $.l $.d $.s $.people $.n $.f $.u $.none $.empty $.people.name $.people.select($.age) $.d.keys() $.d.values() $.l.orderBy($) 5.5 -0.0 1000000 'true' 'a b c'`
    .split(/\s(?=(?:[^'"\x60]*['"\x60][^'"\x60]*['"\x60])*[^'"\x60]*$)/)
    .map((t) => t.trim())
    .filter(Boolean);
const LAMBDAS = [
  '$',
  '$ > 1',
  '$1 + $2',
  '$.a',
  'not $',
  '[$, 1]',
  'str($)',
  '$ * 2',
  'null',
  'true',
  '$.len()',
  '$[0]',
  '$ = 1',
  '$.age',
  '$.name',
  '[$, $ + 1]',
  '$ mod 2',
  '$1 = $2',
  '$.sum()',
  '$1',
  '-$',
  '$2',
  'a',
  '$.tags',
  '$ < 3',
];
const NAMES =
  `bool isBoolean coalesce examine selectAllCases selectCase switch switchCase add contains containsKey containsValue delete deleteAll dict difference flatten get insert insertMany intersect isDict isList isSet items keys len list remove replace replaceMany set symmetricDifference toDict toList toSet union values isDatetime isTimespan utctz timespan datetime format abs bitwiseAnd bitwiseNot bitwiseOr bitwiseXor float int isInteger isNumber max min pow round shiftBitsLeft shiftBitsRight sign accumulate aggregate all any append concat count cycle defaultIfEmpty distinct enumerate filter first generate generateMany groupBy indexOf indexWhere isIterable join last lastIndexOf lastIndexWhere limit map memorize mergeWith orderBy orderByDescending range reduce repeat reverse select selectMany sequence single skip skipWhile slice sliceWhere splitAt splitWhere sum take takeWhile thenBy thenByDescending where zip zipLongest escapeRegex isRegex matches regex replaceBy search searchAll split concat endsWith hex isEmpty isString lastIndexOf norm rightSplit startsWith str substring toCharArray toLower toUpper trim trimLeft trimRight assert call def let unpack with`.split(
    ' ',
  );
const KEYWORDS = [
  'default',
  'count',
  'seed',
  'initial',
  'start',
  'length',
  'step',
  'stop',
  'trim',
  'chars',
  'separator',
  'maxSplits',
  'maxSplit',
  'ignoreCase',
  'predicate',
  'selector',
  'keySelector',
  'valueSelector',
  'aggregator',
  'value',
  'times',
  'ndigits',
  'year',
  'days',
  'offset',
  'decycle',
  'depthFirst',
  'maxLevels',
  'position',
  'index',
  'string',
  'sub',
  'a',
  'b',
];
const OPERATORS = [
  '+',
  '-',
  '*',
  '/',
  'mod',
  '=',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  'in',
  'and',
  'or',
  '=~',
  '!~',
  '.',
  '?.',
  '->',
  '=>',
];

const POOL = {
  S: "'' 'a' 'abc' 'b' '1' '-5' ' x ' 'é' '日本' '😀a' 'a,b,,c' 'Hello' ',' 'l' abc $.s $.u 'AbC' '  a  b ' 'aXbX'".split(
    / (?=['$a])/,
  ),
  I: '0 1 -1 2 3 7 -7 10 100 true 12345678901234567890 $.n'.split(' '),
  i: '0 1 -1 2 3 5 -2'.split(' '),
  F: '0.0 1.5 -2.5 0.1 1.0 5.5 -0.0 $.f 2.5'.split(' '),
  B: ['true', 'false'],
  L: '[] [1,2,3] [3,1,2] [1,1,2,2,1] [5] $.l $.empty range(4) range(0) [1,2.5,-1] list(3,2) [null,1] set(2,1)'.split(
    ' ',
  ),
  T: "['b','a'] ['x','y','x'] [] $.people.name ['aa','b','ccc']".split(' '),
  LL: '[[1,2],[3]] [[]] [[1,2],[2,1],[3,3]] $.people.tags [[a,1],[b,2]] [[3],[1],[2]] list(range(2),[1])'.split(' '),
  P: ['$.people', '$.people.where($.age > 26)', '$.people.skip(1)'],
  D: '{} {a=>1} {a=>1,b=>[1,2]} {a=>{b=>1}} {1=>2} $.d {a=>[3],c=>null} {a=>2,z=>{q=>1}}'.split(' '),
  SET: 'set() set(1,2) set(2,3) set(1,2,3) $.l.toSet() set(5,9,1,33,17) set(1.0,true)'.split(' '),
  K: "a b 'a' 1 null zz".split(' '),
  DT: "datetime(2014,1,31) datetime('2015-02-28T10:11:12+02:00') datetime(0)".split(' '),
  TS: 'timespan(hours=>1) timespan(days=>-1) timespan() timespan(seconds=>90,microseconds=>5)'.split(' '),
  RE: ['regex(a)', 'regex(`(.)b?`)', 'regex(`\\d+`)', 'regex(`[,l]`)', 'regex(``)'],
  X: [
    '$',
    '$ > 1',
    '$ = 1',
    'not $',
    '[$, 1]',
    'str($)',
    '$ * 2',
    'null',
    'true',
    '$ mod 2',
    '-$',
    '$ < 3',
    '$ + 1',
    'a',
    '{a => $}',
    'bool($)',
    '$.a',
  ],
  Y: [
    '$1 + $2',
    '[$1, $2]',
    '$1',
    '$2',
    '$1 * $2',
    '$1 < $2',
    '$1 = $2',
    '$2 - $1',
    'max($1, $2)',
    'str($1) + str($2)',
  ],
  Q: [
    '$.age',
    '$.name',
    '$.age > 26',
    '$.tags',
    '$.tags.len()',
    '[$.age, $.name]',
    '$.get(nope)',
    '$.nope',
    '$.name + $.age',
  ],
};
POOL.V = [
  ...new Set(
    Object.entries(POOL)
      .filter(([k]) => !'XYQ'.includes(k))
      .flatMap(([, v]) => v),
  ),
  'null',
];
const TEMPLATES = {
  L: `{L}.where({X}) {L}.filter({X}) {L}.map({X}) {L}.take({i}) {L}.select({X}) {L}.skip({i}) {L}.limit({i}) {L}.append({V}) {L}.distinct() {L}.distinct({X}) {L}.concat({L}) {L}.orderBy({X}) {L}.orderByDescending({X}) {L}.orderBy($ mod 2).thenBy({X}) {L}.orderBy($ mod 2).thenByDescending({X}) {L}.takeWhile({X}) {L}.skipWhile({X}) {L}.reverse() {L}.memorize() {L}.cycle().limit(5) {L}.flatten() {L}.toList() {L}.delete({i}) {L}.delete({i},{i}) {L}.insert({i},{V}) {L}.insertMany({i},{L}) {L}.replace({i},{V}) {L}.replace({i},{V},{i}) {L}.replaceMany({i},{L}) {L}.replaceMany({i},{L},{i}) {L}+{L} {L}*{i} {i}*{L} {L}.accumulate({Y}) {L}.accumulate({Y},{V}) {L}.defaultIfEmpty({L}) range({i}) range({i},{i}) range({i},{i},{i}) sequence({i}).limit(4) sequence({i},{i}).limit(4) {V}.repeat({i}).limit(4) generate({i},$<9,$+1) generate({i},$<9,$+1,{X}) generate({i},$<9,($+2)mod 8,{X},true) generateMany({i},range($)) generateMany({i},range($),{X}) generateMany({i},range($),{X},true) generateMany({i},range($),{X},true,true) generateMany({i},range($),$,depthFirst=>true) list({V},{V}) [{V},{V}] {P}.select({Q}) {P}.age {P}.select($.age) {LL}.selectMany($) {LL}.flatten() {D}.values() {LL}.selectMany({X}) concat({L},{L}) distinct({L}) append({L},{V}) {L}.select({X}).toSet() examine({X},{X}) selectAllCases({V},{V}) {L}.union({L})`,
  LL: `{L}.slice({i}) {L}.splitWhere({X}) {L}.sliceWhere({X}) {L}.splitAt({i}) {L}.zip({L}) {L}.zip({L},{T}) {L}.zipLongest({L}) {L}.zipLongest({L},default=>{V}) {L}.enumerate() {L}.enumerate({i}) enumerate({L},{i}) {L}.groupBy({X}) {L}.groupBy({X},{X}) {L}.groupBy({X},{X},{X}) {L}.groupBy({X},aggregator=>$.sum()) {L}.groupBy($ mod 2,$,[$[0],$[1].sum()]) {L}.join({L},{Y},{Y}) {P}.groupBy({Q}) {P}.groupBy({Q},{Q}) {P}.groupBy($.age,$.name,$.len()) {P}.where({Q}) {P}.orderBy({Q}) {P}.orderBy({Q}).thenByDescending({Q}) {P}.join({P},$1.age=$2.age,[$1.name,$2.name]) {D}.items().select([$[0],$[1]]) {LL}.where($.len()>1) {LL}.orderBy($) {LL}.orderBy($[0]) {LL}.distinct()`,
  V: `{L}.first() {L}.first({V}) {L}.last() {L}.last({V}) {L}.single() {L}.any() {L}.any({X}) {L}.all() {L}.all({X}) any({L}) all({L},{X}) {L}.len() len({L}) {L}.count() {L}.sum() {L}.sum({V}) {L}.max() {L}.min() {L}.max({V}) {L}.min({V}) {L}.aggregate({Y}) {L}.reduce({Y},{V}) {L}.indexOf({V}) {L}.lastIndexOf({V}) {L}.indexWhere({X}) {L}.lastIndexWhere({X}) {L}.contains({V}) {V} in {L} {L}[{i}] {LL}[{i}] {D}[{K}] {D}[{K},{V}] {D}.get({K}) {D}.get({K},{V}) {D}.a {D}.len() {D}.containsKey({K}) {D}.containsValue({V}) isList({V}) isDict({V}) isSet({V}) isString({V}) isNumber({V}) isInteger({V}) isBoolean({V}) isIterable({V}) isDatetime({V}) isTimespan({V}) isRegex({V}) bool({V}) int({V}) float({V}) str({V}) not {V} {V}={V} {V}!={V} {V}<{V} {V}>={V} {I}+{I} {I}-{F} {I}*{I} {I}/{I} {F}/{I} {I} mod {I} {F} mod {I} -{I} +{F} abs({I}) sign({F}) min({V},{V}) max({I},{F}) round({F}) round({F},{i}) round({I},{i}) pow({I},{i}) pow({F},{i}) pow({I},{I},{I}) bitwiseAnd({I},{I}) bitwiseOr({I},{I}) bitwiseXor({I},{I}) bitwiseNot({I}) shiftBitsLeft({I},{i}) shiftBitsRight({I},{i}) coalesce({V},{V}) switch({V}=>{V},{V}=>{V}) selectCase({V},{V}) {i}.switchCase({V},{V}) {V}?.len() {V}.assert({X}) {V}.assert({X},{S}) let({V},{V})->[$1,$2] let(x=>{V})->$x with({V})->$ {LL}.first().unpack()->[$1,$2] {L}.unpack(a,b)->$a {L}.unpack()->$2 def(f,{X})->f({V}) def(f,{Y})->f({V},{V}) call(len,[{V}],{}) call(str,[{V}],{{a=>1}}) {LL}.toDict($[0]) {P}.single() {V} and {V} {V} or {V} {DT}={DT} {DT}-{DT} {DT}+{TS} {TS}*{F} {TS}/{TS} {TS}<{TS} {S}.len() len({S}) {S}.indexOf({S}) {S}.indexOf({S},{i}) {S}.indexOf({S},{i},{i}) {S}.lastIndexOf({S}) {S}.lastIndexOf({S},{i}) {S}.lastIndexOf({S},{i},{i}) {S}.startsWith({S}) {S}.endsWith({S},{S}) {S} in {S} {S}<{S} {S}>={S} {S}.isEmpty() isEmpty({S},{B}) {S}.isEmpty(trim=>{B},chars=>{S}) {S}=~{RE} {S}!~{S} {S}.matches({S}) {RE}.matches({S}) {RE}.search({S}) {SET}<{SET} {SET}<={SET} {SET}>{SET} {SET}>={SET} {SET}={SET} {SET}.len() {I} in {SET} hex({I}) {L}={L} {D}={D} {D}.keys()={SET}`,
  S: `{S}+{S} {S}*{i} {i}*{S} {S}.toUpper() {S}.toLower() {S}.trim() {S}.trim({S}) {S}.trimLeft({S}) {S}.trimRight({S}) {S}.norm() norm({S},{S}) {S}.substring({i}) {S}.substring({i},{i}) {S}.replace({S},{S}) {S}.replace({S},{S},{i}) {S}.replace({D}) {S}.replace({D},{i}) {S}.format({V}) {T}.join({S}) {S}.join({L}) concat({S},{S}) str({V}) str({D}) str({LL}) str({SET}) '{0} {1}'.format({V},{V}) '{a}'.format(a=>{V}) escapeRegex({S}) {S}.replace({RE},{S}) {RE}.replace({S},{S}) {S}.replaceBy({RE},str($)) {S}.replaceBy({RE},$.value.toUpper()) {S}.replaceBy({RE},$.value,{i}) str({DT}) str({TS})`,
  T: `{S}.split() {S}.split({S}) {S}.split({S},{i}) {S}.rightSplit({S}) {S}.rightSplit({S},{i}) {S}.rightSplit(null,{i}) {S}.split(maxSplits=>{i}) {S}.toCharArray() {S}.split({RE}) {RE}.split({S},{i}) {RE}.searchAll({S}) {RE}.searchAll({S},$.start) {T}.orderBy($) {T}.orderByDescending($.len()) {T}.distinct() {T}.select($.toUpper()) {T}.where($>a)`,
  D: `{D}+{D} {D}.set({K},{V}) {D}.set({D}) {D}.set({K}=>{V}) {D}.delete({K}) {D}.delete({K},{K}) {D}.deleteAll([{K},{K}]) {D}.mergeWith({D}) {D}.mergeWith({D},{Y}) {D}.mergeWith({D},{Y},{Y}) {D}.mergeWith({D},{Y},{Y},{i}) {D}.mergeWith({D},maxLevels=>{i}) {LL}.toDict($[0],$[1]) {T}.toDict($,$.len()) {L}.toDict({X}) {L}.toDict({X},{X}) dict({LL}) dict({K}=>{V},{K}=>{V}) {{K}=>{V}} {P}.toDict($.name,{Q}) dict({D}.items()) dict({L}.groupBy({X}))`,
  SET: `characters(octdigits=>true).toSet() characters(digits=>true,whitespace=>true).toSet() set({V},{V}) {L}.toSet() {SET}.union({SET}) {SET}.intersect({SET}) {SET}.difference({SET}) {SET}-{SET} {SET}.symmetricDifference({SET}) {SET}.add({I}) {SET}.add({V},{V}) {SET}.remove({I}) {D}.keys() {SET}+{SET} set({L}) set(range({i}))`,
  DT: `{DT}+{TS} {DT}-{TS} {DT}.replace(day=>{i}) {DT}.date {DT}.utc datetime({I},{i},{i})`,
  TS: `utctz() {TS}+{TS} {TS}-{TS} -{TS} {TS}*{i} {TS}/{F} {DT}-{DT} {DT}.time {DT}.offset timespan(hours=>{I}) timespan({i},{i})`,
};
for (const [k, text] of Object.entries(TEMPLATES)) TEMPLATES[k] = text.split(/ (?=[{([a-z'-])(?![^(]*\))/);
const KEYS = Object.keys(TEMPLATES);
function typed(kindOf, depth) {
  if (chance(0.04)) return pick(POOL.V);
  const templates = TEMPLATES[kindOf];
  if (templates === undefined || depth <= 0 || chance(0.45)) return pick(POOL[kindOf]);
  return `(${fill(pick(templates), depth - 1)})`;
}
const fill = (template, depth) =>
  template.replace(/\{([A-Za-z]+)\}/g, (_, k) => (POOL[k] === undefined ? _ : typed(k, depth)));
const library = () => fill(pick(TEMPLATES[pick(KEYS)]), 2);
const value = () => pick(VALUES);
const arg = () => (chance(0.35) ? pick(LAMBDAS) : chance(0.1) ? '' : value());
function call() {
  const args = Array.from({ length: Math.floor(random() * 4) }, arg);
  if (chance(0.15)) args.push(`${pick(KEYWORDS)} => ${chance(0.3) ? pick(LAMBDAS) : value()}`);
  const text = `${pick(NAMES)}(${args.join(', ')})`;
  const full = chance(0.75) ? `${value()}.${text}` : text;
  const bounded = /sequence|cycle|repeat|generate/.test(full) && chance(0.9) ? `${full}.limit(6)` : full;
  return chance(0.12)
    ? `str(${bounded})`
    : chance(0.1)
      ? `${bounded}.${pick(NAMES)}(${chance(0.6) ? arg() : ''})`
      : bounded;
}
function operation(depth = 0) {
  const side = () => (depth < 2 && chance(0.35) ? `(${operation(depth + 1)})` : chance(0.1) ? call() : value());
  if (chance(0.12)) return `${pick(['not ', '-', '+'])}${side()}`;
  if (chance(0.1))
    return `${side()}[${chance(0.5) ? pick(['0', '-1', '5', 'a', "'b'", 'null', 'true', '0.0']) : arg()}${chance(0.2) ? `, ${value()}` : ''}]`;
  return `${side()} ${pick(OPERATORS)} ${side()}`;
}
const TOKENS = [
  "'a'",
  '"b"',
  '`c`',
  '1',
  '2.5',
  '$',
  '$x',
  'abc',
  'f(',
  'len(',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  '.',
  '?.',
  '->',
  '=>',
  '+',
  '-',
  '*',
  '/',
  'mod',
  'in',
  'not',
  'and',
  'or',
  '=',
  '!=',
  '<',
  '<=',
  '=~',
  '!~',
  'true',
  'null',
  ' ',
  ' ',
  'é',
  '1a',
  '__x',
  "'\\n\\x41\\u00e9\\q'",
  '\\',
  '#',
  '!',
  '٣',
  '²',
  "'\\",
];
const grammar = () =>
  Array.from({ length: 1 + Math.floor(random() * 9) }, () => pick(TOKENS)).join(chance(0.5) ? ' ' : '');
const RE = [
  'a',
  'b',
  '.',
  '\\d',
  '\\w',
  '\\s',
  '[ab]',
  '[^a]',
  '(a)',
  '(?:b)',
  '(a|b)',
  '(?P<n>a)',
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '{2}',
  '{1,2}',
  '{,2}',
  '|',
  '^',
  '$',
  '\\b',
  '\\B',
  '(?=a)',
  '(?!b)',
  '(?<=a)',
  '(?<!b)',
  '\\1',
  '(?P=n)',
  '(?i)',
  '(?i:A)',
  '\\A',
  '\\Z',
  '[a-c]',
  '(?>a+)',
  'a++',
  '(a*)*',
  '(?(1)a|b)',
  'é',
  '\\x61',
  '[\\d-x]',
  '\\n',
  '-',
  ',',
  '(',
  ')',
  '[',
  '{',
  '(?:a|ab)(?:c|bcd)',
  'A',
  'k',
  '\\W',
  '\\D',
  '(?#c)',
  '(?s:.)',
  '(?m:^b)',
  '\\u212a',
  '[^\\W]',
  'ſ',
  '{1,3}?',
  '{1,2}+',
];
const SUBJECTS = [
  '',
  'a',
  'ab',
  'aab',
  'abab',
  'b a',
  'aaabbb',
  'abcd',
  'A',
  'éa',
  'a1 b2',
  'a\\nb',
  'a-b',
  'kK',
  'ba,ab',
  '😀a',
  'sS',
  'aaaa',
];
function regex() {
  const pattern = Array.from({ length: 1 + Math.floor(random() * 5) }, () => pick(RE)).join('');
  const subject = `'${pick(SUBJECTS)}'`;
  const flags = chance(0.2) ? `, ignoreCase => true${chance(0.3) ? ', multiLine => true' : ''}` : '';
  const re = `regex(\`${pattern}\`${flags})`;
  return pick([
    `${re}.searchAll(${subject}, [$, $2, $3])`,
    `${re}.searchAll(${subject})`,
    `${re}.search(${subject}, [$.start, $.end, $2])`,
    `${re}.split(${subject}${chance(0.3) ? `, ${pick(['1', '2', '-1'])}` : ''})`,
    `${re}.replace(${subject}, \`${pick(['x', '[\\g<0>]', '\\1', '\\2', '\\g<n>', '\\n', '\\q', '\\07', '\\101', '-'])}\`${chance(0.3) ? `, ${pick(['1', '2', '-1'])}` : ''})`,
    `${subject}.replaceBy(${re}, str($.start))`,
    `${subject} =~ \`${pattern}\``,
  ]);
}
function format() {
  const spec = [
    chance(0.3) ? pick(['*', '0', ' ', 'é', '']) + pick(['<', '>', '^', '=']) : '',
    chance(0.25) ? pick(['+', '-', ' ']) : '',
    chance(0.1) ? '#' : '',
    chance(0.15) ? '0' : '',
    chance(0.5) ? pick(['1', '5', '10', '12']) : '',
    chance(0.15) ? pick([',', '_']) : '',
    chance(0.4) ? `.${pick(['0', '1', '2', '5', '10'])}` : '',
    chance(0.7) ? pick(['d', 'f', 'e', 'g', 'G', '%', 's', 'x', 'X', 'b', 'o', 'n', 'c', 'E', 'F', 'q']) : '',
  ].join('');
  const field = `{${pick(['', '0', '1', 'k', '0[a]', '0[0]', '0.real', '0.x'])}${chance(0.2) ? pick(['!r', '!s', '!a', '!x']) : ''}${chance(0.8) ? `:${spec}` : ''}}`;
  const number = () =>
    pick([
      '0',
      '1',
      '-1',
      '12345',
      '1234567890123',
      '0.5',
      '1.5',
      '2.5',
      '1234.5678',
      '0.00001234',
      '1e22',
      '-0.0',
      '100.0',
      '123456789.0',
      '65',
      '3.14159',
      '0.1',
      'true',
      'null',
      "'abc'",
      "'é'",
      '[1]',
      '{a => 1}',
      '1e-7',
      '99999.5',
      '1000000.0',
      'float(inf)',
      'float(nan)',
      '1.0',
      '9999999999999999.0',
    ]).replace(/^(.*)e(.*)$/, (w, a, b) => (/^[\d.]+$/.test(a) ? `float('${a}e${b}')` : w));
  return pick([
    `'${field}'.format(${number()}, ${number()}, k => ${number()})`,
    `'x${field}y${field}'.format(${number()}, ${number()}, k => 1)`,
    `str(${number()})`,
    `round(${number()}, ${pick(['0', '1', '2', '-1', '-2', '5'])})`,
    `${number()} ${pick(['+', '-', '*', '/', 'mod'])} ${number()}`,
    `int(${number()})`,
    `float(${pick(["'1_0'", "' 1.5 '", "'nan'", "'-inf'", "'1e5'", "'.5'", "'5.'", "'١'", "'0x1'", "''"])})`,
    `int(${pick(["'1_0'", "' 15 '", "'-7'", "'+7'", "'0x1'", "'1.0'", "'١٢'", "''", "'007'", "'1__0'"])})`,
    `hex(${number()})`,
    `pow(${number()}, ${number()}${chance(0.2) ? `, ${number()}` : ''})`,
  ]);
}
function dates() {
  const two = () => String(Math.floor(random() * 40)).padStart(chance(0.8) ? 2 : 1, '0');
  const year = () => pick(['2014', '1999', '2020', '14', '99', '0001']);
  const month = () => pick(['Jan', 'February', 'mar', 'Sept', 'DEC', 'xyz', two()]);
  const time = () =>
    pick([
      '',
      ' 12:30',
      'T10:11:12',
      ' 10:11:12.5',
      ' 3pm',
      ' 10h36m',
      ' 5 am',
      ' 23:59:59,123',
      '10:30 PM',
      ' 1030',
      ' 12:30:15Z',
      ' 10:00 +0200',
      ' 10:00-05:30',
      ' 10:00 UTC',
      ' 10:00 EST',
      ' 10:00 GMT+3',
      ' 10.5h',
    ]);
  const text =
    pick([
      `${year()}-${two()}-${two()}`,
      `${two()}/${two()}/${year()}`,
      `${month()} ${two()} ${year()}`,
      `${two()} ${month()} ${year()}`,
      `${two()}-${month()}-${year()}`,
      `${year()}${two()}${two()}`,
      `Thu ${month()} ${two()} ${year()}`,
      `${two()}.${two()}.${year()}`,
      `${month()}, ${year()} ${two()}`,
      `${two()}th of ${month()} ${year()}`,
      `${year()}/${month()}/${two()}`,
      `${two()}${two()}${two()}`,
    ]) + time();
  const dt = chance(0.5)
    ? `datetime('${text}')`
    : `datetime(${pick(['2014', '2016', '1', '9999', '1969'])}, ${pick(['1', '2', '12', '13'])}, ${pick(['1', '28', '29', '31'])}${chance(0.5) ? `, ${pick(['0', '5', '23', '24'])}, 30` : ''})`;
  const ts = () =>
    `timespan(${pick(['days', 'hours', 'minutes', 'seconds', 'milliseconds', 'microseconds'])} => ${pick(['1', '-1', '36', '100000', '1.5', '12345678901'])})`;
  return pick([
    dt,
    `str(${dt})`,
    `${dt}.format('${pick(['%Y-%m-%d %H:%M:%S', '%y %j %U %W %a %A %b %B', '%c | %x | %X | %p %I', '%z %Z %f %%', '%G %V %u %w', '%-d %e %k %l %P', '%q', '%F %T %R %D', '%5d %^a', '%s', '%C %g %h %n %t'])}')`,
    `${dt}.${pick(['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond', 'weekday', 'timestamp', 'utc', 'date', 'time', 'offset', 'nope'])}`,
    `${dt} ${pick(['+', '-', '<', '=', '*', '/'])} ${pick([ts(), dt, '2'])}`,
    `${ts()} ${pick(['+', '-', '*', '/', '<', '>=', '=', '!='])} ${pick([ts(), '2', '1.5', '0', dt])}`,
    `str(${ts()})`,
    `${ts()}.${pick(['days', 'hours', 'minutes', 'seconds', 'milliseconds', 'microseconds'])}`,
    `${dt}.replace(${pick(['year', 'month', 'day', 'hour', 'offset'])} => ${pick(['1', '2015', '31', 'null', ts()])})`,
    `datetime('${pick(['2014-01-31', '31/01/14', '10:20 PM', 'Fri Jan 31 2014', '2014 031', '14-05 2', '2014-01-31T10:00:00+0200', '1.5'])}', '${pick(['%Y-%m-%d', '%d/%m/%y', '%I:%M %p', '%a %b %d %Y', '%Y %j', '%y-%U %w', '%Y-%m-%dT%H:%M:%S%z', '%S.%f', '%q'])}')`,
    `datetime(${pick(['0', '1.5', '1400000000.123456', '-1', '99999999999', '1e3', '0.0000005', '2.5'])}, ${ts()})`,
    `str([${dt}, ${ts()}])`,
  ]);
}
// Every template in turn, so that no function is left out.
const ALL = KEYS.flatMap((key) => TEMPLATES[key]);
let turn = 0;
const each = () => fill(ALL[turn++ % ALL.length], 1);
const KINDS = { each, library, calls: call, operators: operation, grammar, regex, format, dates };
const make = KINDS[kind] ?? call;
const cases = Array.from({ length: Number(count) }, (_, i) => ({
  id: String(i),
  group: kind,
  engine: 'plain',
  expression: make(),
  data: DATA,
}));
const answer = spawnSync('/usr/bin/python3', ['-c', PYTHON], {
  input: cases.map((one) => `${JSON.stringify(one)}\n`).join(''),
  encoding: 'utf8',
  maxBuffer: 1 << 30,
  env: { ...process.env, TZ: 'UTC' },
});
const lines = answer.stdout.trim().split('\n');
if (lines.length !== cases.length) console.log('python stopped early:', lines.length, answer.stderr.slice(-500));
const letters = (text) =>
  Array.from(text)
    .sort((a, b) => (a < b ? -1 : 1))
    .join('');
// YAQL_LIMITS=items,bytes: with YAQL's own limits.
const LIMITS = process.env.YAQL_LIMITS?.split(',').map(Number);
const written = [];
const different = [];
let compared = 0;
for (const [i, line] of lines.entries()) {
  const one = { ...cases[i], ...JSON.parse(line), ...(LIMITS === undefined ? {} : { limits: LIMITS }) };
  // Addresses of objects, and the order of sets of strings, are not the same even between two runs of Python.
  if (/ at 0x|frozenset\(\{'|<yaql/.test(line)) continue;
  compared++;
  if (/0x7f|DoesNotEnd|MemoryError|unencodable/i.test(line)) continue;
  written.push({ expression: one.expression, ...JSON.parse(line) });
  const actual = evaluateCase(one);
  const expected = showExpected(one);
  const endless = expected === 'evaluate DoesNotEnd' && /Exceeded|TooLarge/.test(actual);
  // So is what is made of them.
  const loose =
    /0x7f|<\w+ object/i.test(expected + actual) ||
    (/set\(/i.test(one.expression) && letters(actual) === letters(expected));
  if (actual !== expected && !endless && !loose)
    different.push({ expression: one.expression, expected, actual, message: one.error?.message });
}
if (output !== undefined) {
  const lines = written.map(({ expression, expected, error }) =>
    JSON.stringify(
      error === undefined ? { expression, expected } : { expression, error: { phase: error.phase, type: error.type } },
    ),
  );
  writeFileSync(output, `{"data": ${JSON.stringify(DATA)},\n"cases": [\n${lines.join(',\n')}\n]}\n`);
}
console.log(`${kind}: ${compared} compared, ${different.length} differ (seed ${seedText})`);
for (const { expression, expected, actual, message } of different.slice(0, 40)) {
  console.log(`${expression}\n   python ${expected.slice(0, 300)} ${message ?? ''}\n   ours   ${actual.slice(0, 300)}`);
}
process.exitCode = different.length > 0 ? 1 : 0;
