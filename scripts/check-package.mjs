/**
 * npm run check-package: the package as it would be published, from dist. publint and attw judge its package.json and
 * types; then it is unpacked into a project of its own, where every subpath is imported and compiled against.
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules', '.bin', name);
const run = (command, args, cwd = root) =>
  execFileSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });

const { name, exports, dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const project = mkdtempSync(join(tmpdir(), 'package-'));
try {
  run('npm', ['pack', '--silent', '--pack-destination', project]);
  const tarball = join(project, readdirSync(project)[0]);
  run(bin('publint'), [tarball, '--strict']);
  run(bin('attw'), [tarball, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii']);

  const modules = join(project, 'node_modules');
  mkdirSync(join(modules, name), { recursive: true });
  run('tar', ['-xzf', tarball, '--strip-components=1', '-C', join(modules, name)]);
  // Only what the package declares is there for it; of optional peers, those whose types a subpath speaks of.
  const peers = Object.keys(peerDependencies).filter((peer) => existsSync(join(root, 'node_modules', peer)));
  for (const dependency of [...Object.keys(dependencies), ...peers, '@types/node', 'undici-types']) {
    mkdirSync(dirname(join(modules, dependency)), { recursive: true });
    symlinkSync(join(root, 'node_modules', dependency), join(modules, dependency));
  }
  const specifiers = Object.keys(exports)
    .filter((subpath) => !subpath.endsWith('.json'))
    .map((subpath) => name + subpath.slice(1));
  const lines = specifiers.map((specifier, i) => `import * as m${i} from '${specifier}';\nconsole.log(m${i});\n`);
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(project, 'user.ts'), lines.join(''));
  const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2023', '--types', 'node'];
  run(bin('tsc'), [...options, 'user.ts'], project);
  for (const specifier of specifiers) {
    const count = `import('${specifier}').then((m) => console.log('${specifier}:', Object.keys(m).length, 'names'))`;
    run(process.execPath, ['--input-type=module', '-e', count], project);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(project, { recursive: true });
}
