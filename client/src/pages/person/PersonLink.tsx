import type { ResultOf } from '@graphql-typed-document-node/core';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
import { personPath } from '../../routing/paths.ts';

export const PersonLinkFragment = graphql(/* GraphQL */ `
  fragment PersonLink on Person {
    personId
    name
  }
`);

/** A person's name as a link to their films. */
export const PersonLink = ({ person }: { person: ResultOf<typeof PersonLinkFragment> }) => (
  <Link to={personPath(person.personId)}>{person.name}</Link>
);
