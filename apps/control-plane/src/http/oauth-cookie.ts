import { createHmac, timingSafeEqual } from 'node:crypto'
import { readCookie } from '@inlay/platform/identity'

/** Longer than an authorization may take. */
const LIFE_SECONDS = 1800
const SECRET = /^[\w-]{43}$/

/**
 * The cookie that binds one authorization to one browser. Over https its prefix binds it to this very host and to
 * encryption; for development on http the name goes without. `Lax`: it comes along when the service sends people back, and
 * not with a form that another site sends.
 */
export function browserCookie(baseUrl: string, id: string) {
  const isSecure = baseUrl.startsWith('https:')
  const name = `${isSecure ? '__Host-' : ''}oauth_${id}`
  return {
    read: (header: string | undefined): string | undefined => {
      const value = readCookie(header, name)
      return value !== undefined && SECRET.test(value) ? value : undefined
    },
    text: (secret: string): string =>
      `${name}=${secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${LIFE_SECONDS}${isSecure ? '; Secure' : ''}`,
  }
}

/** Goes into the form that a browser is shown; only who has its cookie can make it. */
export function csrfOf(secret: string, id: string): string {
  return createHmac('sha256', secret).update(`inlay oauth confirm ${id}`).digest('base64url')
}

/** Whether a form was shown to the browser with this cookie. */
export function isCsrfOf(given: string, secret: string, id: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(csrfOf(secret, id))]
  return a.length === b.length && timingSafeEqual(a, b)
}
