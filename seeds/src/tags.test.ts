import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MovieTagEntity, openDatabase, type Database } from '@pocketrocket/schema/database';
import { canTestOn, makeTestRoom, TEST_ENGINES, type TestRoom } from '@pocketrocket/testing';
import { describeKnown } from './dataset/knownFacts.ts';
import { MovieTags, normaliseTag } from './dataset/movieTags.ts';
import { importDataset } from './importDataset.ts';
import { PLAIN_CSV, readFiles, silent } from './test/datasets.ts';

const TAGS = `userId,movieId,tag,timestamp
1,10,Fog,1
2,10,  fog ,2
1,10,lighthouse,3
2,10,"slow, but good",4
1,30,日本 🎬,5
9,30,\u00c9TRANGE,6
9,30,,7
9,99,nowhere,8
`;
const TAGGED = { ...PLAIN_CSV, 'tags.csv': TAGS };

const STORED = [
  { movieId: 10, place: 1, tag: 'fog', tagCount: 2 },
  { movieId: 10, place: 2, tag: 'lighthouse', tagCount: 1 },
  { movieId: 10, place: 3, tag: 'slow, but good', tagCount: 1 },
  { movieId: 30, place: 1, tag: 'étrange', tagCount: 1 },
  { movieId: 30, place: 2, tag: '日本 🎬', tagCount: 1 },
];

describe('tags', () => {
  it('are in lower case, without needless blanks, and no longer than the database takes', () => {
    expect(normaliseTag('  Will \t Ferrell\n')).toBe('will ferrell');
    expect(normaliseTag('e\u0301')).toBe('é');
    expect(normaliseTag('\u0000')).toBe('');
    expect(Array.from(normaliseTag('🎬'.repeat(101)))).toHaveLength(100);
    expect(normaliseTag('🎬'.repeat(100))).toBe('🎬'.repeat(100));
  });

  it('are counted by movie in any order and number', () => {
    const tags = new MovieTags();
    for (let turn = 0; turn < 5_000; turn++) tags.add(2_147_483_646 - (turn % 7), `t${turn % 11}`);
    const rows = [...tags.rows()];
    expect(tags.totals()).toEqual({ movies: 7, tags: 77 });
    expect(rows.reduce((sum, [, , , count]) => sum + count, 0)).toBe(5_000);
    expect(rows[0]?.slice(0, 2)).toEqual([2_147_483_640, 1]);
    expect(tags.add(1, 'later')).toBe(true);
    expect([...tags.rows()][0]).toEqual([1, 1, 'later', 1]);
  });

  it('are no part of what a data set is', async () => {
    const [plain, tagged] = [await readFiles(PLAIN_CSV), await readFiles(TAGGED)];
    expect(tagged.identity).toBe(plain.identity);
    expect(plain.tags).toBeNull();
    expect(tagged.known.tags).toEqual({ given: 6, movies: 2, unused: 2, problem: null });
    expect(describeKnown(tagged.known, { movies: 3, ratings: 4 })).toContain(
      'Tags: 6 of 2 movies; 2 rows could not be used.',
    );
    expect((await readFiles(TAGGED, { withoutTags: true })).tags).toBeNull();
  });

  it.each([
    ['has no tags', 'when,what\n1,2\n'],
    ['is empty', ''],
    ['is no table', Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x00])],
  ])('do not stop an import whose file %s', async (_, file) => {
    const dataset = await readFiles({ ...PLAIN_CSV, 'tags.csv': file }, { strict: true });
    expect(dataset.ratings.length).toBe(4);
    expect(dataset.tags?.numGiven ?? 0).toBe(0);
  });

  it('of ml-10m are read as well', async () => {
    const dataset = await readFiles({
      'movies.dat': '10::The Paper Lighthouse (1954)::Drama\n20::Zero Tide (2000)::Comedy\n',
      'ratings.dat': '1::10::5::838985046\n1::20::3.5::838983525\n',
      'tags.dat': '15::10::Excellent!::1215184630\n15::10::excellent!::1215184631\n',
    });
    expect([...(dataset.tags?.rows() ?? [])]).toEqual([[10, 1, 'excellent!', 2]]);
  });
});

for (const engine of TEST_ENGINES) {
  const suite = canTestOn(engine) ? describe : describe.skip;
  suite(`tags in ${engine}`, () => {
    let database: Database;
    let room: TestRoom;
    beforeEach(async () => {
      room = await makeTestRoom(engine);
      database = await openDatabase(room.options);
    });
    afterEach(async () => {
      await database.close();
      await room.drop();
    });
    const said: string[] = [];
    const put = async (files: Readonly<Record<string, string>>, replace = false) => {
      said.length = 0;
      const say = (line: string) => void said.push(line);
      return importDataset(database, await readFiles(files), { replace, progress: silent, say });
    };
    const stored = () =>
      database.dataSource.getRepository(MovieTagEntity).find({ order: { movieId: 'ASC', place: 'ASC' } });

    it('come with a data set, and go with it', async () => {
      await put(TAGGED);
      expect(await stored()).toEqual(STORED);
      await put({ ...TAGGED, 'movies.csv': PLAIN_CSV['movies.csv'].replace('1954', '1955') }, true);
      expect(await stored()).toEqual(STORED);
      await put(PLAIN_CSV, true);
      expect(await stored()).toEqual([]);
    });

    it('come to a data set that is there without them, which stays what it is', async () => {
      await put(PLAIN_CSV);
      expect(await put(TAGGED)).toMatchObject({ status: 'unchanged' });
      expect(said.join()).toContain('tags (6 tags) are new');
      expect(await stored()).toEqual(STORED);
      await put(TAGGED);
      expect(said).toEqual([]);
      // A source without tags says nothing of them.
      await put(PLAIN_CSV);
      expect(await stored()).toEqual(STORED);
      await put({ ...TAGGED, 'tags.csv': 'userId,movieId,tag\n1,20,new\n' });
      expect(await stored()).toEqual([{ movieId: 20, place: 1, tag: 'new', tagCount: 1 }]);
    });
  });
}
