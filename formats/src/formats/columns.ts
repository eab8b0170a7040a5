/**
 * Names of a column, as people and exports write them, normalised by `columnName`, more telling ones first.
 */
export type Synonyms = readonly string[];

const words = (text: string): Synonyms => text.split(/\s+/);

export const USER = words(
  'userid user uid userno usernumber userindex username reviewerid reviewer customerid customer memberid member viewerid viewer raterid rater accountid account profileid personid visitorid sessionid u',
);
/** In a file of movies the number alone is the movie's; in a file of ratings it may be the row's. */
export const RATED_MOVIE = words(
  'movieid filmid itemid titleid contentid productid videoid mediaid showid programid movielensid mid iid movie film item title content product video asin i',
);
export const MOVIE = words(
  'movieid filmid itemid titleid contentid productid videoid mediaid showid programid movielensid mid iid id movie film item content product video asin',
);
export const RATING = words(
  'rating ratings score scores stars star userrating yourrating myrating ratingvalue ratingscore overall grade mark vote votes note value liked likes like thumb thumbs feedback preference pref strength percent playcount playcounts listencount viewcount watchcount clickcount plays listens views watches count counts hours hoursplayed minutes watched interaction label r',
);
export const TIME = words(
  'timestamp ratedat ratingtimestamp ratingtime ratingdate daterated ratedon time date datetime createdat created creationdate watchedat watcheddate dateofrating lastrated lastwatchedat updatedat addedat dateadded reviewtime unixreviewtime unixtime unixtimestamp epoch ts when eventtime at t',
);
export const TITLE = words(
  'title movietitle filmtitle itemtitle name moviename filmname itemname primarytitle titlename movie film originaltitle',
);
export const YEAR = words(
  'releaseyear year yearofrelease movieyear filmyear productionyear startyear titleyear releasedate released release firstreleasedate premiered premiere publicationyear published date',
);
export const GENRES = words(
  'genres genre genrelist genrenames genrename categories category listedin kind kinds',
);
export const IMDB = words('imdbid imdb imdbtitleid imdbnumber tconst const imdburl');
export const TMDB = words('tmdbid tmdb themoviedbid themoviedb moviedbid tmdburl');

/** A column's name as synonyms are written: letters and digits only, in lower case. */
export function columnName(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Columns by what they are, as `findColumns` looks for them: required ones have to be there. */
export type Wanted<Name extends string> = Readonly<
  Record<Name, { names: Synonyms; label: string; isRequired?: true }>
>;

/** The place of each column; −1 for one that is not there. */
export type Found<Name extends string> = Readonly<Record<Name, number>>;

/** Finds columns by their names; a column serves once, in the order of what is wanted. */
export function findColumns<Name extends string>(
  header: readonly string[],
  wanted: Wanted<Name>,
): Found<Name> {
  const names = header.map(columnName);
  const taken = new Set<number>();
  const found = {} as Record<Name, number>;
  for (const key of Object.keys(wanted) as Name[]) {
    const index = wanted[key].names
      .map((name) => names.findIndex((own, at) => own === name && !taken.has(at)))
      .find((at) => at >= 0);
    found[key] = index ?? -1;
    if (index !== undefined) taken.add(index);
  }
  return found;
}

/** The wanted columns that are required and not there. */
export function missingColumns<Name extends string>(found: Found<Name>, wanted: Wanted<Name>): Name[] {
  return (Object.keys(wanted) as Name[]).filter((key) => wanted[key].isRequired && found[key] < 0);
}
