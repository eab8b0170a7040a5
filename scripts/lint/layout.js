/** Which workspaces the production files of each workspace may import: the arrows of docs/architecture.md. */
export const WORKSPACES = {
  runtime: [],
  formats: [],
  engine: [],
  testing: [],
  schema: ['runtime'],
  model: ['schema', 'engine', 'runtime'],
  seeds: ['schema', 'model', 'formats', 'runtime'],
  trainer: ['schema', 'engine', 'model', 'formats', 'runtime'],
  server: ['schema', 'engine', 'model', 'formats', 'runtime'],
  client: ['formats'],
  scripts: ['schema', 'engine', 'model', 'formats', 'runtime', 'testing'],
};

/** Workspaces of which only some entries may be imported. */
export const ENTRIES = {
  // A backup copies the files of published models; it knows nothing of what is in them.
  seeds: { model: ['@pocketrocket/model/artifact'] },
};

/**
 * Which folders of its own workspace's `src` each folder may import, one level down; `.` stands for the files of `src` itself, which
 * are composition roots and may import all. A workspace that is not listed has no rules of this kind.
 */
export const FOLDERS = {
  runtime: {},
  formats: {},
  schema: { graphql: [], database: [] },
  seeds: {
    backup: [],
    sample: [],
    sources: ['sample'],
    ratings: [],
    dataset: ['ratings'],
    database: ['dataset', 'ratings'],
  },
  model: { artifact: [], redis: ['artifact'], savedModel: [] },
};
