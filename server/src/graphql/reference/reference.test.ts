import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES } from '@pocketrocket/runtime';
import { buildSchema } from 'graphql';
import { codesTable } from './codes.ts';
import { withParts } from './page.ts';
import { referenceOf } from './reference.ts';

/** Named as fields of the API, whose rules and prices count. */
const schema = buildSchema(`
  type Query {
    "One movie."
    movie("Its number." movieId: Int!): Movie
    "All movies."
    movies(first: Int! = 20, orderBy: Order! = YEAR): [Movie!]
    "Who asks."
    viewer: User @deprecated(reason: "Ask for \`me\`.")
  }
  "A film."
  type Movie {
    "Title | name."
    title: String!
    "Own rating."
    viewerRating: Float
  }
  type User { name: String! }
  "An order."
  enum Order {
    "By year."
    YEAR
    OLD @deprecated(reason: "YEAR does the same.")
  }
  "A time."
  scalar DateTime @specifiedBy(url: "https://example.org/date-time")
`);

describe('the reference', () => {
  const text = referenceOf(schema);

  it('tells arguments, types, who may ask, and the price', () => {
    expect(text).toContain('#### Query.movie\n\n`movie(movieId: Int!): Movie`\n\nOne movie.\n');
    expect(text).toContain('Answers [Movie](#movie). Who: everybody. Price: 3.');
    expect(text).toContain('| `movieId` | Int! | Its number. |');
    expect(text).toMatch(
      /Answers \\\[\[Movie\]\(#movie\)!\\\]\. Who: everybody\. Price: \d+ for 20 entries\./,
    );
    expect(text).toContain('`movies(first: Int! = 20, orderBy: Order! = YEAR): [Movie!]`');
  });

  it('tells of types, values and scalars, and what is deprecated', () => {
    expect(text).toContain('| `title` | String! | Title \\| name. |');
    expect(text).toContain(
      '| `viewerRating` | Float | Own rating. Who: about whoever asks; null without a sign-in. Price: 1. |',
    );
    expect(text).toContain('| `YEAR` | By year. |');
    expect(text).toContain('| `OLD` | **Deprecated:** YEAR does the same. |');
    expect(text).toContain('**Deprecated:** Ask for `me`.');
    expect(text).toContain('Specified by <https://example.org/date-time>.');
  });

  it('stands between its marks, and nothing else changes', () => {
    const page = 'before\n<!-- reference:begin -->\nold\n<!-- reference:end -->\nafter\n';
    const once = withParts(page, { reference: 'new\n' });
    expect(once).toBe('before\n<!-- reference:begin -->\n\nnew\n\n<!-- reference:end -->\nafter\n');
    expect(withParts(once, { reference: 'new\n' })).toBe(once);
    expect(() => withParts('no marks', { reference: 'new' })).toThrow(/needs the marks/);
  });
});

it('the table of codes has each code once', () => {
  const codes = codesTable()
    .split('\n')
    .slice(2)
    .map((row) => /^\| `(\w+)`/.exec(row)?.[1]);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes).toEqual(expect.arrayContaining([...Object.keys(ERROR_CODES), 'PERSISTED_QUERY_NOT_FOUND']));
});
