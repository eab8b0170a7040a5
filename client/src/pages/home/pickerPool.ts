import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';

/** A pool for the taste picker: the most rated films of each decade. */
const PickerPoolQuery = graphql(/* GraphQL */ `
  query PickerPool($perDecade: Int!) {
    until1959: movies(filter: { yearTo: 1959 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {
      ...PickerFilms
    }
    sixties: movies(filter: { yearFrom: 1960, yearTo: 1969 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {
      ...PickerFilms
    }
    seventies: movies(
      filter: { yearFrom: 1970, yearTo: 1979 }
      orderBy: RATING_COUNT_DESC
      first: $perDecade
    ) {
      ...PickerFilms
    }
    eighties: movies(
      filter: { yearFrom: 1980, yearTo: 1989 }
      orderBy: RATING_COUNT_DESC
      first: $perDecade
    ) {
      ...PickerFilms
    }
    nineties: movies(
      filter: { yearFrom: 1990, yearTo: 1999 }
      orderBy: RATING_COUNT_DESC
      first: $perDecade
    ) {
      ...PickerFilms
    }
    noughties: movies(
      filter: { yearFrom: 2000, yearTo: 2009 }
      orderBy: RATING_COUNT_DESC
      first: $perDecade
    ) {
      ...PickerFilms
    }
    tens: movies(filter: { yearFrom: 2010, yearTo: 2019 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {
      ...PickerFilms
    }
    since2020: movies(filter: { yearFrom: 2020 }, orderBy: RATING_COUNT_DESC, first: $perDecade) {
      ...PickerFilms
    }
  }

  fragment PickerFilms on MovieConnection {
    edges {
      cursor
      node {
        ...PickerFilm
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

const FILMS_PER_DECADE = 16;

export const pickerPoolQuery = pageQuery(PickerPoolQuery, { perDecade: FILMS_PER_DECADE });
