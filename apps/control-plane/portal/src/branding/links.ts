import type { Brand } from './brand.js'

/** Whether a text is an address that people can be sent to. */
export function isLink(text: string): boolean {
  return URL.canParse(text) && /^(https?|mailto):$/.test(new URL(text).protocol)
}

/** Whether all links of a brand can be kept. */
export function hasGoodLinks({ supportUrl, termsUrl, privacyUrl }: Brand): boolean {
  return [supportUrl, termsUrl, privacyUrl].every((link) => link === null || isLink(link))
}
