/** The API's limits that the portal keeps to, so that no request is refused for them. */

/** Of one page of a connection. */
export const MAX_PAGE_SIZE = 100;
/** Movies and users are numbered from 1 on. */
export const MAX_ID = 2 ** 31 - 1;

/** In characters. */
export const MAX_NAME_LENGTH = 100;
export const MAX_EMAIL_LENGTH = 254;
export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 128;
