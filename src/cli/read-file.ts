import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as say from '../diagnostics/cli.ts';

/** Contents, or why there are none. */
export type FileContents =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly reason: string };

export function readBytes(path: string): FileContents {
  try {
    return { ok: true, bytes: readFileSync(path) };
  } catch (error) {
    return { ok: false, reason: fileProblem(error) };
  }
}

/** A template may refer to anything; what has no end must not be read. */
export function readRegularFile(path: string): FileContents {
  try {
    const found = statSync(path);
    if (!found.isFile()) return { ok: false, reason: found.isDirectory() ? say.isFolder() : say.isNoFile() };
  } catch (error) {
    return { ok: false, reason: fileProblem(error) };
  }
  return readBytes(path);
}

/** What the operating system has against a file, in words. */
export function fileProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return code === undefined ? String(error) : say.systemError(code);
}

const SCHEME = /^([a-z][a-z0-9+.-]+):/i;

/** Where a reference leads; `from` is the name of the file that it stands in, or of a folder with `/` at its end. */
export function pathOf(reference: string, from: string): { path: string } | { reason: string } {
  const scheme = schemeOf(reference);
  if (scheme === 'file') return fromUrl(reference);
  if (scheme !== undefined) return { reason: say.notFetched() };
  if (isAbsolute(reference)) return { path: reference };
  switch (schemeOf(from)) {
    case undefined:
      return { path: join(from.endsWith('/') ? from : dirname(from), reference) };
    case 'file': {
      const base = fromUrl(from);
      if ('reason' in base) return base;
      return { path: join(from.endsWith('/') ? base.path : dirname(base.path), reference) };
    }
    default:
      return { reason: say.notFetched() };
  }
}

function schemeOf(text: string): string | undefined {
  return SCHEME.exec(text)?.[1]?.toLowerCase();
}

function fromUrl(url: string): { path: string } | { reason: string } {
  try {
    return { path: fileURLToPath(url) };
  } catch {
    return { reason: say.urlInvalid() };
  }
}

/** As people call it: relative where it lies in the folder that they are in. */
export function shownName(path: string, cwd: string): string {
  if (!isAbsolute(path)) return path;
  const inside = relative(cwd, path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}

export function absolutePath(path: string, cwd: string): string {
  return resolve(cwd, path);
}
