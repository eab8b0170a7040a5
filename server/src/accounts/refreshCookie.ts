import type { OpenSession } from './sessions.ts';

const NAME = 'pocketrocket-refresh';
/** The API alone gets it. */
const PATH = '/graphql';

/** The headers that say where a request comes from. */
interface HeaderReader {
  get(name: string): string | undefined;
}

/** The refresh token of a browser, in a cookie that no script of a page can read. */
export class RefreshCookie {
  /** The `set-cookie` header of the answer; null where the cookie stays as it is. */
  header: string | null = null;
  readonly token: string | null;
  readonly #isSecure: boolean;

  private constructor(token: string | null, isSecure: boolean) {
    this.token = token;
    this.#isSecure = isSecure;
  }

  /**
   * The cookie of a request that a page of this very origin sent, whether there is one already or not; undefined for every other
   * request. Browsers tell a page's origin with every POST, and no page can change what they tell.
   */
  static of(headers: HeaderReader): RefreshCookie | undefined {
    const origin = headers.get('origin');
    if (origin === undefined || !URL.canParse(origin)) return undefined;
    const { host, protocol } = new URL(origin);
    if (host !== headers.get('host')) return undefined;
    const token = new RegExp(`(?:^|;\\s*)${NAME}=([\\w-]+)`).exec(headers.get('cookie') ?? '')?.[1];
    return new RefreshCookie(token ?? null, protocol === 'https:');
  }

  carry({ refreshToken, refreshExpiresAt }: OpenSession): void {
    this.#set(refreshToken, refreshExpiresAt);
  }

  clear(): void {
    this.#set('', new Date(0));
  }

  #set(value: string, expires: Date): void {
    const secure = this.#isSecure ? '; Secure' : '';
    this.header = `${NAME}=${value}; Path=${PATH}; Expires=${expires.toUTCString()}; HttpOnly; SameSite=Strict${secure}`;
  }
}
