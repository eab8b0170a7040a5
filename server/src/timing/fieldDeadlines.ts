import { isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { Deadline } from './deadline.ts';
import type { Turns } from './turns.ts';

/** The part of a request's context that says by when its fields must be there, and when others are served. */
interface HasDeadline {
  deadline: Deadline;
  turns: Turns;
}

/**
 * Lets every field with a resolver fail from its request's deadline on, alone: the others are answered. Where fields have kept the
 * event loop for long, the next one waits for its turn. Changes the schema.
 */
export function withFieldDeadlines(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields()))
      if (field.resolve) field.resolve = withinDeadline(field.resolve);
  }
  return schema;
}

type Resolver = GraphQLFieldResolver<unknown, HasDeadline>;

function withinDeadline(resolve: GraphQLFieldResolver<unknown, unknown>): Resolver {
  return (source, args, context, info) => {
    const { deadline, turns } = context;
    deadline.check();
    if (turns.isLong()) return deadline.race(turns.next().then(resolveInTime));
    const result = resolve(source, args, context, info);
    return isPromise(result) ? deadline.race(result) : result;

    function resolveInTime(): unknown {
      deadline.check();
      return resolve(source, args, context, info);
    }
  };
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
