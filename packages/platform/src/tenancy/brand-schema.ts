import { z } from 'zod'

/** Logos travel inside of answers and pages, in characters of a `data:` address. */
const MAX_LOGO_CHARACTERS = 90_000
const MAX_TEXTS = 2_000
const MAX_TEXT_CHARACTERS = 1_000

/**
 * A value of a CSS custom property. What could end the declaration, or fetch something from elsewhere, is refused: brands
 * are shown under content policies that forbid it, and in other people's pages.
 */
const cssValue = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .refine(
    (value) => !/[;{}<>\\]|url\s*\(|image(-set)?\s*\(|@import|expression\s*\(/i.test(value),
    'must be a plain CSS value, without ; { } or url()',
  )

/** By token name, as in the widget's `appearance.tokens`; names that a widget does not know have no effect. */
const tokens = z.record(z.string().regex(/^[a-z][A-Za-z]{1,40}$/, 'must be the name of a design token'), cssValue)

const logo = z
  .string()
  .max(MAX_LOGO_CHARACTERS, 'must be at most 64 kB')
  .regex(
    /^data:image\/(svg\+xml|png|webp|jpeg|gif|x-icon);base64,[A-Za-z0-9+/]+=*$/,
    'must be an image as a base64 data: address (SVG, PNG, WebP, JPEG, GIF or ICO)',
  )
  .nullable()

const link = z
  .url({ protocol: /^(https?|mailto)$/ })
  .max(500)
  .nullable()

const message = z.union([
  z.string().max(MAX_TEXT_CHARACTERS),
  z
    .partialRecord(z.enum(['zero', 'one', 'two', 'few', 'many', 'other']), z.string().max(MAX_TEXT_CHARACTERS))
    .refine(({ other }) => other !== undefined, 'needs the form "other"'),
])

const texts = z
  .record(z.string().regex(/^[a-zA-Z][\w.]{1,80}$/, 'must be the key of a text'), message)
  .refine((each) => Object.keys(each).length <= MAX_TEXTS, `must be at most ${MAX_TEXTS} texts`)

/** How a tenant looks and speaks. Everything is optional: what is left out is neutral. */
export const brandSchema = z.strictObject({
  /** What the product is called in texts, titles and mails. @default the tenant's name */
  productName: z.string().trim().min(1).max(64).nullable().default(null),
  logo: logo.default(null),
  logoDark: logo.default(null),
  favicon: logo.default(null),
  /** Where people get help, and what they have agreed to. */
  supportUrl: link.default(null),
  termsUrl: link.default(null),
  privacyUrl: link.default(null),
  appearance: z
    .strictObject({
      colorScheme: z.enum(['light', 'dark', 'auto', 'inherit']).optional(),
      tokens: tokens.optional(),
      dark: tokens.optional(),
      density: z.enum(['comfortable', 'compact']).optional(),
      canvas: z.strictObject({ background: z.enum(['dots', 'lines', 'none']).optional() }).optional(),
    })
    .default({}),
  /** Own words for single texts, by language (BCP 47) and key. */
  texts: z
    .record(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language such as de or pt-BR'), texts)
    .default({}),
})
export type Brand = z.output<typeof brandSchema>

/** A brand of which nothing is set. */
export const NEUTRAL_BRAND: Brand = brandSchema.parse({})
