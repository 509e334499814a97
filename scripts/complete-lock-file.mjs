/**
 * node scripts/complete-lock-file.mjs
 *
 * Adds to package-lock.json the optional packages of other platforms. npm leaves out what the registry at hand does not
 * have, and `npm ci` then refuses the file. Run it after `npm install` where that happens; it changes nothing else.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const OSES = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const CPUS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** What the name of a package of binaries says about where it runs; undefined when it says nothing. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.find((word) => OSES.includes(word));
  const cpu = words.find((word) => CPUS.includes(word));
  if (os === undefined || cpu === undefined) return undefined;
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
  return { ...(libc && os === 'linux' ? { libc: [libc] } : {}), cpu: [cpu], os: [os] };
}

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = {};
for (const [path, { optionalDependencies, dev }] of Object.entries(lock.packages)) {
  if (path === '') continue;
  for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
    const place = `node_modules/${name}`;
    if (lock.packages[place] !== undefined || lock.packages[`${path}/${place}`] !== undefined) continue;
    const platform = platformOf(name);
    if (platform === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
      console.error(`${name}@${version} of ${path} is missing, and its name does not tell its platform`);
      process.exitCode = 1;
      continue;
    }
    added[place] = { version, ...platform, ...(dev ? { dev } : {}), optional: true };
  }
}
const sorted = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => (a < b ? -1 : 1));
if (Object.keys(added).length > 0) {
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
}
console.log(`${Object.keys(added).length} packages added`);
