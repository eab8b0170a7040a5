import { expect, it, jest } from '@jest/globals';
import {
  DatasetEntity,
  FIRST_OVERLAY_MOVIE_ID,
  hideOverlayMovies,
  MovieEntity,
  upsertOverlayMovies,
  type OverlayFilm,
} from '@pocketrocket/schema/database';
import { until } from '@pocketrocket/testing';
import { silentLogger } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import type { SharedCatalogue } from './catalogue.ts';
import { FollowedCatalogue, openCatalogue, type PlaceOfCatalogue } from './catalogueSource.ts';
import { indexTitles } from './indexTitles.ts';

describeOnEveryDatabase('the catalogue', (database) => {
  it('is empty for an empty database, and read again when the data set changes', async () => {
    const source = await openCatalogue(database(), silentLogger);
    expect(source.current().dataset).toBeNull();
    expect(source.current().movies).toHaveLength(0);
    expect(source.current().search.find('film', 5)).toEqual([]);

    await fillDatabase(database(), makeFixture());
    await source.refresh();
    const filled = source.current();
    expect(filled.dataset?.name).toBe('fixture');
    expect(filled.movies).toHaveLength(120);
    expect(filled.movie(1)).toMatchObject({ movieId: 1, releaseYear: 1950 });
    expect(filled.movie(999)).toBeUndefined();
    expect(filled.genre('FILM-noir')?.name).toBe('Film-Noir');
    expect(filled.genresOf(1)?.map(({ name }) => name)).toEqual(
      [...(makeFixture().movies[0]?.genres ?? [])].sort(),
    );

    await source.refresh();
    expect(source.current()).toBe(filled);
    source.close();

    const watching = await openCatalogue(database(), silentLogger, { lookEveryMs: 20 });
    const before = watching.current();

    const { dataSource } = database();
    await dataSource.getRepository(MovieEntity).update({ movieId: 1 }, { title: 'Zabriskie Point' });
    await dataSource.getRepository(DatasetEntity).update({ datasetId: 1 }, { identity: 'sha256:other' });
    await until('the catalogue is read again', () => watching.current() !== before);
    expect(watching.current().search.find('zabriskie', 1)).toEqual([1]);
    watching.close();
  });
});

describeOnEveryDatabase('the catalogue of a database that hangs', (database) => {
  it('says so before its statements fail, until it answers', async () => {
    const goOn: (() => void)[] = [];
    let isHanging = false;
    const { dataSource } = database();
    const query = dataSource.query.bind(dataSource);
    const hanging = jest.spyOn(dataSource, 'query').mockImplementation(async (...statement) => {
      if (isHanging) await new Promise<void>((resolve) => goOn.push(resolve));
      return query<never>(...statement);
    });
    const source = await openCatalogue(database(), silentLogger, { lookEveryMs: 20 });
    expect(source.problem()).toBeNull();
    isHanging = true;
    await until('it says so', () => source.problem() !== null);
    expect(source.problem()).toBe('the database does not answer; try again in a moment');
    isHanging = false;
    for (const statement of goOn) statement();
    await until('it answers again', () => source.problem() === null);
    source.close();
    hanging.mockRestore();
  });
});

describeOnEveryDatabase('the catalogue of several threads', (database) => {
  it('is read by one of them', async () => {
    await fillDatabase(database(), makeFixture());
    const told: SharedCatalogue[] = [];
    const followed = new FollowedCatalogue();
    const reads: Omit<Extract<PlaceOfCatalogue, { kind: 'reads' }>, 'initial'> = {
      kind: 'reads',
      index: async (movies) => indexTitles(structuredClone(movies)),
      tell(shared) {
        told.push(structuredClone(shared));
        followed.follow(structuredClone(shared));
      },
    };
    const [one, other] = await Promise.all([
      openCatalogue(database(), silentLogger, { place: { ...reads, initial: null } }),
      openCatalogue(database(), silentLogger, { place: { kind: 'follows', followed } }),
    ]);
    one.recount(2, { ratingCount: 1_000, halfStarSum: 7_000 });
    for (const source of [one, other]) {
      expect(source.current().movie(2)).toMatchObject({ ratingCount: 1_000, halfStarSum: 7_000 });
      expect(source.current().search.find('film', 3)).toEqual(one.current().search.find('film', 3));
    }
    const again = await openCatalogue(database(), silentLogger, {
      place: { ...reads, initial: told[0] ?? null },
    });
    expect(again.current().movie(2)).toMatchObject({ ratingCount: 1_000 });
    expect(told).toHaveLength(1);

    const before = other.current();
    const { dataSource } = database();
    await dataSource.getRepository(MovieEntity).update({ movieId: 1 }, { title: 'Zabriskie Point' });
    await dataSource.getRepository(DatasetEntity).update({ datasetId: 1 }, { identity: 'sha256:third' });
    await other.refresh();
    expect(other.current()).toBe(before);
    await again.refresh();
    expect(told).toHaveLength(2);
    expect(other.current().search.find('zabriskie', 1)).toEqual([1]);
    for (const source of [one, other, again]) source.close();
  });
});

describeOnEveryDatabase('movies of apps in the catalogue of several threads', (database) => {
  const film = (externalId: string, title: string, more: Partial<OverlayFilm> = {}): OverlayFilm => ({
    ...{ externalId, title, alternativeTitles: [], releaseYear: 2001, genres: ['Horror'], overview: null },
    ...{ posterUrl: null, imdbId: null, tmdbId: null },
    ...more,
  });
  const upsert = (...films: OverlayFilm[]) =>
    database().transaction((manager) => upsertOverlayMovies(manager, 'app:one', films, 1));

  it('come, change and go without the others being read, and counts of ratings stay', async () => {
    await fillDatabase(database(), makeFixture());
    const told: SharedCatalogue[] = [];
    const followed = new FollowedCatalogue();
    const reading = await openCatalogue(database(), silentLogger, {
      lookEveryMs: 20,
      place: {
        kind: 'reads',
        initial: null,
        async index(movies) {
          // A rating in another thread, while the index is made.
          if (told.length > 0) other.recount(3, { ratingCount: 500, halfStarSum: 3_000 });
          return indexTitles(structuredClone(movies));
        },
        tell(shared) {
          told.push(shared);
          followed.follow(structuredClone(shared));
        },
      },
    });
    const other = await openCatalogue(database(), silentLogger, { place: { kind: 'follows', followed } });
    const changes: number[] = [];
    reading.onChange(() => changes.push(reading.current().version));
    const whole = reading.current();
    const horror = whole.genre('Horror')?.movieCount ?? 0;

    await upsert(film('a', 'Zabriskie Point', { alternativeTitles: ['Punto'] }), film('b', 'Xanadu Été'));
    await until('the movies are there', () => reading.current().version === 1);
    for (const source of [reading, other]) {
      const current = () => source.current();
      expect(current().movies).toHaveLength(whole.movies.length + 2);
      expect(current().search.find('punto', 1)).toEqual([FIRST_OVERLAY_MOVIE_ID]);
      expect(current().movie(FIRST_OVERLAY_MOVIE_ID + 1)).toMatchObject({
        title: 'Xanadu Été',
        releaseYear: 2001,
      });
      expect(current().genresOf(FIRST_OVERLAY_MOVIE_ID)).toMatchObject([{ name: 'Horror' }]);
      expect(current().genre('Horror')?.movieCount).toBe(horror + 2);
      expect(current().movie(3)).toMatchObject({ ratingCount: 500, halfStarSum: 3_000 });
      for (const movieId of [1, 50, 120]) expect(current().movie(movieId)).toEqual(whole.movie(movieId));
    }

    await upsert(film('b', 'Xanadu Again', { genres: ['New Wave'], releaseYear: null }));
    await database().transaction((manager) => hideOverlayMovies(manager, 'app:one', ['a'], 2));
    await until('the movies have changed', () => reading.current().version === 3);
    for (const source of [reading, other]) {
      const current = () => source.current();
      expect(current().movie(FIRST_OVERLAY_MOVIE_ID)).toBeUndefined();
      expect(current().search.find('punto', 1)).toEqual([]);
      expect(current().movie(FIRST_OVERLAY_MOVIE_ID + 1)).toMatchObject({
        title: 'Xanadu Again',
        releaseYear: null,
      });
      expect(current().genresOf(FIRST_OVERLAY_MOVIE_ID + 1)).toMatchObject([
        { name: 'New Wave', movieCount: 1 },
      ]);
      expect(current().search.find('again', 1)).toEqual([FIRST_OVERLAY_MOVIE_ID + 1]);
    }
    expect(changes.at(-1)).toBe(3);
    expect(reading.current().movies.numRatings).toBe(
      [...reading.current().movies.columns.ratingCounts].reduce((sum, count) => sum + count, 0),
    );
    for (const source of [reading, other]) source.close();
  });
});
