/**
 * The regular expressions of Mistral's language (lang/base.py, lang/v2/tasks.py, expressions/*), for JavaScript: `\w` is
 * any letter or digit there, and `.` anything but a line feed.
 */
const WORD = '[\\p{L}\\p{N}_]';
const ANY = '[^\\n]';

const YAQL = `<%${ANY}*?%>`;
const JINJA = `\\{\\{${ANY}*?\\}\\}`;
const JINJA_BLOCK = `\\{%${ANY}*?%\\}`;

/** Every YAQL expression of a text, markers included. */
export function yaqlExpressions(text: string): readonly string[] {
  return text.match(new RegExp(YAQL, 'gu')) ?? [];
}

/** The first Jinja expression of a text, markers included. */
export function firstJinjaExpression(text: string): string | undefined {
  return new RegExp(JINJA, 'u').exec(text)?.[0];
}

export function hasYaql(text: string): boolean {
  return text.includes('<%') && new RegExp(YAQL, 'u').test(text);
}

export function hasJinja(text: string): boolean {
  if (!text.includes('{{') && !text.includes('{%')) return false;
  return new RegExp(`${JINJA}|${JINJA_BLOCK}`, 'u').test(text);
}

/** Whether a text holds an expression of either language. */
export function hasExpression(text: string): boolean {
  return hasYaql(text) || hasJinja(text);
}

const COMMAND = new RegExp(`^(?:(?:${WORD}|\\.)+[^=(\\s"]*|${YAQL}|\\{\\{${ANY}*\\}\\}|\\{%${ANY}*%\\})`, 'u');

/** The name that a one-line action, workflow or transition begins with. */
export function commandOf(text: string): string | undefined {
  return COMMAND.exec(text)?.[0];
}

const PARAMETER = `((?:${WORD}|-)+)=("[^"]*"\\s*|'[^']*'\\s*|${JINJA}|${YAQL}|\\[${ANY}*\\]\\s*|true|false|null|\\d+)`;

/** The `name=value` pairs of a one-line text; what is no pair is passed over, as Mistral does. */
export function parametersOf(text: string): readonly (readonly [name: string, value: string])[] {
  return Array.from(text.matchAll(new RegExp(PARAMETER, 'gu')), ([, name = '', value = '']) => [name, value] as const);
}

const WITH_ITEMS = new RegExp(`^\\s*((?:${WORD}|-)+)\\s*in\\s*(\\[${ANY}+\\]|${JINJA}|${YAQL})`, 'u');

/** `x in [1, 2]` or `x in <% $.list %>`; anything after it is passed over. */
export function withItemsOf(text: string): { readonly variable: string; readonly source: string } | undefined {
  const [, variable, source] = WITH_ITEMS.exec(text) ?? [];
  return variable === undefined || source === undefined ? undefined : { variable, source };
}

const UUID = /^[0-9a-f]{32}$/;

/** Python's `oslo_utils.uuidutils.is_uuid_like`. */
export function isUuidLike(text: string): boolean {
  const plain = text
    .replaceAll('urn:', '')
    .replaceAll('uuid:', '')
    .replace(/^[{}]+|[{}]+$/g, '')
    .replaceAll('-', '');
  return UUID.test(plain.toLowerCase());
}
