/** Facts of a span by name; those that are undefined are left out. */
export type SpanFacts = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** The W3C headers `traceparent` and `tracestate`, by which a trace goes on in another thread or service. */
export type TraceHeaders = Readonly<Record<string, string>>;

export interface SpanOptions {
  name: string;
  /** `server` answers somebody, `client` asks another service, `internal` is a part of either. */
  kind: 'server' | 'client' | 'internal';
  facts?: SpanFacts;
  /** Headers of whoever asked, of which the trace's own are read; unset, the trace begins here. */
  from?: Readonly<Record<string, unknown>> | undefined;
}

/** A span that has begun; whoever opens it ends it. */
export interface OpenSpan {
  /** Runs work of which all spans are this one's children. */
  run<T>(work: () => T): T;
  note(facts: SpanFacts): void;
  rename(name: string): void;
  /** Marks it as failed, by the code of an `AppError` or the kind of any other error. */
  fail(error: unknown): void;
  end(): void;
}

/** Records spans while tracing is on. */
export interface SpanRecorder {
  open(options: SpanOptions): OpenSpan;
  /** Runs work in a child of the span that is under way; just runs it where none is. */
  inChild<T>(options: Omit<SpanOptions, 'from'>, work: () => T): T;
  current(): OpenSpan | null;
  headers(): TraceHeaders | undefined;
}

/** Null while tracing is off: then a span costs one comparison. */
let recorder: SpanRecorder | null = null;

/** Sets what records this thread's spans from now on; null for nothing. */
export function setSpanRecorder(next: SpanRecorder | null): void {
  recorder = next;
}

/** True where this thread's spans are recorded. */
export function isTracing(): boolean {
  return recorder !== null;
}

/** Begins a span that answers somebody; null while tracing is off. */
export function openSpan(options: SpanOptions): OpenSpan | null {
  return recorder === null ? null : recorder.open(options);
}

/** Runs a step of what is under way in a span of its own, which ends with the promise that the work gives. */
export function inSpan<T>(name: string, work: () => T): T {
  return recorder === null ? work() : recorder.inChild({ name, kind: 'internal' }, work);
}

/** Runs a call of another service in a span of its own. @param describe asked only while tracing is on */
export function inCallSpan<T>(describe: () => { name: string; facts: SpanFacts }, work: () => T): T {
  return recorder === null ? work() : recorder.inChild({ ...describe(), kind: 'client' }, work);
}

/** The span that is under way; null where there is none. */
export function currentSpan(): OpenSpan | null {
  return recorder === null ? null : recorder.current();
}

/** The headers by which another thread or service goes on with the trace that is under way; undefined where none is. */
export function traceHeaders(): TraceHeaders | undefined {
  return recorder === null ? undefined : recorder.headers();
}
