/** The workspaces that the production files of each workspace may import: the arrows of docs/architecture.md. */
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
 * The folders of its own workspace's `src` that each folder may import, one level down; `.` stands for the files of `src` itself, which
 * are composition roots and may import all. A workspace that is not listed has no rules of this kind.
 */
export const FOLDERS = {
  runtime: {},
  formats: { rows: [], values: [], formats: ['rows'], reading: ['rows', 'values', 'formats'] },
  schema: { graphql: [], database: [] },
  engine: {
    random: [],
    data: [],
    kernels: [],
    search: ['kernels'],
    sparse: ['data', 'search'],
    linearAlgebra: ['kernels'],
    models: ['data', 'random', 'kernels', 'search', 'sparse', 'linearAlgebra'],
    features: ['data', 'sparse', 'models'],
    newItems: ['data', 'sparse', 'features'],
    serving: ['data', 'kernels', 'search', 'sparse', 'models', 'features'],
    evaluation: ['data', 'random', 'features', 'serving'],
  },
  model: {
    artifact: [],
    savedModel: [],
    redis: ['artifact'],
    publication: ['artifact', 'redis'],
    serving: ['artifact'],
  },
  seeds: {
    backup: [],
    sample: [],
    sources: ['sample'],
    ratings: [],
    dataset: ['ratings'],
    database: ['dataset', 'ratings'],
  },
  trainer: {
    processes: [],
    data: ['processes'],
    tfjs: [],
    savedModel: [],
    pipeline: ['processes', 'data', 'tfjs', 'savedModel'],
    report: ['data', 'pipeline'],
    commands: ['data', 'savedModel', 'pipeline', 'report'],
  },
  server: {
    timing: [],
    database: ['timing'],
    arguments: ['database'],
    loaders: ['database'],
    genres: ['database'],
    catalogue: ['genres', 'database', 'arguments'],
    model: ['catalogue'],
    users: ['loaders', 'genres', 'database', 'arguments'],
    movies: ['model', 'catalogue', 'loaders', 'database', 'arguments'],
    counters: [],
    accounts: ['counters', 'loaders', 'database', 'arguments', 'timing'],
    ratings: ['accounts', 'catalogue', 'loaders', 'database', 'arguments', 'timing'],
    lists: ['model', 'catalogue', 'loaders', 'arguments', 'timing'],
    rankers: [],
    vectorStores: [],
    graphql: [
      'lists',
      'ratings',
      'accounts',
      'movies',
      'users',
      'model',
      'catalogue',
      'genres',
      'loaders',
      'arguments',
      'timing',
    ],
    api: ['graphql', 'loaders', 'timing'],
    threads: ['api', 'catalogue', 'model'],
    http: ['api', 'graphql', 'model', 'timing'],
    doctor: ['accounts'],
    // A process of its own: nothing imports it.
    modelServer: ['http', 'rankers'],
  },
  client: {
    gql: [],
    state: [],
    styles: [],
    posters: [],
    playground: [],
    api: [],
    search: ['gql'],
    routing: ['api'],
    components: ['gql', 'api', 'routing', 'posters'],
    session: ['gql', 'state', 'routing', 'components'],
    taste: ['gql', 'state', 'search', 'components'],
    pages: ['gql', 'api', 'routing', 'components', 'session', 'taste'],
    app: ['gql', 'routing', 'search', 'components', 'session', 'taste', 'pages'],
    gallery: ['components', 'styles'],
  },
};
