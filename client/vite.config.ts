import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { inlineDocuments } from './inlineDocuments.ts';

const page = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Where `npm run dev` finds the API. */
const api = process.env['API_ORIGIN'] ?? 'http://localhost:4000';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [inlineDocuments(page('src/gql/graphql.ts')), react()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    manifest: true,
    rollupOptions: { input: { index: page('index.html'), playground: page('playground.html') } },
  },
  server: {
    proxy: { '/graphql': api, '/healthz': api, '/readyz': api },
  },
});
