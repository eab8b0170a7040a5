/** Sends the hostile corpus again and again from several addresses, in a process of its own. Gets its orders by IPC. */
import { hostileCorpus, type HostileWorld } from '@pocketrocket/testing';
import { createClient } from './client.ts';

export interface AttackOrders {
  port: number;
  world: HostileWorld;
  attackers: number;
  seconds: number;
}

export interface AttackOutcome {
  /** Answers by status; 0 counts connections that ended without one. */
  statuses: Record<string, number>;
  /** Answers that should never come back, by the name of its case. */
  failures: string[];
}

/** A server may refuse for lack of room or budget; all else from 500 on is a failure. */
const OVERLOADED = 503;

process.once('message', (orders: AttackOrders) => {
  void attack(orders).then((outcome) => process.send?.(outcome, () => process.disconnect()));
});

async function attack({ port, world, attackers, seconds }: AttackOrders): Promise<AttackOutcome> {
  const corpus = hostileCorpus(world);
  const outcome: AttackOutcome = { statuses: {}, failures: [] };
  const until = performance.now() + 1000 * seconds;
  await Promise.all(
    Array.from({ length: attackers }, async (_, attacker) => {
      const client = createClient(port, `127.0.1.${attacker + 1}`);
      // Each begins elsewhere in the corpus, and changes each document, so that none is known.
      for (let at = attacker * 17; performance.now() < until; at++) {
        const one = corpus[at % corpus.length];
        if (!one) break;
        const { status, text } = await client.send('/graphql', changed(one.body(), `${attacker} ${at}`));
        outcome.statuses[status] = (outcome.statuses[status] ?? 0) + 1;
        if (status >= 500 ? status !== OVERLOADED : text.includes('INTERNAL_SERVER_ERROR'))
          outcome.failures.push(`${one.name}: ${status}`);
      }
      client.close();
    }),
  );
  return outcome;
}

/** The same request with a comment behind its query. */
function changed(body: string | Buffer, comment: string): string | Buffer {
  if (typeof body !== 'string') return body;
  try {
    const parsed = JSON.parse(body) as { query?: unknown; extensions?: unknown } | null;
    if (typeof parsed?.query !== 'string' || parsed.query === '' || parsed.extensions) return body;
    return JSON.stringify({ ...parsed, query: `${parsed.query}\n#${comment}` });
  } catch {
    // What is no JSON is sent as it is.
    return body;
  }
}
