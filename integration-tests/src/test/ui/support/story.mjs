// A story: one test with a browser context of its own, which fails as well when the page complained about anything.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { Ui } from './ui.mjs';
import { session, url } from './server.mjs';

const WAIT_MILLIS = 30_000;
export const out = process.env.PORPOISE_OUT ?? '.';

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  browser = await chromium.connect(process.env.PORPOISE_BROWSER ?? '');
});
after(() => browser?.close());

/**
 * @typedef {object} StoryOptions
 * @property {boolean} [isLoggedIn] by a cookie, before the first page is opened (the default)
 * @property {'en-US' | 'zh-CN'} [locale]
 * @property {'light' | 'dark'} [colorScheme]
 * @property {RegExp[]} [complaints] what the browser may say: failed requests are errors to it
 */

/** A context with a page; `complaints` fills with whatever goes wrong in it. @param {StoryOptions} options */
export async function open({ isLoggedIn = true, locale = 'en-US', colorScheme = 'light' } = {}) {
  const context = await browser.newContext({ baseURL: url, locale, colorScheme, viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(WAIT_MILLIS);
  /** @type {string[]} */
  const complaints = [];
  await context.exposeFunction('complain', (/** @type {string} */ text) => complaints.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      /** @type {any} */ (window).complain(`CSP: ${event.violatedDirective} forbids ${event.blockedURI}`);
    });
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`page error: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  if (isLoggedIn) {
    const { cookie } = await session();
    await context.addCookies([{ ...cookie, url, httpOnly: true, sameSite: 'Strict' }]);
  }
  return { context, page, complaints };
}

/**
 * @param {string} name
 * @param {(ui: Ui, page: import('playwright-core').Page) => Promise<void>} body
 * @param {StoryOptions} [options]
 */
export function story(name, body, options = {}) {
  test(name, async () => {
    const { context, page, complaints } = await open(options);
    try {
      await body(new Ui(page), page);
    } catch (problem) {
      await leavePicture(page, name);
      throw problem;
    } finally {
      await context.close();
    }
    const unexpected = complaints.filter((text) => !(options.complaints ?? []).some((known) => known.test(text)));
    assert.deepEqual(unexpected, [], 'the browser complained');
  });
}

/** @param {import('playwright-core').Page} page @param {string} name */
async function leavePicture(page, name) {
  const folder = join(out, 'failed');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name.replace(/[^a-zA-Z0-9]+/g, '-')}.png`);
  try {
    await page.screenshot({ path });
    console.error(`at ${page.url()}; the picture is ${path}`);
  } catch (problem) {
    console.error(`no picture of the failure: ${problem}`);
  }
}
