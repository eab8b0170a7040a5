import { expect, it } from '@jest/globals';
import { describeStatement } from './traceStatements.ts';

it.each([
  ['SELECT `m`.`title` FROM `movie` `m` WHERE `m`.`movieId` IN (?, ?)', 'SELECT', 'movie'],
  ['select (SELECT 1 FROM account a WHERE a.userId = u.userId) FROM "user" u', 'SELECT', 'user'],
  ['SELECT COUNT(*) FROM (SELECT userId FROM rating) one', 'SELECT', 'rating'],
  ['INSERT INTO `rating`(`userId`) VALUES (?)', 'INSERT', 'rating'],
  ['UPDATE movie SET ratingCount = ratingCount WHERE movieId = ?', 'UPDATE', 'movie'],
  ['DELETE FROM refresh_token WHERE userId = ?', 'DELETE', 'refresh_token'],
  ['BEGIN IMMEDIATE', 'BEGIN', undefined],
  ["SELECT 1 FROM strangers WHERE name = 'from movies'", 'SELECT', undefined],
  ['VACUUM INTO ?', 'OTHER', undefined],
])('describes %s', (sql, verb, table) => {
  expect(describeStatement(sql)).toEqual({ verb, table });
});
