// Accessibility: what axe finds on a page, told as somebody who is to mend it wants to read it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Serious and critical violations of WCAG A and AA.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>}
 */
export async function violations(page) {
  // Evaluated by the debugger, since the page's policy rightly forbids a script of somebody else.
  await page.evaluate(source);
  const found = await page.evaluate(async () => {
    const { axe } = /** @type {any} */ (window);
    const { violations: all } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'], resultTypes: ['violations'] });
    return all
      .filter((/** @type {any} */ { impact }) => impact === 'serious' || impact === 'critical')
      .flatMap((/** @type {any} */ { id, help, nodes }) =>
        nodes.slice(0, 5).map((/** @type {any} */ node) => `${id} (${help}): ${node.html.slice(0, 240)} -- ${node.any.concat(node.all, node.none).map((/** @type {any} */ check) => check.message).join('; ')}`),
      );
  });
  return found;
}
