import { useQuery } from '@apollo/client/react';
import { useLingui } from '@lingui/react/macro';
import { graphql } from '../../gql/index.ts';
import { PersonCard } from './PersonCard.tsx';
import styles from './Person.module.css';
import pages from '../layout/pages.module.css';

const PeopleQuery = graphql(/* GraphQL */ `
  query PeopleFound($query: String!) {
    searchPeople(query: $query, first: 6) {
      ...PersonCard
      knownFor
    }
  }
`);

const MAX_LENGTH = 100;

/** The people whom a search means; nothing where there are none, or nobody can be asked. */
export function PeopleFound({ query }: { query: string }) {
  const { t } = useLingui();
  const { data } = useQuery(PeopleQuery, {
    variables: { query },
    skip: query.length < 3 || query.length > MAX_LENGTH,
    ssr: false,
  });
  const people = data?.searchPeople ?? [];
  if (people.length === 0) return null;
  return (
    <section className={pages.section} aria-labelledby="people">
      <h2 id="people">{t`People`}</h2>
      <ul className={styles.people} aria-label={t`People`}>
        {people.map((person) => (
          <li key={person.personId}>
            <PersonCard person={person} note={person.knownFor} />
          </li>
        ))}
      </ul>
    </section>
  );
}
