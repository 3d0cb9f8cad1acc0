import assert from 'node:assert/strict';
import { story } from '../support/story.mjs';

story('language and theme are switched, and kept', async (ui, page) => {
  const scheme = () => page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
  await page.goto('/projects');
  await ui.awaitHeading('Projects');
  await page.getByRole('button', { name: 'Language, theme' }).click();
  await page.getByRole('menuitemradio', { name: '中文' }).click();
  await ui.awaitHeading('项目管理');
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh');

  await page.getByRole('button', { name: '语言、主题' }).click();
  await page.getByRole('menuitemradio', { name: '深色' }).click();
  await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark');

  await page.reload();
  await ui.awaitHeading('项目管理');
  assert.equal(await scheme(), 'dark');

  await page.getByRole('button', { name: '语言、主题' }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await ui.awaitHeading('Projects');
  await page.getByRole('button', { name: 'Language, theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Light' }).click();
  await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'light');
  await page.reload();
  await ui.awaitHeading('Projects');
  assert.equal(await scheme(), 'light');
});
