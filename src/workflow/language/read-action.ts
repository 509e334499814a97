import type { Path } from '../../diagnostics/diagnostic.ts';
import { oneLineWrong } from '../../diagnostics/workflow.ts';
import type { Value, ValueMap } from '../../values/value.ts';
import { mergeMaps } from '../merge-maps.ts';
import type { AdHocAction } from '../model.ts';
import { checkSchema } from './check-schema.ts';
import { readOneLine } from './one-line.ts';
import { readInput } from './read-workflow.ts';
import { type Reader, textMap, texts } from './reader.ts';
import { checkAction } from './validators.generated.ts';

const ACTION_KEYS = ['base', 'base-input', 'input', 'output', 'description', 'tags'];

/** One ad-hoc action (`ActionSpec`). */
export function readAction(
  name: string,
  given: ValueMap,
  path: Path,
  reader: Reader,
  workbook?: string,
): AdHocAction | undefined {
  const before = reader.errors;
  const map = new Map<Value, Value>([...given, ['name', name], ['version', '2.0']]);
  if (!checkSchema(checkAction, map, path, { owner: `action '${name}'`, keys: ACTION_KEYS }, reader)) return undefined;
  const action = textMap(map);
  const line = action.get('base') as string;
  const read = readOneLine(line);
  if (read === undefined) {
    reader.report(oneLineWrong(line), [...path, 'base']);
    return undefined;
  }
  reader.checkExpressions(read.parameters, [...path, 'base']);
  reader.checkExpressions(action.get('base-input'), [...path, 'base-input']);
  const output = action.get('output');
  if (typeof output === 'string') reader.checkExpressions(output, [...path, 'output']);
  if (reader.errors > before) return undefined;
  const own = action.get('base-input');
  const place = reader.locator.locate(path, 'key');
  const description = action.get('description');
  return {
    name: workbook === undefined ? name : `${workbook}.${name}`,
    tags: texts(action.get('tags')),
    base: read.name,
    baseInput: mergeMaps(own instanceof Map ? (own as ValueMap) : new Map(), read.parameters),
    input: readInput(action.get('input')),
    ...(workbook !== undefined && { workbook }),
    ...(description !== undefined && { description }),
    ...(output !== undefined && output !== null && { output }),
    ...(place !== undefined && { place }),
  };
}
