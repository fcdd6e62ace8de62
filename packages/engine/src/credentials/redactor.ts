/** Keeps credentials out of what is recorded and logged of a connector's failures, whatever its author wrote there. */
import type { AuthValues, Connector } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.js'
import { type Cleaner, recordFailure, shortText } from '../run/error-record.js'
import { authMethodOf } from '../service/sign-request.js'
import { writtenForms } from './written-forms.js'

/** Shorter ones would be found in ordinary words. */
const MIN_LENGTH = 6
const REPLACEMENT = '[redacted]'
const MAX_STACK = 4_000

/** Replaces secrets in texts and data. */
export class Redactor implements Cleaner {
  private readonly opened: AuthValues[] = []
  private known: readonly string[] | undefined

  constructor(private readonly connector: Connector) {}

  /** Learns what is secret of credentials that were opened. */
  learn(auth: AuthValues): void {
    this.opened.push(auth)
    this.known = undefined
  }

  /** Longest first, since one may be part of another. Worked out when something goes wrong, which is seldom. */
  private get secrets(): readonly string[] {
    this.known ??= [...new Set(this.opened.flatMap((auth) => secretsOf(this.connector, auth)))]
      .flatMap((secret) => writtenForms(secret, MIN_LENGTH))
      .sort((a, b) => b.length - a.length)
    return this.known
  }

  /** The text with no secret in it. */
  text(text: string): string {
    let clean = text
    for (const secret of this.secrets) clean = clean.replaceAll(secret, REPLACEMENT)
    return clean
  }

  /** The data with no secret in it, names of fields included. */
  json(value: JsonValue): JsonValue {
    if (this.secrets.length === 0) return value
    if (typeof value === 'string') return this.text(value)
    if (Array.isArray(value)) return value.map((item) => this.json(item))
    if (!isJsonObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [this.text(key), this.json(child)]))
  }

  /** What a connector threw as an error that can be read without harm, and that no secret is in. */
  failure(thrown: unknown): Error {
    const failure = recordFailure(thrown, undefined, this)
    if ('unexpected' in failure) return this.unexpected(thrown)
    const { kind, title, ...options } = failure.error
    return new StepError(kind, title, options)
  }

  /** Whoever looks for the mistake needs to know where it was made. */
  private unexpected(thrown: unknown): Error {
    const copy = new Error(shortText(thrown, this))
    const stack = stackOf(thrown)
    if (stack !== undefined) copy.stack = this.text(stack).slice(0, MAX_STACK)
    return copy
  }
}

function stackOf(thrown: unknown): string | undefined {
  try {
    return thrown instanceof Error && typeof thrown.stack === 'string' ? thrown.stack : undefined
  } catch {
    return undefined
  }
}

function secretsOf(connector: Connector, auth: AuthValues): readonly string[] {
  const method = authMethodOf(connector, auth)
  // Fields of a method that is gone may all be secret.
  const secretFields = method === undefined ? Object.keys(auth.fields) : (method.secretFields ?? [])
  return [...ownSecrets(auth), ...textsIn(secretFields.map((name) => auth.fields[name] ?? null))]
}

function ownSecrets(auth: AuthValues): readonly string[] {
  switch (auth.kind) {
    case 'none':
    case 'custom':
      return []
    case 'apiKey':
      return [auth.apiKey]
    case 'bearer':
      return [auth.token]
    case 'oauth2':
      return [auth.accessToken]
    case 'basic':
      // Services that know keys only take them as the user's name, without a password.
      return [auth.password === '' ? auth.username : auth.password]
  }
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value as JsonObject).flatMap(textsIn)
}
