import { VERSION_KEYS } from '../template/versions.ts';
import { dumpJson, NotSerialisable } from '../values/dump-json.ts';
import { isMap, type Value } from '../values/value.ts';
import { loadYaml } from '../yaml/document.ts';
import type { SourceText } from '../yaml/source.ts';
import { findFile, namesFile, type ResolveFile } from './files.ts';

/**
 * What `get_file` gives of a file. A file that is a template itself reaches Heat as JSON, with the files that it refers
 * to named in full; any other as it is. Mirrors `get_file_contents` and `is_template` of python-heatclient.
 */
export function sentText(file: SourceText, resolve: ResolveFile): string {
  if (!VERSION_KEYS.some((key) => file.text.includes(key))) return file.text;
  const loaded = loadYaml({ name: file.name, text: file.text.trim() });
  if (!loaded.ok || !statesVersion(loaded.document.value)) return file.text;
  try {
    return dumpJson(withFullNames(loaded.document.value, file.name, resolve));
  } catch (error) {
    if (error instanceof NotSerialisable) return file.text;
    throw error;
  }
}

/** Python's `key in template`: of a map a key, of a list an item, of text a part. */
function statesVersion(value: Value): boolean {
  if (isMap(value)) return VERSION_KEYS.some((key) => value.has(key));
  return (Array.isArray(value) || typeof value === 'string') && VERSION_KEYS.some((key) => value.includes(key));
}

function withFullNames(value: Value, from: string, resolve: ResolveFile): Value {
  if (Array.isArray(value)) return value.map((item) => withFullNames(item, from, resolve));
  if (!isMap(value)) return value;
  return new Map(
    Array.from(value, ([key, item]): [Value, Value] => [
      key,
      namesFile(key, item) ? fullName(item as string, from, resolve) : withFullNames(item, from, resolve),
    ]),
  );
}

function fullName(reference: string, from: string, resolve: ResolveFile): string {
  const file = findFile(resolve, reference, from);
  return 'reason' in file ? reference : file.name;
}
