import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const text = /\.(js|css|html|svg|json|webmanifest)$/;
/** Below this a packet carries the file anyway. */
const bytesMin = 1024;

/** Writes a `.gz` beside every text file that becomes smaller by it, so that the server compresses nothing itself. */
export function gzipFiles(): Plugin {
  let folder = '';
  return {
    name: 'porpoise-gzip',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const file of filesBelow(folder)) {
        if (!text.test(file) || statSync(file).size < bytesMin) {
          continue;
        }
        const plain = readFileSync(file);
        const small = gzipSync(plain, { level: 9 });
        if (small.length < plain.length * 0.95) {
          writeFileSync(`${file}.gz`, small);
        }
      }
    },
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}
