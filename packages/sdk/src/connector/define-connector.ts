import { type AuthMethod, CONNECTOR_CATEGORIES, type Connector, UserError } from '@inlay/engine'
import { z } from 'zod'
import { apiProblems, authProblems, memberProblems } from './definition-problems.js'

type Optional<T, Key extends keyof T> = Omit<T, Key> & Partial<Pick<T, Key>>

/** A way to connect an account as its author writes it. */
export type AuthDefinition = AuthMethod extends infer Method
  ? Method extends AuthMethod
    ? Optional<Method, 'id' | 'name'>
    : never
  : never

/** A connector as its author writes it. */
export interface ConnectorDefinition
  extends Optional<Omit<Connector, 'auth' | 'connection'>, 'actions' | 'triggers' | 'categories'> {
  /** One way to connect an account, several (the usual one first), or `{ kind: 'none' }`. */
  readonly auth: AuthDefinition | readonly AuthDefinition[] | { readonly kind: 'none' }
  /** Whether actions may run without a connection. @default false */
  readonly connectionOptional?: boolean
}

const METHOD_NAMES: Readonly<Record<AuthMethod['kind'], string>> = {
  apiKey: 'API key',
  bearer: 'Access token',
  basic: 'User name and password',
  oauth2: 'Sign in',
  custom: 'Credentials',
}

const definitionSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,49}$/, 'must be small letters, digits and dashes, such as "google-drive"'),
  version: z.string().regex(/^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/, 'must be a semantic version such as "1.0.0"'),
  name: z.string().min(1, 'must not be empty'),
  description: z.string().min(1, 'must not be empty'),
  icon: z.string().startsWith('<svg', 'must be an inline SVG document').optional(),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/, 'must be a colour such as "#2f6fed"')
    .optional(),
  categories: z.array(z.enum(CONNECTOR_CATEGORIES)).optional(),
})

/**
 * Checks a connector and completes it.
 *
 * @throws UserError `connector.invalid` that lists everything wrong with the definition
 * @example
 * export const connector = defineConnector({
 *   id: 'acme', version: '1.0.0', name: 'Acme', description: 'Orders of Acme.',
 *   auth: { kind: 'bearer' },
 *   api: { baseUrl: 'https://api.acme.example' },
 *   actions: { createOrder },
 * })
 */
export function defineConnector(definition: ConnectorDefinition): Connector {
  const { auth: _auth, connectionOptional = false, ...described } = definition
  const auth = completeAuth(definition.auth)
  const connector: Connector = {
    actions: {},
    triggers: {},
    categories: [],
    ...described,
    auth,
    connection: auth.length === 0 ? 'none' : connectionOptional ? 'optional' : 'required',
  }
  const parsed = definitionSchema.safeParse(definition)
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)),
    ...memberProblems(connector),
    ...apiProblems(connector),
    ...authProblems(connector),
  ]
  if (problems.length === 0) return connector
  const title = `The connector "${definition.id}" is not valid: ${problems.join('; ')}.`
  throw new UserError('invalid', 'connector.invalid', title)
}

function completeAuth(given: ConnectorDefinition['auth']): AuthMethod[] {
  const methods = Array.isArray(given) ? given : [given]
  return methods
    .filter((method): method is AuthDefinition => method.kind !== 'none')
    .map((method) => ({ id: method.kind, name: METHOD_NAMES[method.kind], ...method }))
}
