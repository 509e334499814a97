import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as say from '../diagnostics/cli.ts';
import { absolutePath } from './read-file.ts';
import { UsageError } from './usage-error.ts';

/**
 * The default export of a module: a file as seen from `cwd`, or a package that is installed there. `what` it has, if it
 * has no default, by that name.
 *
 * @throws UsageError when it can not be loaded.
 */
export async function loadModule(what: string, name: string, cwd: string): Promise<unknown> {
  try {
    const loaded = (await import(moduleUrl(name, cwd))) as Record<string, unknown>;
    return loaded.default ?? loaded[what];
  } catch (error) {
    throw new UsageError(say.moduleUnloadable(what, name, error instanceof Error ? error.message : String(error)));
  }
}

function moduleUrl(name: string, cwd: string): string {
  const path = absolutePath(name, cwd);
  if (existsSync(path)) return pathToFileURL(path).href;
  return pathToFileURL(createRequire(join(cwd, 'module.js')).resolve(name)).href;
}
