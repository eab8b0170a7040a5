import { ObjectType } from 'type-graphql';

/** Everything in it has a resolver of its own, so that nothing is read that nobody asks for. */
@ObjectType({ description: 'What operators need to know, for administrators.' })
export class Admin {}
