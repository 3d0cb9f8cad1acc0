import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awaitState, newProject, putWorkflow, session, start, url } from '../support/server.mjs';
import { story } from '../support/story.mjs';

/** The way to the server, which can be cut: what was connected is gone then, and nobody answers. */
class Way {
  /** @type {Set<import('node:net').Socket>} */
  #open = new Set();
  #server = createServer((near) => {
    const { hostname, port } = new URL(url);
    const far = connect(Number(port), hostname);
    for (const [from, to] of /** @type {const} */ ([[near, far], [far, near]])) {
      this.#open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => this.#open.delete(from));
      from.pipe(to);
    }
  });
  #port = 0;

  /** @returns {Promise<string>} its address */
  async mend() {
    await new Promise((done) => this.#server.listen(this.#port, '127.0.0.1', () => done(null)));
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : 0;
    return `http://127.0.0.1:${this.#port}`;
  }

  async cut() {
    const closed = new Promise((done) => this.#server.close(done));
    for (const socket of this.#open) socket.destroy();
    await closed;
  }
}

story(
  'says that the connection is lost, and catches up when it is back',
  async (ui, page) => {
    const gate = await mkdtemp(join(tmpdir(), 'porpoise-story-'));
    const project = await newProject('Cut off');
    await putWorkflow(project, 'long', [
      { name: 'first', command: `echo before; until [ -e '${gate}/open' ]; do sleep 0.1; done; echo meanwhile` },
      { name: 'second', deps: ['first'], command: 'echo after' },
    ]);
    const id = await start(project, 'long');
    const way = new Way();
    const near = await way.mend();
    try {
      const { cookie } = await session();
      await page.context().addCookies([{ ...cookie, url: near, httpOnly: true, sameSite: 'Strict' }]);
      await page.goto(`${near}/instances/${id}`);
      await ui.instance.awaitTask('first', 'Running');
      await ui.instance.openTask('first');
      await ui.instance.awaitLogLine('before');

      await way.cut();
      await page.getByText('The live connection is lost. Trying again…').waitFor();
      await writeFile(join(gate, 'open'), '');
      await awaitState(id, 'SUCCEEDED');
      await way.mend();

      await page.getByText('The live connection is lost. Trying again…').waitFor({ state: 'hidden' });
      await ui.instance.awaitState('Succeeded');
      await ui.instance.awaitTask('second', 'Succeeded');
      await ui.instance.awaitLogLine('meanwhile');
    } finally {
      await page.goto('about:blank');
      await way.cut();
      await rm(gate, { recursive: true });
    }
  },
  { complaints: [/ERR_CONNECTION|ERR_EMPTY_RESPONSE|WebSocket|ERR_INCOMPLETE/] },
);
