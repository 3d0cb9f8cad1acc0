import assert from 'node:assert/strict';
import { newProject, password, putWorkflow, start, url, user } from '../support/server.mjs';
import { story } from '../support/story.mjs';

const refused = [/status of 401/];

story(
  'logs in, after a wrong password has been told',
  async (ui, page) => {
    await page.goto('/');
    await ui.logIn(user, 'not the password');
    await page.getByRole('alert').getByText('User or password is wrong').waitFor();
    await ui.logIn(user, password);
    await ui.awaitHeading('Home');
    await page.getByRole('button', { name: `Account of ${user}` }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    await page.goto('/projects');
    await page.getByRole('button', { name: 'Log in' }).waitFor();
  },
  { isLoggedIn: false, complaints: refused },
);

story(
  'a link to a workflow instance works after the log-in',
  async (ui, page) => {
    const project = await newProject('Deep links');
    await putWorkflow(project, 'linked', [{ name: 'only', command: 'echo here' }]);
    const id = await start(project, 'linked');
    await page.goto(`/instances/${id}?view=tasks&task=only`);
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    assert.equal(await page.getByText('Your session has ended').count(), 0, 'nobody was logged in before');
    await ui.logIn(user, password);
    await page.getByRole('complementary', { name: 'Task only' }).waitFor();
    assert.equal(new URL(page.url()).pathname, `/instances/${id}`);
    assert.equal(await page.getByRole('tab', { name: 'Tasks' }).getAttribute('aria-selected'), 'true');
    await ui.instance.awaitState('Succeeded');
  },
  { isLoggedIn: false, complaints: refused },
);

story('a strict Content-Security-Policy guards every page', async (_ui, page) => {
  for (const path of ['/', '/login', '/projects', '/instances/1']) {
    const policy = (await page.request.get(`${url}${path}`, { headers: { Accept: 'text/html' } })).headers()['content-security-policy'] ?? '';
    assert.match(policy, /default-src 'self'/, path);
    assert.doesNotMatch(policy, /unsafe-eval/);
    assert.doesNotMatch(policy, /script-src[^;]*unsafe-inline/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.match(policy, /object-src 'none'/);
  }
});
