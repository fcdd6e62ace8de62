import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { formatMessage } from '../messages/format.js'
import { LOCALES, translationOf } from '../messages/locales.js'
import { ENGLISH, type MessageKey } from '../messages/messages.js'
import type { Texts } from '../messages/useTexts.js'
import { type ApiProblem, problemText, readProblem } from './api-error.js'
import { problemKey } from './problem-words.js'

/** Made of the list of codes; a test of the platform holds it against the source. */
const ERRORS = readFileSync(fileURLToPath(new URL('../../../../docs/errors.md', import.meta.url)), 'utf8')
const CODES = [...ERRORS.matchAll(/^### ([\w.]+)$/gm)].map(([, code = '']) => code)

/** Codes that nobody meets in a widget, by the reason for it. A name that ends with a dot stands for all that begin so. */
const NEVER_SEEN: Readonly<Record<string, readonly string[]>> = {
  'Widgets send JSON to addresses that exist, and each call once.': [
    ...['request.media_type', 'method_not_supported', 'idempotency.mismatch', 'idempotency.unreadable'],
    'journal.invalid_deduplication_key',
  ],
  'It is about members, who sign in to the portal.': [
    ...['auth.cross_site', 'auth.invalid_credentials', 'auth.too_many_attempts', 'member.not_found'],
  ],
  'It is about settings of a tenant, which embed sessions have no permission for.': [
    ...['api_key.', 'signing_key.', 'tenant.slug_taken', 'customer.exists', 'key.', 'webhook_endpoint.'],
    ...['webhook_delivery.', 'tenant_connector.', 'openapi.', 'marketplace.', 'app_events.'],
    ...['connector.no_app_events', 'oauth.operators_app', 'oauth.client_not_found', 'workflow.upgrade_breaks'],
    ...['domain.not_found', 'domain.invalid', 'domain.exists', 'domain.too_many', 'domain.taken'],
  ],
  'Programs meet it: senders of webhooks, who answers links and callbacks, callers of the proxy, agents.': [
    ...['hook.', 'run.failed', 'link.not_found', 'callback.already_answered', 'proxy.', 'mcp.'],
  ],
  'The host meets it when it sets the engine or a connector up.': [
    ...['engine.', 'governor.', 'code.bad_option', 'egress.', 'remote.not_servable'],
  ],
}

const NEVER = Object.values(NEVER_SEEN).flat()

function isNeverSeen(code: string): boolean {
  return NEVER.some((name) => name === code || (name.endsWith('.') && code.startsWith(name)))
}

function refusal(code: string): ApiProblem {
  return readProblem({ code, status: 422, title: 'Words of the server.', detail: 'More of them.' })
}

async function textsIn(locale: (typeof LOCALES)[number]): Promise<Texts> {
  const messages = { ...ENGLISH, ...(await translationOf(locale)) }
  return (key: MessageKey, values = {}) => formatMessage(messages[key], values, locale)
}

/** Codes whose words end with those of a service. */
const QUOTING = /^(step\.|connection\.test_failed$|oauth\.service_error$)/

describe('the codes of the API', () => {
  it('all have words, or a reason why nobody reads any', () => {
    // Whoever adds a code adds words (messages/problem-messages.ts, or problem-words.ts), or says here why there are none.
    expect(CODES.filter((code) => (problemKey(code) !== undefined) === isNeverSeen(code))).toEqual([])
    expect(CODES.length).toBeGreaterThan(150)
    expect(NEVER.filter((name) => !CODES.some((code) => code === name || code.startsWith(name)))).toEqual([])
  })

  it.each(LOCALES)('are said in %s without a word of the server, except where a service is quoted', async (locale) => {
    const t = await textsIn(locale)
    const english = await textsIn('en')
    for (const code of CODES.filter((each) => !isNeverSeen(each))) {
      const said = problemText(refusal(code), t)
      expect([code, said.includes('Words of the server') || said.includes('More of them')]).toEqual([
        code,
        QUOTING.test(code),
      ])
      expect([code, said]).not.toEqual([code, expect.stringMatching(/\{\w+\}|\uE000|undefined/)])
      if (locale !== 'en') expect([code, said]).not.toEqual([code, problemText(refusal(code), english)])
    }
  })

  it('that are not known yet are named in a sentence that anybody can read', async () => {
    for (const locale of LOCALES) {
      const said = problemText(refusal('thing.new'), await textsIn(locale))
      expect(said).toContain('thing.new')
      expect(said).not.toContain('Words of the server')
    }
  })
})
