import type { MovieItem, MovieSummary, Reason } from '../components/index.ts';

const film = (title: string, releaseYear: number, genres: string, averageRating: number): MovieSummary => ({
  movieId: releaseYear * 1000 + title.length * 31 + title.charCodeAt(title.length - 1),
  title,
  releaseYear,
  genres: genres.split('|').map((name) => ({ name })),
  posterUrl: null,
  averageRating,
  weightedRating: averageRating,
  ratingCount: Math.round(averageRating * 60),
});

/** Well-known films of every genre and decade; the averages are made up for looks. */
export const FILMS: readonly MovieSummary[] = [
  film('The Silence of the Lambs', 1991, 'Crime|Thriller', 4.2),
  film('The Matrix', 1999, 'Action|Sci-Fi|Thriller', 4.2),
  film('Casablanca', 1942, 'Drama|Romance', 4.2),
  film('Toy Story', 1995, 'Adventure|Animation|Children|Comedy|Fantasy', 3.9),
  film('Schindler’s List', 1993, 'Drama', 4.3),
  film('Amélie', 2001, 'Comedy|Romance', 4.1),
  film('Blade Runner', 1982, 'Thriller', 4.1),
  film('Mad Max: Fury Road', 2015, 'Action|Adventure', 3.8),
  film('Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb', 1964, 'Comedy', 4.1),
  film('Psycho', 1960, 'Horror', 4.0),
  film('Braveheart', 1995, 'Action|Drama|War', 4.0),
  film('Jurassic Park', 1993, 'Action|Sci-Fi', 3.8),
  film('2001: A Space Odyssey', 1968, 'Adventure|Drama|Sci-Fi', 3.9),
  film('Double Indemnity', 1944, 'Crime|Drama|Film-Noir', 4.2),
  film('Spirited Away', 2001, 'Adventure|Animation|Fantasy', 4.2),
  film('The Good, the Bad and the Ugly', 1966, 'Action|Western', 4.1),
  film('Terminator 2: Judgment Day', 1991, 'Action', 4.0),
  film('The Sound of Music', 1965, 'Musical|Romance', 3.7),
  film('When Harry Met Sally…', 1989, 'Comedy', 4.0),
  film('Alien', 1979, 'Horror|Sci-Fi', 4.0),
  film('The Shawshank Redemption', 1994, 'Drama', 4.4),
  film('Star Wars: Episode IV - A New Hope', 1977, 'Action|Adventure|Sci-Fi', 4.2),
  film('Bowling for Columbine', 2002, 'Documentary', 3.8),
  film('Titanic', 1997, 'Drama|Romance', 3.4),
  film('The Lord of the Rings: The Fellowship of the Ring', 2001, 'Adventure|Fantasy', 4.1),
  film('Full Metal Jacket', 1987, 'Drama|War', 4.1),
  film('Get Out', 2017, 'Horror', 3.6),
  film('Inception', 2010, 'Mystery|Sci-Fi', 4.1),
  film('Cool Hand Luke', 1967, 'Drama', 4.3),
  film('Fight Club', 1999, 'Action|Crime', 4.3),
  film('Parasite', 2019, 'Thriller', 4.3),
  film('Stand by Me', 1986, 'Adventure|Drama', 4.1),
  film('Up', 2009, 'Animation|Children', 4.0),
  film('The Jazz Singer', 1927, 'Musical', 3.2),
  film('Crouching Tiger, Hidden Dragon', 2000, 'Action', 3.8),
  film('La La Land', 2016, 'Comedy|Romance', 3.8),
  film('Nosferatu', 1922, 'Horror', 3.9),
  film('Supercalifragilisticexpialidocious', 2013, 'Comedy', 2.5),
  film('City of God', 2002, 'Crime', 4.1),
  film('Moonlight', 2016, 'Drama', 3.9),
  film('Young Frankenstein', 1974, 'Comedy', 4.0),
  film('Chinatown', 1974, 'Crime|Film-Noir|Mystery', 4.2),
];

const at = (index: number): MovieSummary => FILMS[index % FILMS.length] ?? film('Heat', 1995, 'Crime', 3.9);

const reasonsFrom = (...indices: number[]): Reason[] =>
  indices.map((index, rank) => ({ movie: at(index), weight: 0.4 / (rank + 1) }));

/** `count` films from a place of the list on, each with reasons. */
export const itemsFrom = (start: number, count: number, withReasons = true): MovieItem[] =>
  Array.from({ length: count }, (_, offset) => ({
    movie: at(start + offset),
    reasons: withReasons ? reasonsFrom(start + offset + 5, start + offset + 9, start + offset + 14) : [],
  }));
