import type { ReactNode } from 'react'

/** A view of the gallery. */
export interface GalleryPage {
  readonly draw: () => ReactNode
  /** Brings the view into the state that it shows, as a person would. */
  readonly act?: () => Promise<void>
}

/** Files of the folder `pages` export this under the name `PAGES`; keys are what `?page=` names. */
export type GalleryPages = Readonly<Record<string, GalleryPage>>

const PATIENCE_MS = 10_000

/** Waits for an element. @throws Error when it does not come */
export async function appeared<T extends Element = HTMLElement>(selector: string, text?: RegExp): Promise<T> {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    const found = [...document.querySelectorAll<T>(selector)].find(
      (element) => text === undefined || text.test(element.getAttribute('aria-label') ?? element.textContent ?? ''),
    )
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error(`Nothing matches ${selector} ${text ?? ''}`)
}

/** Clicks an element once it is there. */
export async function press(selector: string, text?: RegExp): Promise<void> {
  const element = await appeared<HTMLElement>(selector, text)
  element.click()
}
