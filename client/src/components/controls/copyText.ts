/** Puts a text on the clipboard. @returns false where the browser does not allow it: beyond https and this machine there is no clipboard */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
