import type { Appearance, TokenName } from '@inlay/embed-ui'
import type { ApiClient } from '@inlay/sdk/client'

/** How the tenant looks and speaks. */
export type Brand = Awaited<ReturnType<ApiClient['branding']['get']['query']>>
/** A text in a brand's own words, by plural form when it counts something. */
export type OwnText = Brand['texts'][string][string]

/** The schemes that are designed apart. */
export const SCHEMES = ['light', 'dark'] as const
export type Scheme = (typeof SCHEMES)[number]

/** Changes a brand. */
export type ChangeBrand = (change: Partial<Brand>) => void

/** A brand of which nothing is set: what the widget looks like by itself. */
export const NO_BRAND: Brand = {
  productName: null,
  logo: null,
  logoDark: null,
  favicon: null,
  supportUrl: null,
  termsUrl: null,
  privacyUrl: null,
  appearance: {},
  texts: {},
}

/** The part of a brand that the widget's theme takes. */
export function appearanceOf(brand: Pick<Brand, 'appearance'>): Appearance {
  // The API's optional fields may also be undefined, which JSON cannot hold.
  return brand.appearance as Appearance
}

/** What a brand says of a token in a scheme; empty when nothing. */
export function tokenOf({ appearance }: Brand, name: TokenName, scheme: Scheme): string {
  return (scheme === 'light' ? appearance.tokens : appearance.dark)?.[name] ?? ''
}

/** A brand with another value of a token. @param value empty: the built-in one */
export function withToken(
  { appearance }: Brand,
  { name, scheme, value }: { readonly name: TokenName; readonly scheme: Scheme; readonly value: string },
): Partial<Brand> {
  const key = scheme === 'light' ? 'tokens' : 'dark'
  const { [name]: _before, ...others } = appearance[key] ?? {}
  const tokens = value === '' ? others : { ...others, [name]: value }
  const { [key]: _all, ...rest } = appearance
  return { appearance: Object.keys(tokens).length === 0 ? rest : { ...rest, [key]: tokens } }
}

/** A brand with own words for a text. @param text undefined: the usual ones */
export function withText(
  { texts }: Brand,
  { language, key, text }: { readonly language: string; readonly key: string; readonly text: OwnText | undefined },
): Partial<Brand> {
  const { [key]: _before, ...others } = texts[language] ?? {}
  const own = text === undefined ? others : { ...others, [key]: text }
  const { [language]: _all, ...rest } = texts
  return { texts: Object.keys(own).length === 0 ? rest : { ...rest, [language]: own } }
}

/** Whether two brands are the same. The order of keys does not count. */
export function isSameBrand(one: Brand, other: Brand): boolean {
  return canonical(one) === canonical(other)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
