import type { Inspection } from '../dialect.ts';
import { mysqlAddress } from './connectionOptions.ts';
import { connectMysql } from './driver.ts';

/** Connects to a server's database as it is. @throws what the driver throws */
export async function inspectMysql({ url }: { url: string }): Promise<Omit<Inspection, 'dialect'>> {
  const connection = await connectMysql(mysqlAddress(url));
  return {
    engine: 'mysql',
    query: async <Row>(sql: string) => (await connection.query(sql))[0] as Row[],
    close: () => connection.end(),
  };
}
