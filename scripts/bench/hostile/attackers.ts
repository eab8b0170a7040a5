/** Sends the hostile corpus again and again from several addresses, in a process of its own. Gets its orders by IPC. */
import { hostileCorpus, httpCases, type HostileWorld } from '@pocketrocket/testing';
import { createClient, type ClientAnswer } from './client.ts';

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
/** An attacker sends a request that is odd as HTTP after so many others. */
const ODD_EVERY = 5;

process.once('message', (orders: AttackOrders) => {
  void attack(orders).then((outcome) => process.send?.(outcome, () => process.disconnect()));
});

async function attack({ port, world, attackers, seconds }: AttackOrders): Promise<AttackOutcome> {
  const corpus = hostileCorpus(world);
  const odd = httpCases();
  const outcome: AttackOutcome = { statuses: {}, failures: [] };
  const until = performance.now() + 1000 * seconds;
  const note = (name: string, { status, text }: ClientAnswer) => {
    outcome.statuses[status] = (outcome.statuses[status] ?? 0) + 1;
    if (status >= 500 ? status !== OVERLOADED : text.includes('INTERNAL_SERVER_ERROR'))
      outcome.failures.push(`${name}: ${status}`);
  };
  await Promise.all(
    Array.from({ length: attackers }, async (_, attacker) => {
      const client = createClient(port, `127.0.1.${attacker + 1}`);
      // Each begins elsewhere in the corpus, and changes each document, so that none is known.
      for (let at = attacker * 17; performance.now() < until; at++) {
        const one = corpus[at % corpus.length];
        if (!one) break;
        // Each second request bears a token that nobody signed, as if it were somebody else's.
        const headers: Record<string, string> = at % 2 === 0 ? {} : { authorization: `Bearer made.up.${at}` };
        const body = changed(one.body(), `${attacker} ${at}`);
        note(one.name, await client.send('/graphql', body, { headers }));
        const http = odd[at % odd.length];
        if (at % ODD_EVERY === 0 && http)
          note(http.name, await client.send(http.path, http.body, { ...http, isAll: true }));
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
