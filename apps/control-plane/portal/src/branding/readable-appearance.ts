import type { Appearance, TokenName } from '@inlay/embed-ui'
import { SCHEMES } from './brand.js'
import type { MeasuredSchemes } from './ColorProbe.js'
import { contrast, MIN_CONTRAST, readableOn, toHex } from './contrast.js'

interface ShownPair {
  readonly text: TokenName
  readonly on: TokenName
  readonly least: number
}

/** What a page that is one card with a form shows. */
const SHOWN: readonly ShownPair[] = [
  // More than WCAG asks for: the words of a refusal are paler, and on a tint.
  { text: 'colorText', on: 'colorSurfaceRaised', least: 7 },
  { text: 'colorTextMuted', on: 'colorSurfaceRaised', least: MIN_CONTRAST },
  { text: 'colorTextPlaceholder', on: 'colorSurfaceRaised', least: MIN_CONTRAST },
  { text: 'colorDanger', on: 'colorSurfaceRaised', least: MIN_CONTRAST },
  { text: 'colorOnPrimary', on: 'colorPrimary', least: MIN_CONTRAST },
  // A ring, no text.
  { text: 'colorFocus', on: 'colorSurfaceRaised', least: 3 },
]

/**
 * An appearance in which a form can be read whatever its colours are: texts that are too faint are moved towards black or
 * white until they are not. All else stays as it is.
 *
 * @param measured what the colours of the appearance come to
 */
export function readableAppearance(appearance: Appearance, measured: MeasuredSchemes): Appearance {
  const colors = { light: { ...appearance.tokens }, dark: { ...appearance.dark } }
  for (const { text, on, least } of SHOWN) {
    const found = SCHEMES.flatMap((scheme) => {
      const [color, ground] = [measured[scheme][text], measured[scheme][on]]
      return color === undefined || ground === undefined ? [] : [{ scheme, color, ground }]
    })
    if (found.every(({ color, ground }) => contrast(color, ground) >= least)) continue
    // In both schemes: what is said of one alone would count in the other, too.
    for (const { scheme, color, ground } of found) colors[scheme][text] = toHex(readableOn(color, ground, least))
  }
  return { ...appearance, tokens: colors.light, dark: colors.dark }
}
