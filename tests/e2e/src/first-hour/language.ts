import { expect } from 'vitest'
import { picture } from '../harness/browser.js'
import { recordFigure } from '../harness/figures.js'
import type { Stage } from './stage.js'

/** The widget in another language and in the dark, by one option each. */
export async function speakAndDarken(stage: Stage): Promise<void> {
  const language = { locale: 'de' }
  const scheme = { appearance: { colorScheme: 'dark' } }
  const { page, widget } = await stage.openWidget({ options: { ...language, ...scheme } })
  const heading = widget.getByRole('heading', { level: 1 })
  await heading.waitFor()
  // Texts may be translated in another way one day; they will not be English.
  expect(await heading.textContent()).not.toBe('Automations')
  await picture(page, 'first-hour-dark')
  const root = widget.locator('[data-inlay-part="root"]')
  expect(await root.getAttribute('lang')).toBe('de')
  expect(await root.evaluate((element) => getComputedStyle(element).colorScheme)).toBe('dark')
  await page.close()
  recordFigure(16, { languageProps: Object.keys(language).length, schemeProps: Object.keys(scheme).length })
}
