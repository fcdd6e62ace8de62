/** How a tenant's brand looks on pages of plain HTML. */
import type { Brand } from '@inlay/platform/tenancy'

/** Of a brand, what such a page wears. */
export type PageBrand = Pick<Brand, 'logo' | 'logoDark' | 'appearance'>

/** Design tokens that the pages have a place for, and what they are called there. */
const VARIABLES: Readonly<Record<string, string>> = {
  colorPrimary: '--main',
  colorOnPrimary: '--on-main',
  colorBackground: '--background',
  colorText: '--text',
  fontFamily: '--font',
  radiusControl: '--radius',
}

/** CSS that puts a brand's values in place of the neutral ones; empty for no brand. Values were checked when they were saved. */
export function brandStyle(brand: PageBrand | undefined): string {
  const { tokens = {}, dark = {}, colorScheme = 'auto' } = brand?.appearance ?? {}
  const light = declarations(tokens)
  // What is left empty in the dark is as in the light.
  const inTheDark = declarations(dark)
  if (colorScheme === 'dark') return rule(`color-scheme:dark;${light}${inTheDark}`)
  if (colorScheme === 'light') return rule(`color-scheme:light;${light}`)
  return `${rule(light)}${inTheDark === '' ? '' : `@media (prefers-color-scheme:dark){${rule(inTheDark)}}`}`
}

function declarations(tokens: Readonly<Record<string, string>>): string {
  return Object.entries(VARIABLES)
    .filter(([token]) => tokens[token] !== undefined)
    .map(([token, variable]) => `${variable}:${tokens[token]};`)
    .join('')
}

function rule(body: string): string {
  return body === '' ? '' : `:root{${body}}`
}
