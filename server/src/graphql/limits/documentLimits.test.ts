import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, specifiedRules, validate } from 'graphql';
import { DOCUMENT_LIMITS, documentLimits, knownOperationTypes } from './documentLimits.ts';
import { sizeOf } from './documentSize.ts';

const schema = buildSchema(`
  type Query { movies(first: Int! = 20): MovieConnection }
  type MovieConnection { nodes: [Movie!]! }
  type Movie { title: String! self: Movie }
`);
const MAX_DEPTH = DOCUMENT_LIMITS.depth.most;

const problemsOf = (source: string) =>
  validate(schema, parse(source), [...specifiedRules, documentLimits]).map(({ message }) => message);

const nested = (levels: number) =>
  `{ movies { nodes ${'{ self '.repeat(levels)}{ title }${' }'.repeat(levels)} } }`;

describe('the limit on depth', () => {
  it('lets what is as deep as allowed pass, and refuses one level more', () => {
    // movies, nodes and the innermost field are three levels.
    expect(problemsOf(nested(MAX_DEPTH - 3))).toEqual([]);
    expect(problemsOf(nested(MAX_DEPTH - 2))).toEqual([
      `Fields may be nested ${MAX_DEPTH} levels deep; this query goes deeper.`,
    ]);
  });

  it('looks through fragments', () => {
    const query = `{ movies { nodes { ...A } } }
      fragment A on Movie { self { self { self { self { self { ...B } } } } } }
      fragment B on Movie { ... on Movie { self { self { self { self { self { self { self { self { title } } } } } } } } } }`;
    expect(problemsOf(query)[0]).toContain('levels');
  });

  it('ends on fragments that contain themselves, which another rule refuses', () => {
    const problems = problemsOf('{ movies { nodes { ...A } } } fragment A on Movie { self { ...A } }');
    expect(problems.some((message) => message.includes('within itself'))).toBe(true);
  });
});

it('refuses operations of a kind that the schema lacks', () => {
  const problems = (source: string) =>
    validate(schema, parse(source), [knownOperationTypes]).map(({ message }) => message);
  expect(problems('{ movies { nodes { title } } }')).toEqual([]);
  expect(problems('subscription { movies }')).toEqual(['This API has no subscriptions.']);
  expect(problems('mutation { movies }')).toEqual(['This API has no mutations.']);
});

describe('the size of a document', () => {
  it('counts what is written, and what fragments make of it', () => {
    const size = sizeOf(
      parse(`query A($n: Int!) { movies(first: $n) { nodes { ...F ...F x: title title } } }
        fragment F on Movie { title ... on Movie { title self { title } } }`),
    );
    expect(size).toMatchObject({
      operations: 1,
      fragments: 1,
      variables: 1,
      values: 2,
      selections: 11,
      // movies, nodes, four in it, and twice the five of the fragment
      expandedSelections: 16,
      repetitions: 2,
      depth: 4,
      inlineDepth: 1,
      nameLength: 'movies'.length,
      lines: 2,
      comparisons: 5,
    });
  });

  it('counts lines that end in any way, and refuses too many', () => {
    expect(sizeOf(parse('{ a\n b\r\n c\r d }')).lines).toBeGreaterThanOrEqual(4);
    const [problem] = problemsOf(`${'\n'.repeat(DOCUMENT_LIMITS.lines.most)}{ movies { nodes { title } } }`);
    expect(problem).toContain('lines');
  });

  it('bounds what validation compares of fragments', () => {
    const fragments = (count: number, fields: number) =>
      `{ movies { nodes { ${Array.from({ length: count }, (_, at) => `...F${at}`).join(' ')} } } } ${Array.from(
        { length: count },
        (_, at) =>
          `fragment F${at} on Movie { ${Array.from({ length: fields }, (_, n) => `a${n}: title`).join(' ')} }`,
      ).join(' ')}`;
    expect(problemsOf(fragments(20, 20))).toEqual([]);
    expect(problemsOf(fragments(45, 15))[0]).toContain('use fewer fragments');
  });

  it('is worked out at once for a tree of fragments', () => {
    const levels = Array.from(
      { length: 40 },
      (_, at) => `fragment F${at} on Movie { self { ...F${at + 1} ...F${at + 1} } }`,
    );
    const source = `{ movies { nodes { ...F0 } } } ${levels.join(' ')} fragment F40 on Movie { title }`;
    const begunAt = performance.now();
    expect(problemsOf(source)).toHaveLength(1);
    expect(performance.now() - begunAt).toBeLessThan(1_000);
  });

  it('refuses before other rules see the document', () => {
    const source = `{ ${'movies { nodes { title unknown } } '.repeat(11)} }`;
    expect(problemsOf(source)).toEqual([
      'A selection may repeat a name or a fragment 10 times; this one does so 11 times: ask once, or by aliases.',
    ]);
  });
});
