// Builds and tests the UI for Maven:  node build.mjs build|test
// Does nothing that has been done already: `npm ci` when the lock file asks for something else than what is installed,
// the build when a source has changed. See CONTRIBUTING.md.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MIN = 20;
const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(here, '../../../target');
const webroot = join(target, 'ui/webroot');
const list = join(webroot, 'files.txt');
const stamp = join(target, 'ui/sources.sha256');
const report = join(target, 'surefire-reports/TEST-ui.xml');

function fail(message) {
  console.error(`[ERROR] ${message}`);
  process.exit(1);
}

/** Runs a command here; what it says is shown only when it fails. */
function run(command, args, mayFail = false) {
  const done = spawnSync(command, args, { cwd: here, encoding: 'utf8', maxBuffer: 1 << 28, shell: process.platform === 'win32' });
  if (done.error) {
    fail(`cannot run ${command}: ${done.error.message}`);
  }
  if (done.status !== 0) {
    console.error(done.stdout + done.stderr);
    if (!mayFail) {
      fail(`the UI: "${[command, ...args].join(' ')}" failed (see above); -Dui.skip builds without the UI`);
    }
  }
  return done.status === 0;
}

function packages(file) {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')).packages ?? {}) : {};
}

/** Whether all that the lock file asks for is there, and nothing else; npm notes what it has installed. */
function isInstalled() {
  const wanted = packages(join(here, 'package-lock.json'));
  const present = packages(join(here, 'node_modules/.package-lock.json'));
  const isSame = (name) => present[name]?.version === wanted[name]?.version && present[name]?.integrity === wanted[name]?.integrity;
  return (
    Object.keys(present).length > 0 &&
    Object.keys(present).every(isSame) &&
    Object.keys(wanted).every((name) => name === '' || wanted[name].optional || wanted[name].link || isSame(name))
  );
}

function install() {
  if (!existsSync(join(here, 'package-lock.json'))) {
    fail('api-verticle/src/main/ui/package-lock.json is missing');
  }
  if (!isInstalled()) {
    console.log('[INFO] the UI: npm ci');
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  }
}

function filesBelow(folder, isWanted = () => true) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => isWanted(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const file of filesBelow(here, (name) => name !== 'node_modules')) {
    hash.update(relative(here, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function build() {
  const sources = hashOfSources();
  if (existsSync(list) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) {
    return;
  }
  install();
  console.log('[INFO] the UI: npm run build');
  rmSync(stamp, { force: true });
  // What an older build left there would go into the jar as well.
  rmSync(join(target, 'classes/webroot'), { recursive: true, force: true });
  run('npm', ['run', '--silent', 'build']);
  const files = filesBelow(webroot).map((file) => `/${relative(webroot, file).split(sep).join('/')}`);
  if (!files.includes('/index.html')) {
    fail(`the UI: its build left no index.html in ${webroot}`);
  }
  writeFileSync(list, files.filter((file) => file !== '/files.txt').join('\n'));
  writeFileSync(stamp, sources);
}

/** What the report says of all tests together. */
function attribute(text, name) {
  return Number(new RegExp(`<testsuites[^>]*\\s${name}="([^"]*)"`).exec(text)?.[1] ?? 0);
}

function test(onlyTheseJavaTests, isFailureIgnored) {
  if (onlyTheseJavaTests) {
    return;
  }
  install();
  mkdirSync(dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const isGood = run('npx', ['--no-install', 'vitest', 'run', '--reporter=default', '--reporter=junit', `--outputFile.junit=${report}`], true);
  if (!existsSync(report)) {
    fail('the UI: Vitest broke off without a report');
  }
  const text = readFileSync(report, 'utf8');
  for (const failed of text.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"[^>]*>\s*<(?:failure|error)/g)) {
    console.error(`[ERROR] ui.${failed[1]}: ${failed[2]} -- Time elapsed: ? <<< FAILURE!`);
  }
  console.log(
    `[INFO] Tests run: ${attribute(text, 'tests')}, Failures: ${attribute(text, 'failures')}, Errors: ${attribute(text, 'errors')},` +
      ` Skipped: ${attribute(text, 'skipped')}, Time elapsed: ${attribute(text, 'time').toFixed(3)} s -- in ui (Vitest)`,
  );
  if (!isGood && !isFailureIgnored) {
    fail('the UI: tests failed (see above)');
  }
}

/** Maven leaves ${name} as it is when there is no such property. */
function given(argument) {
  return argument !== undefined && argument !== '' && !argument.startsWith('${');
}

if (Number(process.versions.node.split('.')[0]) < NODE_MIN) {
  fail(`the UI is built with Node.js ${NODE_MIN} or newer, this is ${process.versions.node}; -Dui.skip builds without the UI`);
}
const [task, onlyTheseJavaTests, isFailureIgnored] = process.argv.slice(2);
if (task === 'build') {
  build();
} else if (task === 'test') {
  test(given(onlyTheseJavaTests), isFailureIgnored === 'true');
} else {
  fail('use: node build.mjs build|test');
}
