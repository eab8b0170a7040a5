import {
  WatchKind,
  type CastMember,
  type MovieDetails,
  type Person,
  type WatchOffer,
} from '@pocketrocket/schema';
import type { Credit, FilmFacts, KnownPerson, OfferKind } from './answers.ts';
import { OFFER_KINDS } from './answers.ts';
import type { FilmIds, Tmdb } from './tmdb.ts';

/** Details with what their own fields are made of. */
export type AnsweredDetails = MovieDetails & { facts: FilmFacts };

/** A person with what is known beyond the name. */
export interface AnsweredPerson {
  person: Person;
  knownFor: string | null;
  biography: string | null;
  credits: readonly Credit[];
}

/** Tells of films and people what the data set does not. All throw AppError UPSTREAM_UNAVAILABLE where nobody answers. */
export interface FilmSource {
  /** Null where nothing is known of the film. */
  details(ids: FilmIds): Promise<AnsweredDetails | null>;
  /** URL of the poster; null where none is known yet. Never throws. */
  posterUrl(ids: FilmIds): Promise<string | null>;
  /** Null for a number that is nobody's. */
  person(personId: number): Promise<AnsweredPerson | null>;
  /** People by name, the best known first. */
  people(text: string): Promise<Person[]>;
  castOf(details: AnsweredDetails, first: number): CastMember[];
  /** Offers in a country, the usual ways first; null where nothing is known of it. */
  offersIn(details: AnsweredDetails, country: string): WatchOffer[] | null;
}

/** Widths in which TMDB has images. */
const WIDTHS = { poster: 'w342', backdrop: 'w1280', photo: 'w185', logo: 'w92' } as const;

const KINDS: Readonly<Record<OfferKind, WatchKind>> = {
  flatrate: WatchKind.STREAM,
  free: WatchKind.FREE,
  ads: WatchKind.ADS,
  rent: WatchKind.RENT,
  buy: WatchKind.BUY,
};

/** Tells what TMDB does. */
export class TmdbSource implements FilmSource {
  constructor(
    private readonly tmdb: Tmdb,
    private readonly imageUrl: string,
  ) {}

  async details(ids: FilmIds): Promise<AnsweredDetails | null> {
    const facts = await this.tmdb.film(ids);
    return (
      facts && {
        facts,
        tmdbId: facts.tmdbId,
        overview: facts.overview,
        tagline: facts.tagline,
        runtimeMinutes: facts.runtimeMinutes,
        backdropUrl: this.#image('backdrop', facts.backdrop),
        trailerYoutubeId: facts.trailer,
        directors: facts.directors.map((one) => this.#person(one)),
        watchCountries: Object.keys(facts.offers.countries).sort(),
      }
    );
  }

  async posterUrl(ids: FilmIds): Promise<string | null> {
    return this.#image('poster', await this.tmdb.posterOf(ids));
  }

  async person(personId: number): Promise<AnsweredPerson | null> {
    const known = await this.tmdb.person(personId);
    return (
      known && {
        person: this.#person(known),
        knownFor: known.department,
        biography: known.biography,
        credits: known.credits,
      }
    );
  }

  async people(text: string): Promise<Person[]> {
    return (await this.tmdb.people(text)).map((one) => this.#person(one));
  }

  castOf({ facts }: AnsweredDetails, first: number): CastMember[] {
    return facts.cast
      .slice(0, first)
      .map((member) => ({ person: this.#person(member), character: member.character }));
  }

  offersIn({ facts: { offers } }: AnsweredDetails, country: string): WatchOffer[] | null {
    const ofCountry = offers.countries[country];
    if (!ofCountry) return null;
    return OFFER_KINDS.flatMap((kind) =>
      (ofCountry[kind] ?? []).flatMap((place) => {
        const service = offers.services[place];
        if (!service) return [];
        return [{ kind: KINDS[kind], service: service.name, logoUrl: this.#image('logo', service.logo) }];
      }),
    );
  }

  close(): Promise<void> {
    return this.tmdb.close();
  }

  #person({ personId, name, photo }: KnownPerson): Person {
    return {
      personId,
      name,
      photoUrl: this.#image('photo', photo),
      tmdbUrl: `https://www.themoviedb.org/person/${personId}`,
    };
  }

  #image(kind: keyof typeof WIDTHS, path: string | null): string | null {
    return path === null ? null : `${this.imageUrl}/t/p/${WIDTHS[kind]}${path}`;
  }
}
