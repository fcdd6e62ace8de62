import { useMemo } from 'react'
import type { Brand } from '../data/api-types.js'
import type { PartialMessages } from '../messages/messages.js'
import { brandTexts } from './brand.js'
import { browserLocale } from './browser-locale.js'
import type { InlayThemeProps } from './InlayTheme.js'
import { mergeAppearance } from './merge-appearance.js'
import type { Appearance } from './tokens.js'

/** What a host asks for in code; it wins over the brand that is kept in the control plane. */
export interface ThemeSettings {
  readonly appearance?: Appearance
  readonly locale?: string
  readonly messages?: PartialMessages
}

/** The look and words of a tenant's brand with a host's own over them. @param brand undefined until it is known */
export function useBrandedTheme(
  { appearance, locale = browserLocale(), messages }: ThemeSettings,
  brand: Brand | undefined,
): Pick<InlayThemeProps, 'appearance' | 'locale' | 'messages'> {
  return useMemo(
    () => ({
      appearance: mergeAppearance(brand?.appearance ?? {}, appearance ?? {}),
      messages: { ...(brand === undefined ? {} : brandTexts(brand, locale)), ...messages },
      locale,
    }),
    [appearance, locale, messages, brand],
  )
}
