import { defineMessage } from '@lingui/core/macro';

/**
 * The genres of MovieLens, for the catalogues of other languages to name them; addresses and the API keep these names.
 * No page loads this: English stands in the data, other languages in their catalogue.
 */
export const GENRE_TEXTS = [
  defineMessage({ id: 'genre.(no genres listed)', message: '(no genres listed)' }),
  defineMessage({ id: 'genre.Action', message: 'Action' }),
  defineMessage({ id: 'genre.Adventure', message: 'Adventure' }),
  defineMessage({ id: 'genre.Animation', message: 'Animation' }),
  defineMessage({ id: 'genre.Children', message: 'Children' }),
  defineMessage({ id: 'genre.Comedy', message: 'Comedy' }),
  defineMessage({ id: 'genre.Crime', message: 'Crime' }),
  defineMessage({ id: 'genre.Documentary', message: 'Documentary' }),
  defineMessage({ id: 'genre.Drama', message: 'Drama' }),
  defineMessage({ id: 'genre.Fantasy', message: 'Fantasy' }),
  defineMessage({ id: 'genre.Film-Noir', message: 'Film-Noir' }),
  defineMessage({ id: 'genre.Horror', message: 'Horror' }),
  defineMessage({ id: 'genre.IMAX', message: 'IMAX' }),
  defineMessage({ id: 'genre.Musical', message: 'Musical' }),
  defineMessage({ id: 'genre.Mystery', message: 'Mystery' }),
  defineMessage({ id: 'genre.Romance', message: 'Romance' }),
  defineMessage({ id: 'genre.Sci-Fi', message: 'Sci-Fi' }),
  defineMessage({ id: 'genre.Thriller', message: 'Thriller' }),
  defineMessage({ id: 'genre.War', message: 'War' }),
  defineMessage({ id: 'genre.Western', message: 'Western' }),
];
