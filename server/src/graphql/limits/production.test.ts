import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const TSCONFIG = fileURLToPath(new URL('../../../../tsconfig.base.json', import.meta.url));

it.each(['production', 'development'])('every limit holds with NODE_ENV=%s', async (name) => {
  const probe = fileURLToPath(new URL('./test/costProbe.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--conditions=@pocketrocket/source', probe],
    { env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: name, TSX_TSCONFIG_PATH: TSCONFIG } },
  );
  const messages = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { errors: { message: string }[] }).errors[0]?.message);
  expect(messages).toEqual([
    expect.stringMatching(/^This query may cost \d+, at most 5000 is allowed/),
    'Fields may be nested 15 levels deep; this query goes deeper.',
    'Names and aliases may have 100 characters; one here has 101.',
    'A document may select 1000 fields; this one selects 1001.',
    'A selection may repeat a name or a fragment 10 times; this one does so 11 times: ask once, or by aliases.',
    'A document may define 50 fragments; this one defines 52.',
    'A document may declare 100 variables; this one declares 101.',
    'Inline fragments may be nested 15 levels deep; these go deeper.',
    'A document may hold 20 operations; this one holds 21.',
    'A variable cannot be named __proto__.',
    expect.stringMatching(/^The answer would be larger than 5 kB/),
    expect.stringContaining('Document contains more that 5000 tokens'),
  ]);
});
