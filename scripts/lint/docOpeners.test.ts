import { describe, it } from '@jest/globals';
import { RuleTester } from 'eslint';
import { docOpeners } from './docOpeners.js';

RuleTester.describe = describe;
RuleTester.it = it;
new RuleTester().run('doc-openers', docOpeners, {
  valid: [
    '/** Counts the ratings of a movie. */ let a;',
    '/** Whatever fits. */ let a;',
    '// What a line comment says is its own affair.\nlet a;',
    '/* How a block comment opens, too. */ let a;',
  ],
  invalid: [
    { code: '/** What counts. */ let a;', errors: 1 },
    { code: '/**\n * Whether it counts.\n */\nlet a;', errors: 1 },
    { code: 'let a = { /** Where it is. */ b: 1 };', errors: 1 },
  ],
});
