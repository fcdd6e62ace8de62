/** Keeps credentials out of what is recorded and logged of a connector, whatever its author or its service wrote there. */
import type { AuthValues, Connector } from '../contracts/connector.js'
import { StepError } from '../contracts/errors.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../contracts/json.js'
import { type Cleaner, recordFailure, shortText } from '../run/error-record.js'
import { authMethodOf } from '../service/sign-request.js'
import { writtenForms } from './written-forms.js'

/** Shorter ones would be found in ordinary words. */
const MIN_LENGTH = 6
/** Outputs are data, and shorter ones may be ordinary words of it; what services give out as keys is longer. */
const MIN_LENGTH_IN_OUTPUTS = 16
const REPLACEMENT = '[redacted]'
const MAX_STACK = 4_000

/** Replaces secrets in texts and data. */
export class Redactor implements Cleaner {
  private readonly opened: AuthValues[] = []
  private readonly swapped: JsonObject[] = []
  private known: readonly string[] | undefined
  private knownInOutputs: readonly string[] | undefined

  constructor(private readonly connector: Connector) {}

  /** Learns what is secret of credentials that were opened. */
  learn(auth: AuthValues): void {
    this.opened.push(auth)
    this.known = undefined
    this.knownInOutputs = undefined
  }

  /** Learns what credentials were swapped for: all of it is secret. */
  learnSession(values: JsonObject): void {
    if (this.swapped.includes(values)) return
    this.swapped.push(values)
    this.known = undefined
    this.knownInOutputs = undefined
  }

  /** Longest first, since one may be part of another. Worked out when something goes wrong, which is seldom. */
  private get secrets(): readonly string[] {
    this.known ??= this.formsOf(MIN_LENGTH)
    return this.known
  }

  private formsOf(minLength: number): readonly string[] {
    const opened = this.opened.flatMap((auth) => secretsOf(this.connector, auth))
    return [...new Set([...opened, ...this.swapped.flatMap(textsIn)])]
      .filter(({ length }) => length >= minLength)
      .flatMap((secret) => writtenForms(secret, MIN_LENGTH))
      .sort((a, b) => b.length - a.length)
  }

  /** The text with no secret in it. */
  text(text: string): string {
    return replaceIn(text, this.secrets)
  }

  /** An output with no long secret in it: services repeat what they are sent, and run histories are read by many. */
  output(value: JsonValue): JsonValue {
    this.knownInOutputs ??= this.formsOf(MIN_LENGTH_IN_OUTPUTS)
    const secrets = this.knownInOutputs
    return mentions(value, secrets) ? replaceIn(value, secrets) : value
  }

  /** The data with no secret in it, names of fields included. */
  json(value: JsonValue): JsonValue {
    return replaceIn(value, this.secrets)
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

function mentions(value: JsonValue, secrets: readonly string[]): boolean {
  if (secrets.length === 0) return false
  if (typeof value === 'string') return secrets.some((secret) => value.includes(secret))
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some((item) => mentions(item, secrets))
  return Object.entries(value).some(([key, child]) => mentions(key, secrets) || mentions(child, secrets))
}

function replaceIn(value: string, secrets: readonly string[]): string
function replaceIn(value: JsonValue, secrets: readonly string[]): JsonValue
function replaceIn(value: JsonValue, secrets: readonly string[]): JsonValue {
  if (secrets.length === 0) return value
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, REPLACEMENT), value)
  if (Array.isArray(value)) return value.map((item) => replaceIn(item, secrets))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [replaceIn(key, secrets), replaceIn(child, secrets)]),
  )
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
