import { newProject, password, putWorkflow, user } from '../support/server.mjs';
import { story } from '../support/story.mjs';
import { idOfInstance } from '../support/ui.mjs';

story(
  'logs in, opens a workflow and runs it with the keyboard alone',
  async (ui, page) => {
    const project = await newProject('Keys');
    await putWorkflow(project, 'typed', [{ name: 'only', command: 'echo typed' }]);
    const { keyboard } = page;
    await page.goto('/');
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    await keyboard.type(user);
    await keyboard.press('Tab');
    await keyboard.type(password);
    await keyboard.press('Enter');
    await ui.awaitHeading('Home');

    await keyboard.press('g');
    await keyboard.press('p');
    await ui.awaitHeading('Projects');
    await page.getByRole('link', { name: project, exact: true }).waitFor();
    await ui.tabTo(project);
    await keyboard.press('Enter');
    await ui.awaitHeading(project);
    await page.getByRole('link', { name: 'typed', exact: true }).waitFor();
    await ui.tabTo('typed');
    await keyboard.press('Enter');
    await ui.designer.palette.waitFor();

    await ui.tabTo('Run');
    await keyboard.press('Enter');
    const start = page.getByRole('dialog').getByRole('button', { name: 'Start', exact: true });
    await start.waitFor();
    await ui.tabTo('Start');
    await keyboard.press('Enter');
    await idOfInstance(page);
    await ui.instance.awaitState('Succeeded');
    await ui.tabTo('only');
    await keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'Task only' }).waitFor();
  },
  { isLoggedIn: false, complaints: [/status of 401/] },
);
