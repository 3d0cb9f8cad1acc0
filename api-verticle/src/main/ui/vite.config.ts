import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { gzipFiles } from './build/gzip.ts';

/** The server that `npx vite` forwards to; see CONTRIBUTING.md. */
const server = process.env.PORPOISE_API ?? 'http://127.0.0.1:12345';
const forward = { target: server, ws: true, changeOrigin: true, rewriteWsOrigin: true, headers: { origin: server } };

export default defineConfig({
  plugins: [react(), gzipFiles()],
  resolve: { alias: { '~': resolve(import.meta.dirname, 'src') } },
  build: {
    outDir: '../../../target/ui/webroot',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: true,
  },
  worker: { format: 'es' },
  server: {
    proxy: { '/api': forward, '/openapi.json': forward, '/health': forward },
  },
  test: { environment: 'node', include: ['src/**/*.test.{ts,tsx}'] },
});
