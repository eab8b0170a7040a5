import { fileURLToPath } from 'node:url';
import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { inlineDocuments } from './inlineDocuments.ts';
import { serviceWorker } from './serviceWorker.ts';
import { textMacros } from './textMacros.ts';

const page = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The API's origin for `npm run dev`. */
const api = process.env['API_ORIGIN'] ?? 'http://localhost:4000';

/** Holds all code of the first page in one file: a dozen small ones, each compressed by itself, are 3 kB larger. */
const FIRST_CHUNK = {
  name: 'first',
  test: new RegExp(
    [
      'node_modules/(@lingui|react|react-dom|scheduler|react-router|@apollo/client(?!/react/hooks/use(?:Fragment|Mutation))|@wry|optimism|rxjs|tslib|valibot|lucide-react)/',
      'node_modules/graphql/(jsutils/(devAssert|inspect)|language/(ast|blockString|characterClasses|kinds|printer|printString|visitor))\\.',
      '/src/app/(App|Shell|config|routes|preloading|useScroll)',
      '/src/shortcuts/',
      '/src/(api/apollo|routing/(addressState|pageQuery|paths)\\.|state/(sharedState|storedState|useAsked)\\.)',
      '/src/session/(authLink|lazily|pendingRatings|session)\\.',
      '/src/components/controls/(Button|Select|Slider)\\.',
      '/src/components/list/(answer|useAnswer|Former)\\.',
      '/src/components/movie/(Hero|MovieCard|MovieRow|PickCard|Reasons|Skeletons)',
      '/src/components/page/(dataset|ModelBadge|PageHeading|QueryError|SectionBoundary|States|WhenNear)',
      '/src/pages/layout/',
      '/src/posters/',
      '/src/search/(LazyCombobox|SearchForm)',
      '/src/taste/',
      '/src/texts/(Trans|formats|genres|texts|useFormats|useGenreWords)',
      '/src/(live/liveState|training/useTraining)',
    ].join('|'),
  ),
};

/** Holds the code that several later pages share in one file, because the first page carries the name of each file. */
const SHARED_CHUNK = {
  name: 'shared',
  test: /\/src\/(api|components|routing|state|search\/use|pages\/(filmList\/(FilmCount|GenreSelect|ratingOrders)|ownArea|person\/PersonCard))/,
  minShareCount: 2,
};

/** Holds the pages around passwords in one file: each is small, and the first page carries the name of each file. */
const CREDENTIALS_CHUNK = {
  name: 'credentials',
  test: /\/src\/pages\/(signIn|forms)\//,
};

/** Holds what only sessions need in one file, for the same reason. */
const SESSION_CHUNK = { name: 'session', test: /\/src\/session\/(refresh|signOut)/ };

const routerForProduction = fileURLToPath(
  new URL('../production/index.mjs', import.meta.resolve('react-router')),
);

export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [
    inlineDocuments(page('src/gql/graphql.ts')),
    textMacros(),
    lingui({ configPath: page('lingui.config.ts') }),
    react(),
    serviceWorker(),
  ],
  resolve: {
    // Our own formats as they stand, compiled or not. RxJS's form for browsers of this decade: a tenth smaller than the default one.
    conditions: ['@pocketrocket/source', 'es2015', ...defaultClientConditions],
    // The package's own entry is its development form, whatever the mode.
    alias: mode === 'production' ? [{ find: /^react-router$/, replacement: routerForProduction }] : [],
  },
  build: { outDir: 'dist', target: 'es2022' },
  // One build for browsers, and then one for the server, into a folder of it.
  builder: {},
  environments: {
    client: {
      build: {
        manifest: true,
        modulePreload: { polyfill: false },
        rolldownOptions: {
          input: { index: page('index.html'), playground: page('playground.html') },
          // Lets each page carry the components that it alone uses, instead of all that the list of them names.
          output: {
            codeSplitting: { groups: [FIRST_CHUNK, CREDENTIALS_CHUNK, SESSION_CHUNK, SHARED_CHUNK] },
          },
          treeshake: {
            // No getter of the portal or its packages does anything but answer.
            propertyReadSideEffects: false,
            moduleSideEffects: [{ test: /\/src\/(components|posters)\/.*\.tsx?$/, sideEffects: false }],
          },
        },
      },
    },
    ssr: {
      // Whole, so that it runs where none of the portal's packages are installed.
      resolve: { noExternal: true },
      define: { 'process.env.NODE_ENV': JSON.stringify('production') },
      build: {
        ssr: true,
        outDir: 'dist/ssr',
        minify: false,
        emptyOutDir: true,
        copyPublicDir: false,
        rolldownOptions: {
          input: { render: page('src/ssr/render.ts') },
          output: { codeSplitting: false },
        },
      },
    },
  },
  server: {
    // With the browser's own Host: the API tells by it that the page is of the same origin.
    proxy: { '/graphql': { target: api, ws: true }, '/healthz': { target: api }, '/readyz': { target: api } },
  },
}));
