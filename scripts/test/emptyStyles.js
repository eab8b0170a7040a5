/** Stands for every style sheet in unit tests: each class is its own name. */
export default new Proxy({}, { get: (_target, name) => String(name) });
