import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toCsv, USER_WITHOUT_RATINGS, type TinyRating } from './tinyData.ts';

const CONVERT = `
import sys
import pyarrow as pa, pyarrow.compute as pc, pyarrow.csv as csv, pyarrow.parquet as pq
table = csv.read_csv(sys.argv[1], convert_options=csv.ConvertOptions(column_types={'rating': pa.float64(), 'timestamp': pa.int32()}))
columns = {
    'userId': table['userId'].cast(pa.int32()),
    'movieId': table['movieId'].cast(pa.int32()),
    'halfStars': pc.multiply(table['rating'], 2).cast(pa.int8()),
    'ratedAtSeconds': table['timestamp'],
}
pq.write_table(pa.table(columns), sys.argv[2])
users = sorted({*columns['userId'].to_pylist(), *map(int, sys.argv[4:])})
pq.write_table(pa.table({'userId': pa.array(users, pa.int32())}), sys.argv[3])
`;

/** Writes ratings as `seed export --parquet` does, and the users of {@link createTinyDatabase}. */
export async function writeParquetExport(
  python: string,
  folder: string,
  identity: string,
  ratings: readonly TinyRating[],
): Promise<void> {
  for (const name of ['ratings', 'users']) await mkdir(join(folder, name), { recursive: true });
  const csv = join(folder, 'ratings.csv');
  await writeFile(csv, toCsv(ratings));
  const files = ['ratings', 'users'].map((name) => join(folder, name, 'part-0.parquet'));
  await promisify(execFile)(python, ['-c', CONVERT, csv, ...files, String(USER_WITHOUT_RATINGS)]);
  await writeFile(join(folder, 'dataset.json'), JSON.stringify({ name: 'tiny', identity }));
}
