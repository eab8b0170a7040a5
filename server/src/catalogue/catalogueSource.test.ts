import { expect, it } from '@jest/globals';
import { DatasetEntity, MovieEntity } from '@pocketrocket/schema/database';
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
