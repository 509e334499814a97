import {
  colonInScheme,
  invalidPort,
  notEncodable,
  notText,
  unknownKeys,
  wrongType,
} from '../../diagnostics/functions.ts';
import { truthy } from '../../values/equality.ts';
import { NotEncodable, quote, quotePlus } from '../../values/percent-encoding.ts';
import { repr, str } from '../../values/text.ts';
import { isMap, typeName, type Value, type ValueMap } from '../../values/value.ts';
import { canBeMap, requireMap } from '../arguments.ts';
import { evaluate } from '../evaluate.ts';
import { Call, type Expression, expressionType, type FunctionDefinition } from '../expression.ts';
import { PythonError } from '../python-error.ts';
import { pythonInt } from '../python-int.ts';

const PARTS = ['scheme', 'username', 'password', 'host', 'port', 'path', 'query', 'fragment'] as const;
type Part = (typeof PARTS)[number];

// Schemes whose URLs Python writes with `//` even without a host (urllib.parse.uses_netloc).
const WITH_HOST: ReadonlySet<string> = new Set(
  (
    'ftp http gopher nntp telnet imap wais file mms https shttp snews prospero rtsp rtspu rsync svn svn+ssh sftp nfs ' +
    'git git+ssh ws wss'
  ).split(' '),
);

/** `make_url: {scheme, username, password, host, port, path, query, fragment}`, each escaped. Mirrors MakeURL. */
export const MAKE_URL: FunctionDefinition = Object.freeze<FunctionDefinition>({
  heatClass: 'MakeURL',
  form: `a map of any of ${PARTS.join(', ')}`,
  validate({ name, args }) {
    const map = requireMap(args, name);
    const unknown = [...map.keys()].filter((key) => !PARTS.some((part) => part === key));
    if (unknown.length > 0) throw new PythonError('ValueError', unknownKeys(name, unknown.map(str)));
    checkParts(name, map);
  },
  evaluate({ name, args }, runtime) {
    const parts = evaluate(args, runtime);
    if (!isMap(parts)) throw notAMap(name, parts);
    checkParts(name, parts);
    try {
      return assemble(name, parts);
    } catch (error) {
      if (error instanceof NotEncodable) throw new PythonError('UnicodeEncodeError', notEncodable(name, 'UTF-8'));
      throw error;
    }
  },
});

/** Text and lists have no parts to get (AttributeError), unless one of their items is named like a part. */
function notAMap(name: string, found: Value): PythonError {
  const message = wrongType(name, 'its arguments', 'a map', typeName(found));
  const searchable = typeof found === 'string' || Array.isArray(found);
  const namesAPart = searchable && PARTS.some((part) => found.includes(part));
  return new PythonError(searchable && !namesAPart ? 'AttributeError' : 'TypeError', message);
}

function checkParts(name: string, map: ReadonlyMap<Value, Expression>): void {
  for (const part of PARTS) {
    const value = map.get(part);
    if (value === undefined) continue;
    if (part === 'query') {
      if (!canBeMap(value)) throw new PythonError('TypeError', wrongType(name, part, 'a map', expressionType(value)));
      // Heat leaves here and so never checks the fragment of a URL with a query.
      return;
    }
    if (value instanceof Call) continue;
    if (part === 'port') checkPort(name, value as Value);
    else if (typeof value !== 'string') {
      throw new PythonError('TypeError', wrongType(name, part, 'a text', expressionType(value)));
    }
  }
}

function checkPort(name: string, port: Value): void {
  const number = pythonInt(port, () => invalidPort(name, repr(port)));
  if (number < 1 || number > 65535) throw new PythonError('ValueError', invalidPort(name, repr(port)));
}

function assemble(name: string, parts: ValueMap): string {
  const scheme = text(name, parts, 'scheme');
  if (scheme.includes(':')) throw new PythonError('ValueError', colonInScheme(name));
  const host = authority(name, parts);
  const path = quote(text(name, parts, 'path'));
  const query = queryText(parts.get('query') ?? new Map());
  const fragment = quote(text(name, parts, 'fragment'));
  let url = path;
  if (host !== '' || (WITH_HOST.has(scheme) && !path.startsWith('//'))) {
    url = `//${host}${path === '' || path.startsWith('/') ? '' : '/'}${path}`;
  }
  return [scheme && `${scheme}:`, url, query && `?${query}`, fragment && `#${fragment}`].join('');
}

function authority(name: string, parts: ValueMap): string {
  const username = quote(text(name, parts, 'username'), '');
  const password = quote(text(name, parts, 'password'), '');
  const login = username === '' && password === '' ? '' : `${username}${password === '' ? '' : `:${password}`}@`;
  let host = text(name, parts, 'host');
  if (host.startsWith('[') && host.endsWith(']')) host = host.slice(1, -1);
  host = quote(host, ':');
  if (host.includes(':')) host = `[${host}]`;
  const port = parts.get('port') ?? '';
  return `${login}${host}${truthy(port) ? `:${str(port)}` : ''}`;
}

function text(name: string, parts: ValueMap, part: Part): string {
  const value = parts.get(part);
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  // Only a fragment that nobody checked comes here.
  throw new PythonError('TypeError', notText(name, typeName(value)));
}

/** Python's `urlencode`, with slashes left alone. */
function queryText(query: Value): string {
  if (!isMap(query)) return '';
  const encode = (value: Value): string => quotePlus(value instanceof Uint8Array ? value : str(value));
  return Array.from(query, ([key, value]) => `${encode(key)}=${encode(value)}`)
    .join('&')
    .replaceAll('%2F', '/');
}
