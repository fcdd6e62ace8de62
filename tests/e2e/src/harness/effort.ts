import type { Page } from 'playwright-core'

/** What a person has done on a page and its frames. */
export interface Effort {
  clicks: number
  keys: number
}

/**
 * Counts clicks and keys where they arrive, whatever a story says that it does. A button that is pressed by a key gets a
 * click as well, which is none of the mouse. Call before the page goes anywhere.
 */
export async function countEffort(page: Page): Promise<Effort> {
  const effort: Effort = { clicks: 0, keys: 0 }
  await page.exposeFunction('noteEffort', (what: keyof Effort) => {
    effort[what]++
  })
  await page.addInitScript(() => {
    const note = (what: string) => (event: UIEvent) => {
      const isByKey = event instanceof MouseEvent && event.detail === 0
      if (event.isTrusted && !isByKey) Reflect.get(window, 'noteEffort')(what)
    }
    addEventListener('click', note('clicks'), { capture: true })
    addEventListener('keydown', note('keys'), { capture: true })
  })
  return effort
}
