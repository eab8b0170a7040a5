export * from './evaluation/index.ts';
export * from './idMap.ts';
export * from './interactions.ts';
export * from './mt19937.ts';
export * from './random.ts';
