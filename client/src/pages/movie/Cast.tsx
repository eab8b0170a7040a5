import type { ResultOf } from '@graphql-typed-document-node/core';
import { useLingui } from '@lingui/react/macro';
import { graphql } from '../../gql/index.ts';
import { PersonCard } from '../person/PersonCard.tsx';
import styles from './Movie.module.css';
import people from '../person/Person.module.css';

export const CastMemberFragment = graphql(/* GraphQL */ `
  fragment CastMember on CastMember {
    character
    person {
      ...PersonCard
    }
  }
`);

/** Lists who plays in a film, the leading parts first. */
export function Cast({ cast }: { cast: readonly ResultOf<typeof CastMemberFragment>[] }) {
  const { t } = useLingui();
  if (cast.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="cast">
      <h2 id="cast">{t`Cast`}</h2>
      <ul className={people.people} aria-label={t`Cast`}>
        {cast.map(({ person, character }, place) => (
          <li key={`${person.personId}-${place}`}>
            <PersonCard person={person} note={character} />
          </li>
        ))}
      </ul>
    </section>
  );
}
