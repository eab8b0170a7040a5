import { z } from 'zod';

/** A person as a film's credits, or a search, name them. */
export interface KnownPerson {
  personId: number;
  name: string;
  /** Path of a photo at TMDB's image server, such as `/abc.jpg`. */
  photo: string | null;
}

/** Someone who plays in a film. */
export interface CastEntry extends KnownPerson {
  character: string | null;
}

/** The ways to watch a film, in the order in which people look for them. */
export const OFFER_KINDS = ['flatrate', 'free', 'ads', 'rent', 'buy'] as const;

export type OfferKind = (typeof OFFER_KINDS)[number];

/** Services at which a film can be watched, by place in `services`, so that a country costs a few bytes. */
export interface Offers {
  services: { name: string; logo: string | null }[];
  /** By country, ISO 3166. */
  countries: Record<string, Partial<Record<OfferKind, number[]>>>;
}

/** The part of a film's answer that is kept. */
export interface FilmFacts {
  tmdbId: number;
  overview: string | null;
  tagline: string | null;
  runtimeMinutes: number | null;
  poster: string | null;
  backdrop: string | null;
  /** YouTube's id of the trailer. */
  trailer: string | null;
  directors: KnownPerson[];
  cast: CastEntry[];
  offers: Offers;
}

/** A film in which a person took part. */
export interface Credit {
  tmdbId: number;
  title: string;
  year: number | null;
  /** Characters played, or jobs such as `Director`. */
  roles: string[];
}

/** The part of a person's answer that is kept. */
export interface PersonFacts extends KnownPerson {
  /** TMDB's department, such as `Acting`. */
  department: string | null;
  biography: string | null;
  credits: Credit[];
}

const MAX_CAST = 24;
const MAX_DIRECTORS = 4;
const MAX_OFFERS_OF_A_KIND = 12;
const MAX_TEXT = 4_000;
const MAX_NAME = 200;
const MAX_CREDITS = 400;
const MAX_FOUND = 20;

const id = z
  .number()
  .int()
  .min(1)
  .max(2 ** 31 - 1);
const text = (most: number) =>
  z
    .string()
    .nullish()
    .catch(null)
    .transform((given) => given?.trim().slice(0, most) || null);
/** Image servers are asked for nothing that is no such path. */
const image = z
  .string()
  .regex(/^\/[\w-]+\.(jpg|png|webp|svg)$/)
  .nullish()
  .catch(null)
  .transform((path) => path ?? null);
/** Entries that do not fit are left out: one of them must not cost the film. */
const entries = <T extends z.ZodType>(one: T) =>
  z
    .array(z.unknown())
    .nullish()
    .catch(null)
    .transform((list) =>
      (list ?? []).flatMap((entry): z.output<T>[] => {
        const parsed = one.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      }),
    );

const person = z.object({ id, name: z.string().min(1).max(MAX_NAME), profile_path: image });
const castMember = person.extend({ character: text(MAX_NAME) });
const crewMember = person.extend({ job: text(MAX_NAME) });
const video = z.object({
  site: z.literal('YouTube'),
  key: z.string().regex(/^[\w-]{6,20}$/),
  type: z.string(),
  official: z.boolean().nullish().catch(null),
});
const service = z.object({ provider_name: z.string().min(1).max(MAX_NAME), logo_path: image });
const offersOfCountry = z.object(
  Object.fromEntries(OFFER_KINDS.map((kind) => [kind, entries(service)])) as Record<
    OfferKind,
    ReturnType<typeof entries<typeof service>>
  >,
);

const filmSchema = z.object({
  id,
  overview: text(MAX_TEXT),
  tagline: text(MAX_NAME),
  runtime: z
    .number()
    .int()
    .min(1)
    .max(60 * 24 * 20)
    .nullish()
    .catch(null),
  poster_path: image,
  backdrop_path: image,
  credits: z.object({ cast: entries(castMember), crew: entries(crewMember) }).catch({ cast: [], crew: [] }),
  videos: z.object({ results: entries(video) }).catch({ results: [] }),
  'watch/providers': z
    .object({ results: z.record(z.string().regex(/^[A-Z]{2}$/), offersOfCountry) })
    .catch({ results: {} }),
});

/** Reads the answer of `/movie/<id>` with credits, videos and offers; null for none. @throws ZodError for another form */
export function readFilm(answer: unknown): FilmFacts | null {
  if (answer === null) return null;
  const film = filmSchema.parse(answer);
  const directors = film.credits.crew.filter(({ job }) => job === 'Director');
  return {
    tmdbId: film.id,
    overview: film.overview,
    tagline: film.tagline,
    runtimeMinutes: film.runtime ?? null,
    poster: film.poster_path,
    backdrop: film.backdrop_path,
    trailer: trailerOf(film.videos.results),
    directors: directors.slice(0, MAX_DIRECTORS).map(toPerson),
    cast: film.credits.cast
      .slice(0, MAX_CAST)
      .map((member) => ({ ...toPerson(member), character: member.character })),
    offers: readOffers(film['watch/providers'].results),
  };
}

/** An official trailer before others, and any trailer before a teaser. */
function trailerOf(videos: readonly z.output<typeof video>[]): string | null {
  const rank = ({ type, official }: z.output<typeof video>) =>
    (type === 'Trailer' ? 2 : type === 'Teaser' ? 0 : -10) + (official ? 1 : 0);
  const [best] = [...videos].sort((one, other) => rank(other) - rank(one));
  return best && rank(best) >= 0 ? best.key : null;
}

function readOffers(results: Readonly<Record<string, z.output<typeof offersOfCountry>>>): Offers {
  const services: Offers['services'] = [];
  const placeOf = new Map<string, number>();
  const place = ({ provider_name: name, logo_path: logo }: z.output<typeof service>) => {
    let known = placeOf.get(name);
    if (known === undefined) placeOf.set(name, (known = services.push({ name, logo }) - 1));
    return known;
  };
  const countries: Offers['countries'] = {};
  for (const [country, offers] of Object.entries(results)) {
    const kinds = OFFER_KINDS.filter((kind) => offers[kind].length > 0);
    if (kinds.length === 0) continue;
    countries[country] = Object.fromEntries(
      kinds.map((kind) => [kind, [...new Set(offers[kind].slice(0, MAX_OFFERS_OF_A_KIND).map(place))]]),
    );
  }
  return { services, countries };
}

const foundByImdbSchema = z.object({ movie_results: entries(z.object({ id })) });

/** Reads the answer of `/find/<IMDb id>`: TMDB's number of the film; null for none. */
export function readFound(answer: unknown): number | null {
  return answer === null ? null : (foundByImdbSchema.parse(answer).movie_results[0]?.id ?? null);
}

const credit = z.object({
  id,
  title: z.string().min(1).max(500),
  release_date: z.string().nullish().catch(null),
  character: text(MAX_NAME),
  job: text(MAX_NAME),
});
const personSchema = person.extend({
  known_for_department: text(MAX_NAME),
  biography: text(MAX_TEXT),
  movie_credits: z.object({ cast: entries(credit), crew: entries(credit) }).catch({ cast: [], crew: [] }),
});

/** Reads the answer of `/person/<id>` with the films; null for none. */
export function readPerson(answer: unknown): PersonFacts | null {
  if (answer === null) return null;
  const found = personSchema.parse(answer);
  const credits = new Map<number, Credit>();
  for (const one of [...found.movie_credits.cast, ...found.movie_credits.crew]) {
    const role = one.character ?? one.job;
    const known = credits.get(one.id);
    if (known) {
      if (role && !known.roles.includes(role) && known.roles.length < 4) known.roles.push(role);
      continue;
    }
    if (credits.size === MAX_CREDITS) break;
    const year = Number(one.release_date?.slice(0, 4)) || null;
    credits.set(one.id, { tmdbId: one.id, title: one.title, year, roles: role ? [role] : [] });
  }
  return {
    ...toPerson(found),
    department: found.known_for_department,
    biography: found.biography,
    credits: [...credits.values()],
  };
}

const peopleSchema = z.object({ results: entries(person) });

/** Reads the answer of `/search/person`. */
export function readPeople(answer: unknown): KnownPerson[] {
  return answer === null ? [] : peopleSchema.parse(answer).results.slice(0, MAX_FOUND).map(toPerson);
}

function toPerson({ id: personId, name, profile_path: photo }: z.output<typeof person>): KnownPerson {
  return { personId, name, photo };
}
