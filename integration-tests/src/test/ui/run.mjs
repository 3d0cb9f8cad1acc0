// Runs the stories in one browser with node's own test runner:  node run.mjs [NAME...]
//
//   PORPOISE_URL        the server, e.g. http://127.0.0.1:12345
//   PORPOISE_USER, PORPOISE_PASSWORD
//   PORPOISE_CHROMIUM   the browser; else `chromium` on the PATH
//   PORPOISE_OUT        folder of the screenshots
//
// Prints a line a story for people, and each result as a line of JSON behind "@result " for BrowserTest.
import { accessSync, constants, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const NODE_MIN = 20;
const STORY_MILLIS = 300_000;
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @param {string} message */
function fail(message) {
  console.error(message);
  process.exit(2);
}

/** @returns {string} */
function findChromium() {
  const wanted = process.env.PORPOISE_CHROMIUM;
  if (wanted) return wanted;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      accessSync(join(folder, 'chromium'), constants.X_OK);
      return join(folder, 'chromium');
    } catch {
      continue;
    }
  }
  return fail('the browser tests need chromium on the PATH (Debian: apt-get install chromium), or PORPOISE_CHROMIUM');
}

/** The message of a failed test with what led to it, without the runner's own words. @param {any} error */
function told(error) {
  const cause = error?.cause ?? error;
  return String(cause?.stack ?? cause?.message ?? cause);
}

if (Number(process.versions.node.split('.')[0]) < NODE_MIN) {
  fail(`the browser tests need Node.js ${NODE_MIN} or newer, this is ${process.versions.node}`);
}
if (!process.env.PORPOISE_URL) fail('PORPOISE_URL is not set');
process.env.PORPOISE_USER ??= 'admin';
process.env.PORPOISE_OUT ??= join(here, '../../../target/ui');
mkdirSync(process.env.PORPOISE_OUT, { recursive: true });

const names = process.argv.slice(2);
const files = readdirSync(join(here, 'stories'))
  .filter((name) => name.endsWith('.test.mjs') && (names.length === 0 || names.some((wanted) => name.includes(wanted))))
  .sort()
  .map((name) => join(here, 'stories', name));

const browser = await chromium.launchServer({ executablePath: findChromium(), headless: true, chromiumSandbox: false, args: FLAGS });
process.env.PORPOISE_BROWSER = browser.wsEndpoint();
let failed = 0;
let passed = 0;
try {
  for await (const { type, data } of run({ files, concurrency: 1, timeout: STORY_MILLIS })) {
    if (type === 'test:stderr' || type === 'test:stdout') {
      process.stdout.write(data.message);
      continue;
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // A file counts as a test of its own only when it broke off without one.
    const isFile = files.includes(data.name);
    if (isFile && (type === 'test:pass' || data.details.error?.failureType === 'subtestsFailed')) continue;
    const seconds = data.details.duration_ms / 1000;
    const error = type === 'test:fail' ? told(data.details.error) : null;
    const skipped = data.skip !== undefined;
    if (error === null) passed++;
    else failed++;
    console.log(`${error === null ? 'ok  ' : 'FAIL'} ${data.name} (${seconds.toFixed(1)} s)${error === null ? '' : `\n${error}`}`);
    console.log(`@result ${JSON.stringify({ name: data.name, seconds, skipped, error })}`);
  }
} finally {
  await browser.close();
}
console.log(`${passed} stories passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
