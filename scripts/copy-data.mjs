// tsc emits modules only; data files are copied beside them.
import { cpSync, existsSync } from 'node:fs';

for (const folder of ['catalog/data']) {
  const from = new URL(`../src/${folder}`, import.meta.url);
  if (existsSync(from)) cpSync(from, new URL(`../dist/${folder}`, import.meta.url), { recursive: true });
}
