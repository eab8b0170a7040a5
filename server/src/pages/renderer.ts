/** A page that a visitor of whom nothing is known wants to see. */
export interface RenderRequest {
  /** Path and search part of its address. */
  location: string;
  /** The origin at which people reach the portal, such as `https://films.example`. */
  origin: string;
  language: string;
}

export interface RenderedPage {
  /** 200, or 404 where there is nothing at the address. */
  status: number;
  html: string;
  /** Digests of its style elements, as a content security policy names them. */
  styles: readonly string[];
  /** True where others may be shown it, too. */
  isShared: boolean;
}

/** Asks the API: the body of a request and of its answer, both JSON. */
export type Execute = (body: string) => Promise<string>;

/** The portal's own renderer, as its build exports it: known by its path alone. */
export interface RendererModule {
  /** Opens it over the folder of the built portal. */
  openRenderer(portalDir: string): (request: RenderRequest, execute: Execute) => Promise<RenderedPage>;
  /** Languages that it speaks; the first one where none fits. */
  languages: readonly string[];
  addresses: PortalAddresses;
}

/** Addresses of the portal's pages, of which those with a `:parameter` stand for one of each movie and genre. */
export interface PortalAddresses {
  fixed: readonly string[];
  movie: string;
  genre: string;
  /** Begins of addresses that are for people, not for search engines. */
  closed: readonly string[];
}

/** Facts about the portal that its renderer tells. */
export type PortalFacts = Pick<RendererModule, 'languages' | 'addresses'>;

/** A rendered page as it is sent. */
export interface PageBytes {
  status: number;
  html: Uint8Array;
  /** The same, compressed. */
  brotli: Uint8Array;
  etag: string;
  styles: readonly string[];
  isShared: boolean;
}
