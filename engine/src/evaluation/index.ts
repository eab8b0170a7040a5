export * from './beyondAccuracy.ts';
export * from './blend.ts';
export * from './bootstrap.ts';
export * from './calibration.ts';
export * from './evaluate.ts';
export * from './metrics.ts';
export * from './negatives.ts';
export * from './splits.ts';
