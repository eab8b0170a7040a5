import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SETTING_NAMES } from '@pocketrocket/runtime';
import { ROOT } from './processes.ts';
import { withSettings } from './settingsTable.ts';

describe('the table of settings', () => {
  it('stands between the marks, whatever stood there', () => {
    const settings = [
      { name: 'A', defaultText: '1|2', description: 'Says `a`.' },
      { name: 'B', defaultText: null, description: 'Says b.' },
    ];
    expect(withSettings('x\n<!-- settings:begin -->\nold\n<!-- settings:end -->\ny\n', settings)).toBe(
      'x\n<!-- settings:begin -->\n| Setting | Default | Meaning |\n| --- | --- | --- |\n' +
        '| `A` | `1\\|2` | Says `a`. |\n| `B` | none | Says b. |\n<!-- settings:end -->\ny\n',
    );
    expect(() => withSettings('no marks')).toThrow('the page needs the marks');
  });

  it('is up to date on its page and describes every setting', async () => {
    const page = await readFile(join(ROOT, 'docs/settings.md'), 'utf8');
    expect(withSettings(page)).toBe(page);
    for (const name of SETTING_NAMES)
      expect(page).toMatch(new RegExp(`\\| \`${name}\` \\| .* \\| .{10,} \\|`));
  });
});
