/** A page of a list, as connections have it. */
export interface Page<Node> {
  nodes: readonly Node[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/** Loads the page after a cursor, the first one for null; null where there is no such list. */
type LoadPage<P> = (after: string | null) => Promise<P | null | undefined>;

/** A list that is read page by page, as far as it is asked for. */
export class Pages<Node, P extends Page<Node> = Page<Node>> implements AsyncIterable<Node> {
  readonly #load: LoadPage<P>;

  constructor(load: LoadPage<P>) {
    this.#load = load;
  }

  /** All entries, one after the other. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Node, void, undefined> {
    for await (const { nodes } of this.pages()) yield* nodes;
  }

  /** The pages with all that was asked of them, such as `totalCount` and `served`. */
  async *pages(): AsyncGenerator<P, void, undefined> {
    let after: string | null = null;
    for (;;) {
      const page: P | null | undefined = await this.#load(after);
      if (!page) return;
      yield page;
      const { hasNextPage, endCursor } = page.pageInfo;
      // A list that does not move on has no end.
      if (!hasNextPage || !endCursor || endCursor === after) return;
      after = endCursor;
    }
  }

  /** The first page; null where there is no such list. */
  async first(): Promise<P | null> {
    return (await this.#load(null)) ?? null;
  }

  /** The first entries, and no more pages than they need. */
  async take(count: number): Promise<Node[]> {
    const taken: Node[] = [];
    if (count <= 0) return taken;
    for await (const node of this) {
      taken.push(node);
      if (taken.length >= count) break;
    }
    return taken;
  }
}
