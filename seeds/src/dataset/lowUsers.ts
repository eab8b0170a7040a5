const HALF_OF_BEST = 5;
const LEAST_RATINGS = 5;
const LEAST_USERS = 2;
const LEAST_SHARE = 0.1;

/** Counts users none of whose ratings is in the upper half of the scale: they may have rated on another one. Their ratings come one user after the other. */
export class LowUsers {
  #numUsers = 0;
  #numLow = 0;
  #numRatings = 0;
  #highest = 0;

  nextUser(): void {
    if (this.#numRatings >= LEAST_RATINGS) {
      this.#numUsers++;
      if (this.#highest <= HALF_OF_BEST) this.#numLow++;
    }
    this.#numRatings = 0;
    this.#highest = 0;
  }

  add(halfStars: number): void {
    this.#numRatings++;
    if (halfStars > this.#highest) this.#highest = halfStars;
  }

  /** A doubt where they are many, yet not all; else null. Ends the last user. */
  note(): string | null {
    this.nextUser();
    const isMany = this.#numLow >= LEAST_USERS && this.#numLow >= LEAST_SHARE * this.#numUsers;
    if (!isMany || this.#numLow === this.#numUsers) return null;
    return `${this.#numLow} of ${this.#numUsers} users with ${LEAST_RATINGS} ratings or more have none above 2.5 stars: did they rate on another scale than the others?`;
  }
}
