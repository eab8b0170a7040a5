import { AsyncLocalStorage } from 'node:async_hooks';
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { AppError, isUnavailable } from './errors.ts';
import type { OpenSpan, SpanFacts, SpanOptions, SpanRecorder } from './spans.ts';

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };
const propagator = new W3CTraceContextPropagator();

/** Records spans by a tracer of OpenTelemetry; the span under way follows the work through its promises and callbacks. */
export function createSpanRecorder(tracer: Tracer): SpanRecorder {
  const underWay = new AsyncLocalStorage<RecordedSpan>();

  const begin = ({ name, kind, facts }: SpanOptions, parent: Context): RecordedSpan => {
    const options = { kind: KINDS[kind], attributes: facts ? attributesOf(facts) : {} };
    const span = tracer.startSpan(name, options, parent);
    return new RecordedSpan(span, trace.setSpan(parent, span), underWay);
  };

  return {
    open: (options) => begin(options, contextIn(options.from)),
    inChild(options, work) {
      const parent = underWay.getStore();
      return parent ? runToEnd(begin(options, parent.context), work) : work();
    },
    current: () => underWay.getStore() ?? null,
    headers() {
      const span = underWay.getStore();
      if (!span) return undefined;
      const carrier: Record<string, string> = {};
      propagator.inject(span.context, carrier, defaultTextMapSetter);
      return carrier;
    },
  };
}

/** The context in which the sender of headers was; that of a new trace where they name none, or no right one. */
function contextIn(headers: SpanOptions['from']): Context {
  return headers ? propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter) : ROOT_CONTEXT;
}

class RecordedSpan implements OpenSpan {
  readonly context: Context;
  readonly #span: Span;
  readonly #underWay: AsyncLocalStorage<RecordedSpan>;

  constructor(span: Span, context: Context, underWay: AsyncLocalStorage<RecordedSpan>) {
    this.#span = span;
    this.context = context;
    this.#underWay = underWay;
  }

  run<T>(work: () => T): T {
    return this.#underWay.run(this, work);
  }

  note(facts: SpanFacts): void {
    this.#span.setAttributes(attributesOf(facts));
  }

  rename(name: string): void {
    this.#span.updateName(name);
  }

  fail(error: unknown): void {
    const { type, message } = failureOf(error);
    this.#span.setAttribute('error.type', type);
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message });
  }

  end(): void {
    this.#span.end();
  }
}

function runToEnd<T>(span: RecordedSpan, work: () => T): T {
  const failed = (error: unknown) => {
    span.fail(error);
    span.end();
  };
  let result: T;
  try {
    result = span.run(work);
  } catch (error) {
    failed(error);
    throw error;
  }
  // Whoever waits for the work hears of its failure.
  if (result instanceof Promise) result.then(() => span.end(), failed);
  else span.end();
  return result;
}

/** The code of an error, and the message of a service that does not answer: others can quote what somebody typed. */
function failureOf(error: unknown): { type: string; message: string } {
  if (error instanceof AppError)
    return { type: error.code, message: isUnavailable(error) ? error.message : error.code };
  const type = typeof error === 'string' ? error : error instanceof Error ? error.name : typeof error;
  return { type, message: type };
}

function attributesOf(facts: SpanFacts): Attributes {
  // The SDK drops what is undefined; its type says nothing of lists that are read-only.
  return facts as Attributes;
}
