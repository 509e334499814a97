import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as say from '../diagnostics/cli.ts';
import { absolutePath, fileProblem } from './read-file.ts';
import { UsageError } from './usage-error.ts';

/** Writes a file, and the folders that it needs. @throws UsageError when that can not be done. */
export function writeFile(name: string, text: string, cwd: string): void {
  const path = absolutePath(name, cwd);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(say.fileUnwritable(name, fileProblem(error)));
  }
}
