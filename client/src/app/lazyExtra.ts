import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** A part of the page whose code comes later, and without which the page does: where that cannot be fetched, nothing is in its place. */
export const lazyExtra = <Props>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): LazyExoticComponent<ComponentType<Props>> =>
  lazy(() => load().catch((): { default: ComponentType<Props> } => ({ default: () => null })));
