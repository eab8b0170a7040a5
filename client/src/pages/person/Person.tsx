import { useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ExternalLink } from 'lucide-react';
import { useParams } from 'react-router';
import {
  EmptyState,
  GridSkeleton,
  MovieGrid,
  PageHeading,
  QueryError,
  Select,
} from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { oneOf, pathNumber, useAddressState } from '../../routing/addressState.ts';
import { pageQuery, type HeadContext, type PageAddress, type PageHead } from '../../routing/pageQuery.ts';
import { Photo } from './Photo.tsx';
import { ORDERS, useOrdered, type PersonOrder } from './useOrdered.ts';
import styles from './Person.module.css';
import pages from '../layout/pages.module.css';

const PersonQuery = graphql(/* GraphQL */ `
  query PersonPage($personId: Int!) {
    person(personId: $personId) {
      ...PersonCard
      knownFor
      biography
      tmdbUrl
      movies(first: 100) {
        roles
        movie {
          ...MovieCard
        }
      }
    }
  }
`);

const personQuery = (personId: number) => pageQuery(PersonQuery, { personId });

export function queries({ params }: PageAddress) {
  const personId = pathNumber(params['personId']);
  return personId === null ? [] : [personQuery(personId)];
}

export function head({ params, read }: HeadContext): PageHead {
  const personId = pathNumber(params['personId']);
  const person = personId === null ? null : read(personQuery(personId))?.person;
  if (!person) return { exists: false };
  return { type: 'profile', ...(person.biography && { description: person.biography.slice(0, 200) }) };
}

/** Shows the films of this data set in which somebody took part. */
export default function Person() {
  const personId = pathNumber(useParams()['personId']);
  return personId === null ? <NoSuchPerson /> : <PersonFilms key={personId} personId={personId} />;
}

function PersonFilms({ personId }: { personId: number }) {
  const { t } = useLingui();
  const { data, error, loading, refetch } = useQuery(...personQuery(personId));
  const person = data?.person;
  if (!person) {
    if (data && !error) return <NoSuchPerson />;
    return (
      <div className={pages.page}>
        <PageHeading title={t`Person`} />
        {loading ? (
          <GridSkeleton count={12} />
        ) : (
          <QueryError error={error} onRetry={() => refetch()} title={t`The person did not load`} />
        )}
      </div>
    );
  }
  const { movies } = person;
  return (
    <div className={pages.page}>
      <header className={styles.head}>
        <Photo name={person.name} url={person.photoUrl} size="large" />
        <div className={styles.about}>
          <PageHeading title={person.name} />
          {person.biography && <Biography text={person.biography} />}
          <a href={person.tmdbUrl} rel="noreferrer">
            <Trans>More at TMDB</Trans> <ExternalLink size={14} aria-hidden="true" />
          </a>
        </div>
      </header>
      {movies ? (
        <Films movies={movies} />
      ) : (
        <QueryError error={error} onRetry={() => refetch()} title={t`The films did not load`} />
      )}
    </div>
  );
}

const SHORT = 420;

/** A life in a few sentences; the rest on demand. */
function Biography({ text }: { text: string }) {
  if (text.length <= SHORT) return <p className={styles.biography}>{text}</p>;
  const cut = text.lastIndexOf(' ', SHORT);
  return (
    <details className={styles.biography}>
      <summary>{text.slice(0, cut)}…</summary>
      {text.slice(cut + 1)}
    </details>
  );
}

type Films = NonNullable<Parameters<typeof useOrdered>[0]>;

function Films({ movies }: { movies: Films }) {
  const { t } = useLingui();
  const { search, updateSearch } = useAddressState();
  const order = oneOf(ORDERS, search.get('order'));
  const { films, isPersonal } = useOrdered(movies, order);
  const labels: Record<PersonOrder, string> = {
    rated: t`Best rated first`,
    forYou: t`What fits you first`,
    newest: t`Newest first`,
  };
  const { forYou: _forYou, ...impersonal } = labels;
  if (movies.length === 0)
    return (
      <EmptyState title={t`None of the films is in this data set.`}>
        <Trans>Search for another person, or for a film.</Trans>
      </EmptyState>
    );
  return (
    <section className={pages.section} aria-labelledby="films">
      <div className={pages.head}>
        <h2 id="films">
          <Plural value={movies.length} one="# film here" other="# films here" />
        </h2>
        <Select<PersonOrder>
          label={t`Order`}
          value={isPersonal || order !== 'forYou' ? order : 'rated'}
          options={isPersonal ? labels : (impersonal as typeof labels)}
          onChange={(chosen) => updateSearch({ order: chosen === 'rated' ? null : chosen })}
        />
      </div>
      <MovieGrid
        items={films.map(({ movie, roles }) => ({ movie, note: roles.join(', ') }))}
        label={t`Films`}
        eagerCount={6}
      />
    </section>
  );
}

function NoSuchPerson() {
  const { t } = useLingui();
  return (
    <div className={pages.page}>
      <PageHeading title={t`No such person`} />
      <EmptyState title={t`There is nobody at this address.`}>
        <Trans>People are known only where this server may ask TMDB. Films are found by search.</Trans>
      </EmptyState>
    </div>
  );
}
