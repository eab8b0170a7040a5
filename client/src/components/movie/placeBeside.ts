const MARGIN_PX = 12;

/**
 * Places a popover under its button, or above it where there is no room below; always inside the viewport. It lies in the document, so
 * that it stays with its button when the page is scrolled, and closes when a box around that is, such as a row: its button moves away
 * from it. Returns the way to stop following.
 */
export function placeBeside(button: HTMLElement, popover: HTMLElement): () => void {
  const { left, top, bottom } = button.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const width = Math.min(320, clientWidth - 2 * MARGIN_PX);
  popover.style.width = `${width}px`;
  popover.style.left = `${window.scrollX + Math.max(MARGIN_PX, Math.min(left, clientWidth - width - MARGIN_PX))}px`;
  const roomBelow = clientHeight - bottom;
  const isBelow = roomBelow > 280 || roomBelow > top;
  popover.style.top = `${window.scrollY + (isBelow ? bottom + 6 : top - 6)}px`;
  popover.style.translate = isBelow ? '' : '0 -100%';
  return closeOnInnerScroll(button, popover);
}

function closeOnInnerScroll(button: HTMLElement, popover: HTMLElement): () => void {
  const onScroll = ({ target }: Event) => {
    if (target instanceof Element && target !== document.documentElement && target.contains(button))
      popover.hidePopover();
  };
  document.addEventListener('scroll', onScroll, { capture: true, passive: true });
  return () => document.removeEventListener('scroll', onScroll, { capture: true });
}
