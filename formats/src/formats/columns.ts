/**
 * Names of a column, as people and exports write them, normalised by `columnName`, more telling ones first.
 */
export type Synonyms = readonly string[];

const words = (text: string): Synonyms => text.split(/\s+/);

export const USER = words(
  'userid user uid userno usernumber userindex username reviewerid reviewer customerid customer memberid member viewerid viewer raterid rater accountid account profileid personid visitorid sessionid u benutzerid benutzer nutzerid nutzer utilisateurid utilisateur usuarioid usuario utenteid utente gebruikerid gebruiker',
);
/** In a file of movies the number alone is the movie's; in a file of ratings it may be the row's. */
export const RATED_MOVIE = words(
  'movieid filmid itemid titleid contentid productid videoid mediaid showid programid movielensid mid iid movie film item title content product video asin i filmnr peliculaid pelicula filme',
);
export const MOVIE = words(
  'movieid filmid itemid titleid contentid productid videoid mediaid showid programid movielensid mid iid id movie film item content product video asin filmnr peliculaid pelicula filme',
);
export const RATING = words(
  'rating ratings score scores stars star userrating yourrating myrating ratingvalue ratingscore overall grade mark vote votes note value liked likes like thumb thumbs feedback preference pref strength percent playcount playcounts listencount viewcount watchcount clickcount plays listens views watches count counts hours hoursplayed minutes watched interaction label r bewertung wertung sterne punkte puntuacion calificacion valoracion valutazione voto nota avaliacao beoordeling waardering',
);
export const TIME = words(
  'timestamp ratedat ratingtimestamp ratingtime ratingdate daterated ratedon time date datetime createdat created creationdate watchedat watcheddate dateofrating lastrated lastwatchedat updatedat addedat dateadded reviewtime unixreviewtime unixtime unixtimestamp epoch ts when eventtime at t zeitstempel zeit datum bewertetam fecha horodatage',
);
/** In the place of an id of the data set's own, where there is none. */
export const OTHER_MOVIE_ID = words('tconst const imdbid tmdbid');

export const TITLE = words(
  'title movietitle filmtitle itemtitle name moviename filmname itemname primarytitle titlename movie film originaltitle titel filmtitel titre titulo titolo pelicula filme',
);
export const YEAR = words(
  'releaseyear year yearofrelease movieyear filmyear productionyear startyear titleyear releasedate released release firstreleasedate premiered premiere publicationyear published date jahr erscheinungsjahr annee anno ano jaar',
);
export const GENRES = words(
  'genres genre genrelist genrenames genrename categories category listedin kind kinds genero generos genere generi gattung',
);
export const TAG = words('tag tags tagname tagtext keyword label');
export const IMDB = words('imdbid imdb imdbtitleid imdbnumber tconst const imdburl');
export const TMDB = words('tmdbid tmdb themoviedbid themoviedb moviedbid tmdburl');

/** A column's name as synonyms are written: letters without accents and digits only, in lower case. */
export function columnName(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** As RecBole and Neo4j write it: `user_id:token`, `userId:START_ID`. */
const TYPE_BEHIND = /:[a-z_]+(?:\[\])?$/i;
const IN_BRACKETS = /[([{][^)\]}]*[)\]}]/g;
const BEST_BEHIND =
  /[\s_./-]*(?:(?:out[\s_]*of|of|von|sur|max|to)[\s_./-]*)?(?<![\d.])(5|10|100|%|percent)(?:[.,]0)?$/i;

/** A column's name without what it says of units, scales and types: `rating (1-5)`, `score_100` and `user_id:token` are `rating`, `score`, `userid`. */
function plainName(text: string): string {
  const untyped = text.replace(TYPE_BEHIND, '').replace(IN_BRACKETS, ' ');
  return columnName(untyped.trim().replace(BEST_BEHIND, ''));
}

/** The best of a scale that a column's name says: `rating (out of 10)`, `score_100`, `rating %`; null where it says none. */
export function bestOfName(text: string): '5' | '10' | '100' | null {
  const found = BEST_BEHIND.exec(text.trim().replace(/\s*[)\]}]$/, ''))?.[1]?.toLowerCase();
  if (found === '%' || found === 'percent' || columnName(text) === 'percentage') return '100';
  return found === '5' || found === '10' || found === '100' ? found : null;
}

/** Columns by what they are, as `findColumns` looks for them: required ones have to be there. */
export type Wanted<Name extends string> = Readonly<
  Record<Name, { names: Synonyms; label: string; isRequired?: true }>
>;

/** The place of each column; −1 for one that is not there. */
export type Found<Name extends string> = Readonly<Record<Name, number>>;

/** Finds columns by their names, else by these without units and scales; a column serves once, in the order of what is wanted. */
export function findColumns<Name extends string>(
  header: readonly string[],
  wanted: Wanted<Name>,
): Found<Name> {
  const taken = new Set<number>();
  const found = {} as Record<Name, number>;
  const keys = Object.keys(wanted) as Name[];
  for (const spell of [columnName, plainName]) {
    const names = header.map(spell);
    for (const key of keys.filter((one) => (found[one] ?? -1) < 0)) {
      const index = wanted[key].names
        .map((name) => names.findIndex((own, at) => own === name && !taken.has(at)))
        .find((at) => at >= 0);
      found[key] = index ?? -1;
      if (index !== undefined) taken.add(index);
    }
  }
  return found;
}

/** The wanted columns that are required and not there. */
export function missingColumns<Name extends string>(found: Found<Name>, wanted: Wanted<Name>): Name[] {
  return (Object.keys(wanted) as Name[]).filter((key) => wanted[key].isRequired && found[key] < 0);
}
