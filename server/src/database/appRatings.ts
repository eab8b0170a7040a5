/**
 * Ratings of users of apps as a table: those of movies that everybody sees. Of a movie that its app has deleted they are kept until it is
 * back.
 */
export const APP_RATINGS = `(SELECT app_rating.userId, app_rating.movieId, app_rating.halfStars, app_rating.ratedAtSeconds
   FROM app_rating JOIN movie ON movie.movieId = app_rating.movieId)`;
