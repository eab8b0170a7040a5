import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';

/** Dismissed movies, watchlists, and who was shown which arm of an experiment. */
export class ViewerAndExperiments1700000000010 implements MigrationInterface {
  name = 'ViewerAndExperiments1700000000010';

  async up(runner: QueryRunner): Promise<void> {
    const int = runner.dataSource.driver.normalizeType({ type: 'int' });
    const marks = { dismissed_movie: 'dismissedAtSeconds', watchlist_movie: 'addedAtSeconds' };
    for (const [name, time] of Object.entries(marks))
      await runner.createTable(
        new Table({
          name,
          columns: [
            { name: 'userId', type: int, isPrimary: true },
            { name: 'movieId', type: int, isPrimary: true },
            { name: time, type: int },
          ],
        }),
      );
    const text = (name: string) => ({ name, type: 'varchar', length: '40' });
    await runner.createTable(
      new Table({
        name: 'experiment_exposure',
        columns: [
          { ...text('experiment'), isPrimary: true },
          { name: 'userId', type: int, isPrimary: true },
          { name: 'day', type: int, isPrimary: true },
          text('arm'),
          { name: 'modelVersion', type: int, isNullable: true },
          { name: 'shownAtSeconds', type: int },
        ],
        indices: [new TableIndex({ name: 'experiment_exposure_by_user', columnNames: ['userId'] })],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['experiment_exposure', 'watchlist_movie', 'dismissed_movie'])
      await runner.dropTable(name);
  }
}
