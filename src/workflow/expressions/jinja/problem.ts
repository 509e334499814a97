import { parseTemplate } from './parse.ts';

/** Why a text cannot be read as a Jinja template; undefined when it can. */
export function jinjaProblem(text: string): string | undefined {
  const parsed = parseTemplate(text);
  return parsed.ok ? undefined : parsed.why;
}
