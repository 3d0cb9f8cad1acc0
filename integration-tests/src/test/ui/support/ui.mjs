// The pages of the UI as a user knows them: by roles, labels and texts.
import assert from 'node:assert/strict';
import { segment } from './server.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

export class Ui {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.designer = new Designer(page);
    this.instance = new Instance(page);
  }

  /** @param {string} name @param {string} secret */
  async logIn(name, secret) {
    await this.page.getByLabel('User', { exact: true }).fill(name);
    await this.page.getByLabel('Password', { exact: true }).fill(secret);
    await this.page.getByRole('button', { name: 'Log in' }).click();
  }

  /** @param {string} title */
  async awaitHeading(title) {
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor();
  }

  /** Says yes in the dialog that asks before something is destroyed. @param {string} title @param {string} button */
  async confirm(title, button) {
    const dialog = this.page.getByRole('dialog', { name: title });
    await dialog.getByRole('button', { name: button }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Presses Tab until the focus is on an element with this name. @param {string} name */
  async tabTo(name) {
    for (let pressed = 0; pressed < 80; pressed++) {
      await this.page.keyboard.press('Tab');
      if ((await focused(this.page)) === name) return;
    }
    assert.fail(`80 times Tab did not lead to "${name}", but to "${await focused(this.page)}"`);
  }
}

/** What a screen reader would call the element that has the focus. @param {Page} page */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim();
  });
}

export class Designer {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.palette = page.getByRole('navigation', { name: 'Task types' });
    this.faults = page.getByRole('region', { name: 'What is wrong' });
  }

  /** @param {string} project */
  async openNew(project) {
    await this.page.goto(`/projects/${segment(project)}/new-workflow`);
    await this.palette.waitFor();
  }

  /** @param {string} project @param {string} workflow */
  async open(project, workflow) {
    await this.page.goto(`/projects/${segment(project)}/workflows/${segment(workflow)}`);
    await this.palette.waitFor();
  }

  /** @param {'Diagram' | 'YAML'} view */
  async show(view) {
    await this.page.getByRole('radiogroup', { name: 'How it is shown' }).getByText(view, { exact: true }).click();
  }

  /** @param {string} name */
  task(name) {
    return this.page.locator(`.react-flow__node[data-id=${JSON.stringify(name)}]`);
  }

  get canvas() {
    return this.page.getByRole('application').or(this.page.locator('.react-flow')).first();
  }

  /** Drags a type from the palette into the diagram. @param {string} type @param {{ x: number, y: number }} place within the diagram */
  async drag(type, place) {
    await this.palette.getByRole('button', { name: type, exact: true }).dragTo(this.canvas, { targetPosition: place });
  }

  /** Names the task whose form is open. @param {string} name */
  async rename(name) {
    const field = this.page.getByRole('complementary').getByRole('textbox', { name: 'Name', exact: true });
    await field.fill(name);
    await field.press('Enter');
    await this.task(name).waitFor();
  }

  /** The script editor of the task whose form is open. @param {string} text */
  async writeScript(text) {
    const editor = this.page.getByRole('complementary').getByRole('textbox', { name: 'Script' });
    await editor.click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.press('Delete');
    await this.page.keyboard.insertText(text);
  }

  /** Draws an edge with the mouse, from the right side of a task to the left side of another. @param {string} from @param {string} to */
  async connect(from, to) {
    const source = await middle(this.task(from).locator('.react-flow__handle.source'));
    const target = await middle(this.task(to).locator('.react-flow__handle.target'));
    const { mouse } = this.page;
    await mouse.move(source.x, source.y);
    await mouse.down();
    await mouse.move((source.x + target.x) / 2, (source.y + target.y) / 2, { steps: 4 });
    await mouse.move(target.x, target.y, { steps: 4 });
    await mouse.up();
    await this.edge(from, to).waitFor({ state: 'attached' });
  }

  /** @param {string} from @param {string} to */
  edge(from, to) {
    return this.page.getByLabel(`Edge from ${from} to ${to}`);
  }

  /** Saves and waits until the server has said so. @param {string} text */
  async save(text) {
    await this.page.getByRole('button', { name: 'Save', exact: true }).click();
    await this.page.getByText(text).waitFor();
  }

  /** Through the start dialog to the instance. @returns {Promise<string>} its id */
  async run() {
    await this.page.getByRole('button', { name: 'Run', exact: true }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^(Take online and start|Start)$/ }).click();
    return idOfInstance(this.page);
  }
}

/** Waits for the page of an instance. @param {Page} page */
export async function idOfInstance(page) {
  await page.waitForURL(/\/instances\/\d+/);
  return /\/instances\/(\d+)/.exec(page.url())?.[1] ?? '';
}

export class Instance {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.heading = page.getByRole('heading', { level: 1 });
    this.panel = page.getByRole('complementary');
  }

  /** @param {string} name */
  task(name) {
    return this.page.locator(`.react-flow__node[data-id=${JSON.stringify(name)}]`);
  }

  /** Waits until the heading says the state of the whole. @param {string} state as people read it */
  async awaitState(state) {
    await this.heading.getByText(state, { exact: true }).waitFor();
  }

  /** @param {string} name @param {string} state */
  async awaitTask(name, state) {
    await this.task(name).getByText(state, { exact: true }).waitFor();
  }

  /** @param {string} name */
  async openTask(name) {
    await this.task(name).click();
    await this.page.getByRole('complementary', { name: `Task ${name}` }).waitFor();
  }

  /** @param {string} text */
  async awaitLogLine(text) {
    await this.page.getByRole('region', { name: 'Log' }).getByText(text).first().waitFor();
  }
}

/** @param {Locator} place */
async function middle(place) {
  await place.waitFor({ state: 'visible' });
  const box = await place.boundingBox();
  assert.ok(box);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
