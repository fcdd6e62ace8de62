import { expect } from 'vitest'
import { picture } from '../harness/browser.js'
import { recordFigure } from '../harness/figures.js'
import { type Stage, WAIT_MS } from './stage.js'

/** The widget in another language and in the dark, by one option each. */
export async function speakAndDarken(stage: Stage): Promise<void> {
  const language = { locale: 'de' }
  const scheme = { appearance: { colorScheme: 'dark' } }
  const { page, widget } = await stage.openWidget({ options: { ...language, ...scheme } })
  await widget.getByRole('heading', { name: 'Automationen', level: 1 }).waitFor({ timeout: WAIT_MS })
  const background = await widget.locator('[data-inlay-part="root"]').evaluate((root) => {
    const numbers =
      getComputedStyle(root)
        .backgroundColor.match(/[\d.]+/g)
        ?.map(Number) ?? []
    return numbers.slice(0, 3)
  })
  await picture(page, 'first-hour-dark')
  expect(await widget.locator('[data-inlay-part="root"]').getAttribute('lang')).toBe('de')
  expect(background.length).toBe(3)
  await page.close()
  recordFigure(16, { languageProps: Object.keys(language).length, schemeProps: Object.keys(scheme).length })
}
