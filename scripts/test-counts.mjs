/**
 * What a JSON report of vitest comes to: a line for each test and each file that failed, with the beginning of its error
 * (of a property its seed is in the second line), and the counts.
 *
 *     node scripts/test-counts.mjs REPORT.json
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const beginning = (message = '') => message.trim().split('\n', 2).join(' ').slice(0, 400);

const { testResults, numPassedTests, numFailedTests } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const { name, status, message, assertionResults } of testResults) {
  const file = relative('.', name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  for (const { fullName, failureMessages } of failed)
    console.log(`FAILED: ${file}: ${fullName}: ${beginning(failureMessages[0])}`);
  if (failed.length === 0 && status === 'failed') console.log(`FAILED: ${file}: ${beginning(message)}`);
}
console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
