/**
 * Mends what GraphiQL leaves undone for readers of the screen, also in what it renders later; returns the way to stop.
 *
 * Its tabs hold buttons, which a tab must not: they become a list of buttons, of which one is current.
 */
export function mendAccess(root: HTMLElement): () => void {
  const observer = new MutationObserver(() => mend(root));
  observer.observe(root, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['aria-selected', 'role'],
  });
  mend(root);
  return () => observer.disconnect();
}

function mend(root: HTMLElement): void {
  for (const list of root.querySelectorAll('[role="tablist"]')) {
    list.removeAttribute('role');
    list.setAttribute('aria-label', 'Operations');
  }
  for (const panel of root.querySelectorAll('[role="tabpanel"]')) panel.setAttribute('role', 'group');
  for (const tab of root.querySelectorAll('[role="tab"], [aria-selected].graphiql-tab')) {
    const isCurrent = tab.getAttribute('aria-selected') === 'true';
    tab.removeAttribute('role');
    tab.removeAttribute('aria-selected');
    tab.querySelector('button')?.setAttribute('aria-current', String(isCurrent));
  }
}
