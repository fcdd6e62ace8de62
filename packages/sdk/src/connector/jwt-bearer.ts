import { createSign, type KeyObject } from 'node:crypto'
import { type AuthSession, type HttpResponse, type SessionContext, StepError } from '@inlay/engine'
import { z } from 'zod'
import { jsonOf } from './response-error.js'
import { service } from './service.js'

/** Who vouches for whom, and where (RFC 7523, section 3). */
export interface JwtBearerGrant {
  /** As people write it; errors name it. */
  readonly service: string
  /** Where assertions are swapped for tokens; also their audience. */
  readonly tokenUrl: string
  readonly issuer: string
  readonly subject?: string | undefined
  /** Separated by spaces. */
  readonly scope: string
  /** An RSA key: assertions are signed by RS256. */
  readonly privateKey: KeyObject
  readonly keyId?: string | undefined
}

const LIFETIME_SECONDS = 3600
const tokenAnswer = z.object({ access_token: z.string(), expires_in: z.number().positive().optional() })

/**
 * Swaps a signed assertion for an access token (RFC 7523).
 *
 * @returns a session whose `values` hold `accessToken`
 * @throws StepError `authentication` when the service does not take the assertion
 */
export async function jwtBearerSession({ http, signal }: SessionContext, grant: JwtBearerGrant): Promise<AuthSession> {
  const tokens = service({ name: grant.service, refusal: (response) => refusalOf(grant.service, response) })
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: assertionOf(grant, Math.floor(Date.now() / 1000)),
  }
  const request = { method: 'POST', url: grant.tokenUrl, form, answer: tokenAnswer } as const
  const { access_token, expires_in } = await tokens.call({ http, signal }, request)
  const values = { accessToken: access_token }
  return expires_in === undefined ? { values } : { values, expiresInMs: expires_in * 1000 }
}

function assertionOf({ tokenUrl, issuer, subject, scope, privateKey, keyId }: JwtBearerGrant, now: number): string {
  const header = { alg: 'RS256', typ: 'JWT', kid: keyId }
  const claims = { iss: issuer, scope, aud: tokenUrl, iat: now, exp: now + LIFETIME_SECONDS, sub: subject }
  const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${content}.${createSign('RSA-SHA256').update(content).sign(privateKey, 'base64url')}`
}

const refused = z.object({ error_description: z.string() })

function refusalOf(name: string, response: HttpResponse): StepError | undefined {
  const { status, text } = response
  if (status !== 400 && status !== 401) return undefined
  const said = refused.safeParse(jsonOf(response)).data?.error_description ?? text.slice(0, 200)
  return new StepError('authentication', `${name} did not accept the service account`, {
    detail: said,
    data: { status },
  })
}
