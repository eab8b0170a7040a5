import type { Dialect } from '../dialect.ts';
import { failureOfMysql } from './errors.ts';
import { inspectMysql } from './inspect.ts';
import { openMysql } from './open.ts';
import { mysqlUrl } from './url.ts';

/** A MySQL or MariaDB server. */
export const mysql: Dialect = {
  ...mysqlUrl,
  nativeDriver: null,
  open: openMysql,
  inspect: inspectMysql,
  async tryWriting(_url, query) {
    await query('UPDATE dataset SET datasetId = datasetId WHERE datasetId < 0');
  },
  failureOf: failureOfMysql,
};
