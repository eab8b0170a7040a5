import { AppError, messageOf, readConfig, type Config } from '@pocketrocket/runtime';
import { databaseUrlProblems } from '@pocketrocket/schema/database';
import { lookAtDatabase } from './checks/database.ts';
import { lookAtHome, lookAtNode, lookAtPort, lookAtSqlite } from './checks/machine.ts';
import { lookAtModels } from './checks/models.ts';
import { lookAtRedis } from './checks/redis.ts';
import { lookAtSecret } from './checks/secret.ts';
import { lookAtTfjs } from './checks/tfjs.ts';
import { lookAtTmdb } from './checks/tmdb.ts';
import { lookAtTfServing } from './checks/tfServing.ts';
import { about, type Check, type Finding } from './finding.ts';

/** In the order in which one part needs the other. */
const CHECKS: readonly Check[] = [
  { part: 'home', look: lookAtHome },
  { part: 'sqlite', look: lookAtSqlite },
  { part: 'database', look: lookAtDatabase },
  { part: 'sign-in', look: lookAtSecret },
  { part: 'models', look: lookAtModels },
  { part: 'redis', look: lookAtRedis },
  { part: 'tfjs', look: lookAtTfjs },
  { part: 'tf-serving', look: lookAtTfServing },
  { part: 'tmdb', look: lookAtTmdb },
  { part: 'port', look: lookAtPort },
];

/**
 * Looks at every part of a set-up; changes nothing.
 * @param nodeVersion such as `20.20.2`
 */
export async function examine(
  env: Readonly<Record<string, string | undefined>>,
  nodeVersion: string,
): Promise<Finding[]> {
  const findings = [lookAtNode(nodeVersion)];
  const { ok, fail } = about('settings');
  let config: Config;
  try {
    config = readConfig(env, databaseUrlProblems);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const [, ...problems] = error.message.split('\n');
    const advice = 'docs/settings.md describes the settings; the other checks run once these are valid';
    return [
      ...findings,
      ...(problems.length > 0 ? problems : [error.message]).map((problem) => fail(problem.trim(), advice)),
    ];
  }
  findings.push(ok('all are right'));
  for (const { part, look } of CHECKS) {
    try {
      findings.push(...[await look(config)].flat());
    } catch (error) {
      findings.push(
        about(part).fail(`could not be checked: ${messageOf(error)}`, 'fix the failures above first'),
      );
    }
  }
  return findings;
}

/** The findings as lines for people. */
export function toText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ part }) => part.length));
  return findings
    .map(({ part, status, message, advice }) => {
      const line = `${status.padEnd(4)}  ${part.padEnd(width)}  ${message}`;
      return advice === undefined || status === 'ok'
        ? `${line}\n`
        : `${line}\n${' '.repeat(width + 8)}-> ${advice}\n`;
    })
    .join('');
}
