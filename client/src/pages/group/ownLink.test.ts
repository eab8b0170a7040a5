import { expect, it } from '@jest/globals';
import { parseOwnLink, type OwnLink } from './ownLink.ts';

const LINK: OwnLink = { token: 't', linkId: 'l', expiresAt: '2030-01-02T00:00:00.000Z', userId: null };

it("one's own link is read back until its time is over, and never in another form", () => {
  const at = (time: string) => () => Date.parse(time);
  expect(parseOwnLink(JSON.stringify(LINK), at('2030-01-01T00:00:00.000Z'))).toEqual(LINK);
  expect(parseOwnLink(JSON.stringify(LINK), at('2030-01-02T00:00:00.000Z'))).toBeNull();
  for (const text of [null, '', '{}', '[]', JSON.stringify({ ...LINK, userId: 'x' })])
    expect(parseOwnLink(text, at('2030-01-01T00:00:00.000Z'))).toBeNull();
});
