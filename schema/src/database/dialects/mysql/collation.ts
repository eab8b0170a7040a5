import type { DataSource } from 'typeorm';

/** Equal on MySQL and MariaDB, and the order and equality of SQLite: by code point. */
export const MYSQL_COLLATION = 'utf8mb4_bin';

/** MySQL's own server or MariaDB, which differ in a few statements; null for another database. */
export function mysqlServerOf({ driver }: DataSource): 'mysql' | 'mariadb' | null {
  const { type } = driver.options;
  return type === 'mysql' || type === 'mariadb' ? type : null;
}
