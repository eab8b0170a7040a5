import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COMPLETE, Double, failure, json, next, stream } from '../test/double.ts';
import { readEvents, type StreamEvent } from './subscriptions.ts';

const double = new Double();
beforeAll(() => double.start());
afterAll(() => double.stop());

async function eventsOf(...chunks: (string | Uint8Array)[]): Promise<StreamEvent[]> {
  const encoder = new TextEncoder();
  async function* bytes() {
    for (const chunk of chunks) yield typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
  }
  const events: StreamEvent[] = [];
  for await (const event of readEvents(bytes())) events.push(event);
  return events;
}

describe('a stream of events', () => {
  it('is read however it is cut, with any ends of lines', async () => {
    const text =
      'event: next\r\ndata: {"a":"ü"}\r\n\r\n: still here\n\ndata: one\ndata:two\n\nevent:complete\rdata:\r\r';
    const expected = [
      { event: 'next', data: '{"a":"ü"}' },
      { event: 'message', data: 'one\ntwo' },
      { event: 'complete', data: '' },
    ];
    expect(await eventsOf(text, '\n')).toEqual(expected);
    const bytes = new TextEncoder().encode(`${text}\n`);
    const singly = Array.from(bytes, (_, at) => bytes.slice(at, at + 1));
    expect(await eventsOf(...singly)).toEqual(expected);
  });

  it('has no event that is not at its end', async () => {
    expect(await eventsOf('event: next\ndata: half')).toEqual([]);
  });
});

const changed = (title: string) => ({ recommendationsChanged: { nodes: [{ movie: { title } }] } });
async function titlesOf(user = {}, options = {}, clientOptions = {}): Promise<string[]> {
  const titles: string[] = [];
  for await (const { nodes } of double.client(clientOptions).recommendationsChanged(user, options))
    titles.push(nodes[0]?.movie.title ?? '');
  return titles;
}

describe('a subscription', () => {
  it('asks for a stream, with key and variables, and ends when it is complete', async () => {
    double.answer(stream([next(changed('One')), next(changed('Two')), COMPLETE], 'open'));
    expect(await titlesOf({ externalId: 'ann' }, { pageSize: 5 }, { key: 'pr_1' })).toEqual(['One', 'Two']);
    const [{ method, headers, body } = { method: '', headers: {}, body: {} }] = double.seen;
    expect([method, headers.accept, headers.authorization]).toEqual([
      'POST',
      'text/event-stream',
      'Bearer pr_1',
    ]);
    expect(body.query).toMatch(/^subscription RecommendationsChanged/);
    expect(body.variables).toEqual({ userExternalId: 'ann', first: 5 });
  });

  it('is opened again when the connection is lost, after a pause, and begins its pauses anew once it worked', async () => {
    double.answer(
      stream([next(changed('One'))], 'cut'),
      json(failure('UPSTREAM_UNAVAILABLE', { retryable: true }), 503, { 'retry-after': '2' }),
      stream([next(changed('Two'))]),
      stream([next(changed('Three')), COMPLETE]),
    );
    const lost: string[] = [];
    const onReconnect = ({ code }: { code: string }) => void lost.push(code);
    expect(await titlesOf({}, { onReconnect })).toEqual(['One', 'Two', 'Three']);
    expect(lost).toEqual(['NETWORK', 'UPSTREAM_UNAVAILABLE', 'NETWORK']);
    expect(double.waits).toEqual([125, 2_000 + 250, 125]);
  });

  it('fails where it is refused, and where a result has errors', async () => {
    double.answer(json(failure('UNAUTHENTICATED'), 401));
    await expect(titlesOf()).rejects.toMatchObject({ code: 'UNAUTHENTICATED', requestId: 'request-7' });
    const errors = [{ message: 'no', path: ['recommendationsChanged'], extensions: { code: 'FORBIDDEN' } }];
    double.answer(stream([`event: next\ndata: ${JSON.stringify({ errors })}\n\n`, COMPLETE]));
    await expect(titlesOf()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(double.seen).toHaveLength(1);
  });

  it('fails where it never worked', async () => {
    double.answer((_seen, res) => res.destroy());
    await expect(titlesOf({}, {}, { retries: 2 })).rejects.toMatchObject({ code: 'NETWORK' });
    expect(double.seen).toHaveLength(3);
  });

  it('ends with the caller, who closes the connection', async () => {
    const closed = new Promise<void>((resolve) => {
      double.answer((seen, res) => {
        res.once('close', resolve);
        stream([next(changed('One'))], 'open')(seen, res);
      });
    });
    for await (const _list of double.client().recommendationsChanged()) break;
    await closed;
    const ending = new AbortController();
    double.answer(stream([next(changed('One'))], 'open'));
    const titles: string[] = [];
    for await (const { nodes } of double.client().recommendationsChanged({}, { signal: ending.signal })) {
      titles.push(nodes[0]?.movie.title ?? '');
      ending.abort();
    }
    expect(titles).toEqual(['One']);
    expect(double.waits).toEqual([]);
  });
});
