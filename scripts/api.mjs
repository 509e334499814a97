/**
 * npm run api              writes the API reports: api/NAME.api.md for every subpath of the package, from dist
 * npm run api -- --check   writes nothing; exit code 1 when the names or types in dist are not those of the reports
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

if (process.argv.length > (process.argv[2] === '--check' ? 3 : 2)) {
  console.error('usage: npm run api [-- --check]');
  process.exit(64);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const packageJson = join(root, 'package.json');
const { exports } = JSON.parse(readFileSync(packageJson, 'utf8'));

/** Links in comments may name what the report does not show; what is public is told by the entry, not by tags. */
const SILENT = ['ae-missing-release-tag', 'ae-unresolved-link', 'ae-forgotten-export', 'ae-undocumented'];

function configOf(name, types, temporary) {
  return ExtractorConfig.prepare({
    packageJsonFullPath: packageJson,
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, types),
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: { target: 'es2022', module: 'nodenext', strict: true, skipLibCheck: true, types: ['node'] },
          files: [join(root, types)],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: join(root, 'api'),
        reportTempFolder: temporary,
        // What is part of a public type is public in effect, with a name or without.
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Error, addToApiReportFile: true },
          ...Object.fromEntries(SILENT.map((id) => [id, { logLevel: ExtractorLogLevel.None }])),
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
  });
}

mkdirSync(join(root, 'api'), { recursive: true });
let changed = 0;
for (const [subpath, target] of Object.entries(exports)) {
  if (typeof target === 'string') continue;
  const name = subpath === '.' ? 'index' : subpath.slice(2).replaceAll('/', '-');
  if (!existsSync(join(root, target.types))) {
    console.error(`${target.types} is not there: npm run build`);
    process.exitCode = 1;
    continue;
  }
  const temporary = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    const result = Extractor.invoke(configOf(name, target.types, temporary), {
      localBuild: !check,
      printApiReportDiff: check,
      // Of its notes on the console only the difference is of use.
      messageCallback(message) {
        if (message.messageId === 'console-api-report-diff') console.log(message.text);
        message.handled ||= message.logLevel !== ExtractorLogLevel.Error;
      },
    });
    if (result.errorCount > 0) process.exitCode = 1;
    if (result.apiReportChanged) changed++;
    console.log(`api/${name}.api.md ${result.apiReportChanged ? (check ? 'differs' : 'written') : 'is current'}`);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}
if (check && changed > 0) {
  console.log('The public API has changed. If that is meant: npm run build && npm run api, and commit api/.');
  process.exitCode = 1;
}
