import { normaliseEmail } from '@pocketrocket/schema/database';
import { describe, expect, it } from '@jest/globals';
import { checkEmail, checkName, checkPassword } from './credentials.ts';
import { householdOf, networkOf } from '../counters/networks.ts';

const char = (code: number) => String.fromCodePoint(code);

describe('a name', () => {
  it.each(['Ann', 'Zoë Ångström', '李小龍', 'محمد', '🚀', 'User', 'user of films', "O'Neill-Smith 3rd"])(
    'may be %s',
    (name) => {
      expect(checkName(name)).toBe(name.normalize('NFC'));
    },
  );
  it('is stored in one form', () => {
    expect(checkName(`  Zoe${char(0x308)}${char(0xa0)}${char(0x3000)}B `)).toBe('Zoë B');
  });
  it.each([
    ['a line feed', 'a\nb'],
    ['a zero-width space', `a${char(0x200b)}b`],
    ['a right-to-left override', `a${char(0x202e)}b`],
    ['an isolate', `a${char(0x2066)}b`],
    ['a Hangul filler', `a${char(0x3164)}`],
    ['a line separator', `a${char(0x2028)}b`],
    ['a blank of Braille', `a${char(0x2800)}`],
    ['a lone surrogate', 'a\ud800'],
    ['a tag', `a${char(0xe0041)}`],
    ['private use', `a${char(0xe000)}`],
    ['marks that stack', `a${char(0x316).repeat(9)}`],
    ['nothing to see', char(0x3000)],
    ['a mark alone', char(0x301)],
    ['too much', 'a'.repeat(101)],
  ])('never has %s', (_, name) => {
    expect(() => checkName(name)).toThrow(/^the name must/);
  });
  it.each(['User 176', 'user176', 'USER  9', 'Ｕser　１', 'User #7', 'user_12'])(
    'is not that of a user of the data set: %s',
    (name) => {
      expect(() => checkName(name)).toThrow(/those of the data set/);
    },
  );
});

describe('a password', () => {
  const check = (password: string) => checkPassword(password, ['Ann Archer', 'ann@example.org']);
  it.each(['correct horse', 'паролище мой', '🐎🔋📎🚀🎬🍿🎟️🎞️', 'xk29vvQ!'])('may be %s', (password) =>
    check(password),
  );
  it.each(['password', 'Password', 'password123', 'qwertyuiop', 'iloveyou1!', 'sunshine1'])(
    'is not a common one: %s',
    (password) => {
      expect(() => check(password)).toThrow(/most common/);
    },
  );
  it.each(['ann@example.org', 'ANN ARCHER'])('is not known to others: %s', (password) => {
    expect(() => check(password)).toThrow(/your name or your email/);
  });
  it.each(['aaaaaaaa', 'abababab'])('does not repeat few characters: %s', (password) => {
    expect(() => check(password)).toThrow(/repeats/);
  });
  it('has no half characters, which are all stored alike', () => {
    expect(() => check('\ud800\ud801\ud802\ud803\ud804\ud805\ud806\ud807')).toThrow(/lone surrogate/);
  });
  it.each(['1234567', 'a'.repeat(129)])('has 8 to 128 characters: %s', (password) => {
    expect(() => check(password)).toThrow(/8 to 128/);
  });
});

describe('an email address', () => {
  it.each([
    [' ANN@Example.ORG ', 'ann@example.org'],
    ['ann.b+films@example.org', 'ann.b+films@example.org'],
    ['ann@Exämple.org', 'ann@xn--exmple-cua.org'],
    ['ann@localhost', 'ann@localhost'],
  ])('%s is %s', (given, stored) => {
    expect(checkEmail(given)).toBe(stored);
    expect(normaliseEmail(given)).toBe(stored);
  });
  it.each([
    'a@-',
    'nowhere',
    '@example.org',
    'a@',
    'a b@example.org',
    'a@b@c',
    'ä@example.org',
    `${'a'.repeat(250)}@b.org`,
    'a@-b.org',
    'a@b..org',
    'a@b.org\nbcc: c@d.org',
    '\ud800',
    'a\udfff@b.org',
    'a@\ud800.org',
  ])('cannot be %j', (given) => {
    expect(() => checkEmail(given)).toThrow(/not an email address/);
  });
  it('that was accepted once is still found', () => {
    expect(normaliseEmail('A@-')).toBe('a@-');
  });
});

describe('an address of the network', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7', '192.0.2.0/24'],
    ['::ffff:192.0.2.7', '192.0.2.7', '192.0.2.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
    ['2001:DB8::1', '2001:db8:0:0::/64', '2001:db8:0::/48'],
    ['::1', '0:0:0:0::/64', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0::/48'],
    ['', '', ''],
  ])('%s is of %s in %s', (address, household, network) => {
    expect([householdOf(address), networkOf(address)]).toEqual([household, network]);
  });
});
