const MARGIN_PX = 12;

/** Puts a popover, which is placed in the viewport, under its button: inside the viewport, above where there is no room. */
export function placeBeside(button: HTMLElement, popover: HTMLElement): void {
  const { left, top, bottom } = button.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const width = Math.min(320, clientWidth - 2 * MARGIN_PX);
  popover.style.width = `${width}px`;
  popover.style.left = `${Math.max(MARGIN_PX, Math.min(left, clientWidth - width - MARGIN_PX))}px`;
  const roomBelow = clientHeight - bottom;
  if (roomBelow > 280 || roomBelow > top) {
    popover.style.top = `${bottom + 6}px`;
    popover.style.bottom = 'auto';
  } else {
    popover.style.top = 'auto';
    popover.style.bottom = `${clientHeight - top + 6}px`;
  }
}
