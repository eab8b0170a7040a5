import { defineConfig } from '@lingui/conf';
import { formatter } from '@lingui/format-po';

/** Texts stand in English where they show; `npm run texts -w client` collects them, and other languages translate them. */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de'],
  catalogs: [
    {
      path: '<rootDir>/src/texts/{locale}',
      include: ['<rootDir>/src'],
      exclude: ['**/gallery/**', '**/*.test.*'],
    },
  ],
  // Without line numbers: a catalogue changes with its texts alone.
  format: formatter({ lineNumbers: false, explicitIdAsDefault: false }),
  orderBy: 'message',
});
