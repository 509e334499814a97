import { dumpJson } from '../values/dump-json.ts';
import { truthy as isTruthy } from '../values/equality.ts';
import { loadJson } from '../values/load-json.ts';
import { str } from '../values/text.ts';
import { float, isList, type Value, type ValueMap } from '../values/value.ts';
import { type ActionContext, ActionError, type HttpResponse } from './actions.ts';

export const HTTP_PARAMETERS: readonly string[] = [
  'url',
  'method?',
  'params?',
  'body?',
  'json?',
  'headers?',
  'cookies?',
  'auth?',
  'timeout?',
  'allow_redirects?',
  'proxies?',
  'verify?',
];

/**
 * std.http. Redirects are followed only with `allow_redirects: true`, as in Mistral. Status 200 to 306 is a success;
 * any other fails the call with the same map as its result.
 *
 * @throws ActionError, Error
 */
export async function sendHttp(input: ValueMap, context: ActionContext, more: Record<string, string>): Promise<Value> {
  const given = (name: string): Value => input.get(name) ?? null;
  if (isTruthy(given('body')) && isTruthy(given('json'))) throw new Error('std.http takes body or json, not both');
  if (isTruthy(given('proxies')) || given('verify') === false || typeof given('verify') === 'string') {
    throw new Error('proxies and verify are not for std.http here: hand in a fetch that does what is wanted');
  }
  const headers = new Map<string, string>();
  for (const [name, value] of mapOf(given('headers'))) headers.set(str(name), str(value));
  const cookies = Array.from(mapOf(given('cookies')), ([name, value]) => `${str(name)}=${str(value)}`);
  if (cookies.length > 0) headers.set('Cookie', cookies.join('; '));
  const auth = given('auth');
  if (typeof auth === 'string' && auth.includes(':')) headers.set('Authorization', `Basic ${base64(auth)}`);
  const body = bodyOf(given('body'), given('json'), headers);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  const started = context.now();
  const response = await withTimeout(context, given('timeout'), (signal) =>
    context.fetch(withQuery(str(given('url')), given('params')), {
      method: str(given('method') ?? 'GET').toUpperCase() === 'NONE' ? 'GET' : str(given('method') ?? 'GET'),
      headers: Object.fromEntries(headers),
      ...(body !== undefined && { body }),
      redirect: isTruthy(given('allow_redirects')) ? 'follow' : 'manual',
      signal,
    }),
  );
  const result = await resultOf(response, context.now() - started);
  if (response.status < 200 || response.status > 306) throw new ActionError(result, `HTTP status ${response.status}`);
  return result;
}

function bodyOf(body: Value, json: Value, headers: Map<string, string>): string | undefined {
  const typed = [...headers.keys()].some((name) => name.toLowerCase() === 'content-type');
  if (json !== null) {
    if (!typed) headers.set('Content-Type', 'application/json');
    return dumpJson(json);
  }
  if (body === null) return undefined;
  return body instanceof Map || isList(body) ? dumpJson(body) : str(body);
}

async function withTimeout<T>(
  context: ActionContext,
  timeout: Value,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = timeout === null ? 0 : Number(str(timeout));
  if (!(limit > 0)) return send(context.signal);
  const own = new AbortController();
  const abort = (): void => own.abort(context.signal.reason);
  context.signal.addEventListener('abort', abort, { once: true });
  let over = false;
  const watch = async (): Promise<void> => {
    try {
      await context.sleep(limit * 1000);
    } catch {
      return;
    }
    over = true;
    own.abort(new Error(`No answer within ${limit} s`));
  };
  void watch();
  try {
    return await send(own.signal);
  } catch (error) {
    throw over ? new Error(`No answer within ${limit} s`) : error;
  } finally {
    context.signal.removeEventListener('abort', abort);
  }
}

async function resultOf(response: HttpResponse, elapsed: number): Promise<Value> {
  const text = await response.text();
  const headers = new Map<Value, Value>(Array.from(response.headers, ([name, value]) => [name, value]));
  const charset = /charset=([^;\s]+)/i.exec(str(headers.get('content-type') ?? ''))?.[1];
  return new Map<Value, Value>([
    ['content', parsed(text)],
    ['status', response.status],
    ['headers', headers],
    ['url', response.url],
    ['history', []],
    ['encoding', charset ?? null],
    ['reason', response.statusText],
    ['cookies', new Map()],
    ['elapsed', float(elapsed / 1000)],
  ]);
}

function parsed(text: string): Value {
  try {
    return loadJson(text);
  } catch {
    return text;
  }
}

function withQuery(url: string, params: Value): string {
  const encode = (value: Value): string => encodeURIComponent(str(value));
  const pairs = Array.from(mapOf(params)).flatMap(([name, value]) =>
    value === null ? [] : (isList(value) ? value : [value]).map((one) => `${encode(name)}=${encode(one)}`),
  );
  const query = typeof params === 'string' ? params : pairs.join('&');
  if (query === '') return url;
  const [address = '', fragment] = url.split('#', 2);
  const joined = `${address}${address.includes('?') ? '&' : '?'}${query}`;
  return fragment === undefined ? joined : `${joined}#${fragment}`;
}

function mapOf(value: Value): ValueMap {
  return value instanceof Map ? (value as ValueMap) : new Map();
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
