import { registerEnumType } from 'type-graphql';

export enum MovieOrder {
  WEIGHTED_RATING_DESC = 'WEIGHTED_RATING_DESC',
  RATING_COUNT_DESC = 'RATING_COUNT_DESC',
  RELEASE_YEAR_DESC = 'RELEASE_YEAR_DESC',
  TITLE_ASC = 'TITLE_ASC',
}

export enum MovieSearchOrder {
  RELEVANCE = 'RELEVANCE',
  WEIGHTED_RATING_DESC = 'WEIGHTED_RATING_DESC',
  RATING_COUNT_DESC = 'RATING_COUNT_DESC',
  RELEASE_YEAR_DESC = 'RELEASE_YEAR_DESC',
  TITLE_ASC = 'TITLE_ASC',
}

export enum UserOrder {
  RATING_COUNT_DESC = 'RATING_COUNT_DESC',
  USER_ID_ASC = 'USER_ID_ASC',
}

export enum RatingOrder {
  RATED_AT_DESC = 'RATED_AT_DESC',
  RATING_DESC = 'RATING_DESC',
  RATING_ASC = 'RATING_ASC',
}

export enum CandidateSource {
  ITEM2VEC = 'ITEM2VEC',
  COLLABORATIVE = 'COLLABORATIVE',
  TRANSITION = 'TRANSITION',
  POPULAR = 'POPULAR',
  RISING = 'RISING',
  CONTENT = 'CONTENT',
}

export enum Ranker {
  NEURAL_CF = 'NEURAL_CF',
  RETRIEVAL = 'RETRIEVAL',
  POPULARITY = 'POPULARITY',
}

export enum PopularityReason {
  NO_MODEL = 'NO_MODEL',
  NO_RATINGS = 'NO_RATINGS',
  UNKNOWN_MOVIES = 'UNKNOWN_MOVIES',
  ONLY_DISLIKES = 'ONLY_DISLIKES',
}

export enum AccountRole {
  USER = 'user',
  ADMIN = 'admin',
}

export enum ExportFormat {
  JSON = 'JSON',
  RATINGS_CSV = 'RATINGS_CSV',
  MOVIES_CSV = 'MOVIES_CSV',
}

registerEnumType(AccountRole, {
  name: 'AccountRole',
  description: 'What an account may do.',
  valuesConfig: {
    USER: { description: 'Rate movies, and manage the own account.' },
    ADMIN: { description: 'Also see to whom which role was given.' },
  },
});

registerEnumType(ExportFormat, {
  name: 'ExportFormat',
  description: 'Form of exported data.',
  valuesConfig: {
    JSON: { description: 'All that is stored, as one JSON object.' },
    RATINGS_CSV: { description: "The ratings, as MovieLens' `ratings.csv`." },
    MOVIES_CSV: { description: "The rated movies, as MovieLens' `movies.csv`." },
  },
});

registerEnumType(MovieOrder, {
  name: 'MovieOrder',
  description: 'Order of a list of movies. Ties are broken by movieId.',
  valuesConfig: {
    WEIGHTED_RATING_DESC: { description: 'Best damped mean rating first.' },
    RATING_COUNT_DESC: { description: 'Most rated first.' },
    RELEASE_YEAR_DESC: { description: 'Newest first; movies without a year last.' },
    TITLE_ASC: { description: 'By title, ignoring case, accents and a leading article.' },
  },
});

registerEnumType(MovieSearchOrder, {
  name: 'MovieSearchOrder',
  description: 'Order of the movies that a search finds.',
  valuesConfig: {
    RELEVANCE: { description: 'Best match first.' },
    WEIGHTED_RATING_DESC: { description: 'Best damped mean rating first.' },
    RATING_COUNT_DESC: { description: 'Most rated first.' },
    RELEASE_YEAR_DESC: { description: 'Newest first; movies without a year last.' },
    TITLE_ASC: { description: 'By title, ignoring case, accents and a leading article.' },
  },
});

registerEnumType(UserOrder, {
  name: 'UserOrder',
  description: 'Order of a list of users. Ties are broken by userId.',
  valuesConfig: {
    RATING_COUNT_DESC: { description: 'Most ratings first.' },
    USER_ID_ASC: { description: 'By userId.' },
  },
});

registerEnumType(RatingOrder, {
  name: 'RatingOrder',
  description: "Order of a user's ratings. Ties are broken by movieId.",
  valuesConfig: {
    RATED_AT_DESC: { description: 'Latest first; ratings without a time last.' },
    RATING_DESC: { description: 'Highest rating first.' },
    RATING_ASC: { description: 'Lowest rating first.' },
  },
});

registerEnumType(CandidateSource, {
  name: 'CandidateSource',
  description: 'The kind of model that proposed a movie as a candidate.',
  valuesConfig: {
    ITEM2VEC: { description: "Near the user's embedding in the item2vec space." },
    COLLABORATIVE: { description: 'Proposed by a collaborative model such as iALS or EASE.' },
    TRANSITION: { description: 'Often watched shortly after the movies that the user watched last.' },
    POPULAR: { description: 'Watched by many users.' },
    RISING: { description: 'Recently released and watched more and more.' },
    CONTENT: {
      description: 'New to the model, unrated when it was trained: placed by title, genres and year.',
    },
  },
});

registerEnumType(PopularityReason, {
  name: 'PopularityReason',
  description: 'Why a list is one of popular movies.',
  valuesConfig: {
    NO_MODEL: { description: 'No model serves.' },
    NO_RATINGS: { description: 'There are no ratings to go by.' },
    UNKNOWN_MOVIES: { description: 'None of the rated movies exists, or the model knows none of them.' },
    ONLY_DISLIKES: {
      description: 'All ratings are below 3 stars: movies much like the rated ones are left out, too.',
    },
  },
});

registerEnumType(Ranker, {
  name: 'Ranker',
  description: 'The method that ordered a list.',
  valuesConfig: {
    NEURAL_CF: {
      description: 'NeuralCF, blended with the candidate stage; scores are calibrated probabilities.',
    },
    RETRIEVAL: { description: 'The candidate stage alone, for users unknown to the ranking model.' },
    POPULARITY: {
      description: 'Popularity; `popularityReason` says why.',
    },
  },
});
