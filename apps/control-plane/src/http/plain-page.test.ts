import { describe, expect, it } from 'vitest'
import type { PageBrand } from './page-brand.js'
import { fromLine } from './plain-page.js'

const LIGHT = 'data:image/png;base64,bGlnaHQ='
const DARK = 'data:image/png;base64,ZGFyaw=='

describe('whose page it is', () => {
  const shown = (colorScheme: PageBrand['appearance']['colorScheme'], logoDark: string | null = DARK) =>
    fromLine('Acme & Co', { logo: LIGHT, logoDark, appearance: { colorScheme } })

  it('is told by the logo for the scheme that the page has, which a brand may fix', () => {
    expect(shown('auto')).toContain(`<source media="(prefers-color-scheme: dark)" srcset="${DARK}">`)
    expect([shown('light').includes(LIGHT), shown('light').includes(DARK)]).toEqual([true, false])
    expect([shown('dark').includes(LIGHT), shown('dark').includes(DARK)]).toEqual([false, true])
    expect(shown('dark', null)).toContain(LIGHT)
  })

  it('is told by the name where there is no logo', () => {
    const brand = { logo: null, logoDark: null, appearance: {} }
    expect(fromLine('Acme & Co', brand)).toBe('<p class="from">Acme &amp; Co</p>')
  })
})
