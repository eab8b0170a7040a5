/** True while the page is on view; the change to false is the last that a page is told before it goes, on phones too. */
export const isVisible = {
  get: () => !document.hidden,
  subscribe: (listener: () => void) => {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};
