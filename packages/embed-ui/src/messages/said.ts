/** Stands for the words of others while a text is made, and is in no text itself. */
export const SAID = '\uE000'

/** What stands before and after `SAID`; `after` is undefined when a text has no place for it. */
export function aroundSaid(text: string): { readonly before: string; readonly after: string | undefined } {
  const [before = '', after] = text.split(SAID)
  return { before, after }
}
