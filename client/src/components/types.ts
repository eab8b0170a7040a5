/** The part of GraphQL's `Movie` that posters and cards draw; any larger selection fits. */
export interface MovieSummary {
  movieId: number;
  title: string;
  releaseYear?: number | null;
  genres: readonly GenreName[];
  posterUrl?: string | null;
  averageRating?: number | null;
  ratingCount?: number;
}

export interface GenreName {
  name: string;
}

/** GraphQL's `RecommendationReason`: a film of the history that pulled the recommendation in, strongest first. */
export interface Reason {
  movie: { movieId: number; title: string; releaseYear?: number | null };
  weight: number;
}

/** Whose history a reason speaks of: the visitor's own ("you") or that of the user on the page ("they"). */
export type ReasonSubject = 'you' | 'they';

/** One place in a row or a grid: a film with the one line that says why it stands there. */
export interface MovieItem {
  movie: MovieSummary;
  reasons?: readonly Reason[];
  /** Takes the reason's line where there is none, such as "Popular with everyone". */
  note?: string;
}

/** GraphQL's `RatingBucket`: how many ratings a half-star step received. */
export interface RatingBucket {
  rating: number;
  count: number;
}

/** GraphQL's `GenreShare`. */
export interface GenreShare {
  genre: GenreName;
  ratingCount: number;
  averageRating: number;
}

/** The part of GraphQL's `Served` that a visitor is told. */
export interface ServedSummary {
  degraded: boolean;
  degradedReason?: string | null;
}

/** The part of GraphQL's `User` that a card draws. */
export interface UserSummary {
  userId: number;
  name: string;
  ratingCount?: number;
  averageRating?: number | null;
  favouriteGenre?: GenreName | null;
}
