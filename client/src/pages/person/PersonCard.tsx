import type { ResultOf } from '@graphql-typed-document-node/core';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
import { personPath } from '../../routing/paths.ts';
import { Photo } from './Photo.tsx';
import styles from './Person.module.css';

export const PersonCardFragment = graphql(/* GraphQL */ `
  fragment PersonCard on Person {
    personId
    name
    photoUrl
  }
`);

interface PersonCardProps {
  person: ResultOf<typeof PersonCardFragment>;
  /** A line below the name, such as the part played. */
  note?: string | null;
}

/** A person as a link: photo, name and a line. */
export function PersonCard({ person, note }: PersonCardProps) {
  return (
    <Link className={styles.card} to={personPath(person.personId)}>
      <Photo name={person.name} url={person.photoUrl} />
      <span className={styles.words}>
        <span className={styles.name}>{person.name}</span>
        {note && <span className={styles.note}>{note}</span>}
      </span>
    </Link>
  );
}
