import { CONNECTOR_CATEGORIES, type JsonObject, jsonObject, jsonValue, UserError } from '@inlay/engine'
import { z } from 'zod'

/** The version of the stored description. */
export const IMPORTED_CONNECTOR_SCHEMA = 'inlay/openapi-connector@1'

const id = z.string().regex(/^[a-z][a-zA-Z0-9_]{0,79}$/)
/** Keys from the outside in. */
const path = z.array(z.string())

const credentialSchema = z.strictObject({
  /** Where the value comes from: the method's own value, or a further field of the connection. */
  from: z.enum(['key', 'token', 'password', 'field']),
  field: z.string().optional(),
  in: z.enum(['header', 'query', 'cookie']),
  name: z.string(),
  prefix: z.string().optional(),
})

const fieldSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  description: z.string().optional(),
  default: z.string().optional(),
  choices: z.array(z.string()).optional(),
  /** What values look like. `host`: letters, digits, dots and dashes; `path`: also slashes; `url`: a whole address. */
  form: z.enum(['text', 'host', 'path', 'url', 'secret']),
})

const oauthSchema = z.strictObject({
  grant: z.enum(['authorization_code', 'client_credentials']),
  authorizationUrl: z.string().optional(),
  tokenUrl: z.string(),
  scopes: z.array(z.strictObject({ scope: z.string(), description: z.string() })),
})

const authSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-zA-Z0-9_-]{0,49}$/),
  name: z.string(),
  help: z.string().optional(),
  kind: z.enum(['apiKey', 'bearer', 'basic', 'oauth2', 'custom']),
  oauth: oauthSchema.optional(),
  /** How requests are signed, instead of carrying a credential. */
  signature: z.literal('aws-sigv4').optional(),
  credentials: z.array(credentialSchema),
  fields: z.array(fieldSchema),
})

const serverSchema = z.strictObject({
  /** With `{name}` of `fields`. */
  url: z.string(),
  title: z.string(),
})

const parameterSchema = z.strictObject({
  field: z.string(),
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  style: z.enum(['simple', 'label', 'matrix', 'form', 'spaceDelimited', 'pipeDelimited', 'deepObject', 'json']),
  explode: z.boolean(),
  allowReserved: z.boolean().optional(),
})

const bodyPropertySchema = z.strictObject({
  field: z.string(),
  name: z.string(),
  style: z.enum(['form', 'spaceDelimited', 'pipeDelimited', 'deepObject', 'json']).optional(),
  explode: z.boolean().optional(),
})

const bodySchema = z.strictObject({
  kind: z.enum(['json', 'form', 'multipart', 'text', 'bytes']),
  contentType: z.string(),
  /** The input's field that is the whole body; absent when the body's fields are the input's. */
  field: z.string().optional(),
  properties: z.array(bodyPropertySchema),
  /** Further fields of the input go into the body. */
  isOpen: z.boolean(),
})

const pagingSchema = z.intersection(
  z.object({
    items: path,
    /** The input's fields that ask for all pages and bound them. */
    allField: z.string(),
    maxField: z.string(),
  }),
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('cursor'), field: z.string(), next: path }),
    z.object({ kind: z.literal('lastId'), field: z.string(), id: path, hasMore: path }),
    z.object({ kind: z.literal('page'), field: z.string(), first: z.int() }),
    z.object({ kind: z.literal('offset'), field: z.string() }),
    z.object({ kind: z.literal('nextUrl'), next: path }),
    z.object({ kind: z.literal('link') }),
  ]),
)

const optionsSchema = z.strictObject({
  operation: id,
  input: jsonObject,
  items: path,
  value: path,
  label: path,
  /** The field of the other operation that narrows the choices. */
  searchField: z.string().optional(),
  /** This form's fields whose values are handed to fields of the other operation. */
  dependsOn: z.record(z.string(), z.string()),
})

const operationSchema = z.strictObject({
  id,
  /** Method and path as the document writes them: `GET /orders`. */
  key: z.string(),
  name: z.string().min(1),
  description: z.string(),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
  path: z.string().startsWith('/'),
  /** Parameters of the address that are always the same. */
  query: z.record(z.string(), z.string()),
  /** Headers that are always the same. */
  headers: z.record(z.string(), z.string()),
  /** Where the operation is, when it is not at the connector's own address. */
  server: z.string().optional(),
  isHidden: z.boolean(),
  needsConnection: z.boolean(),
  scopes: z.array(z.string()),
  delivery: z.enum(['at-least-once', 'at-most-once']).optional(),
  parameters: z.array(parameterSchema),
  body: bodySchema.optional(),
  idempotency: z.strictObject({ header: z.string(), form: z.enum(['text', 'uuid']) }).optional(),
  /** JSON Schema whose `$ref`s lead to `#/$defs/` of `definitions`. */
  input: jsonObject,
  output: z.strictObject({
    kind: z.enum(['json', 'text', 'file', 'none']),
    schema: jsonObject,
    /** What JSON may be at its top, as `typeof` with `array` and `null`; any when there are none. */
    kinds: z.array(z.string()).optional(),
  }),
  /** What the document says of refusals, by status, `4XX` or `default`. */
  errors: z.record(z.string(), z.string()),
  paging: pagingSchema.optional(),
  options: z.record(z.string(), optionsSchema),
  sampleInput: jsonObject.optional(),
  sampleOutput: jsonValue.optional(),
})

const triggerCommon = {
  id,
  name: z.string().min(1),
  description: z.string(),
  output: jsonObject,
  sampleOutput: jsonValue,
  idPath: path,
}

const pollingSchema = z.strictObject({
  ...triggerCommon,
  kind: z.literal('polling'),
  operation: id,
  /** JSON Schema of what people set: the operation's fields without those that the poll itself sets. */
  input: jsonObject,
  fixedInput: jsonObject,
  items: path,
  timePath: path.optional(),
  /** The operation's field that takes the moment since when to look. */
  sinceField: z.string().optional(),
  sinceForm: z.enum(['iso', 'seconds', 'milliseconds']),
  isNewestFirst: z.boolean(),
  intervalMs: z.int().min(60_000).optional(),
})

const webhookSchema = z.strictObject({
  ...triggerCommon,
  kind: z.literal('webhook'),
  verify: z.strictObject({
    header: z.string(),
    algorithm: z.enum(['sha1', 'sha256', 'sha512']),
    encoding: z.enum(['hex', 'base64', 'base64url']),
    prefix: z.string(),
    /** Unix seconds; the signature is of `timestamp.body` then. */
    timestampHeader: z.string().optional(),
  }),
  /** Texts may hold `{webhookUrl}` and `{secret}`. */
  register: z.strictObject({ operation: id, input: jsonObject, idPath: path }),
  unregister: z.strictObject({ operation: id, field: z.string() }),
})

/** Everything that is known of an imported connector: plain JSON, made to be stored. */
export const importedConnectorSchema = z.strictObject({
  schema: z.literal(IMPORTED_CONNECTOR_SCHEMA),
  id: z.string().regex(/^[a-z][a-z0-9-]{0,49}$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  name: z.string().min(1),
  description: z.string().min(1),
  icon: z.string().startsWith('<svg').optional(),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional(),
  categories: z.array(z.enum(CONNECTOR_CATEGORIES)),
  docs: z.string().optional(),
  source: z.strictObject({
    format: z.enum(['openapi-3.0', 'openapi-3.1', 'swagger-2.0']),
    title: z.string(),
    version: z.string(),
    sha256: z.string(),
  }),
  servers: z.array(serverSchema).min(1),
  /** Fields of the connection that the addresses hold. */
  serverFields: z.array(fieldSchema),
  /** Origins of operations that are elsewhere: credentials go there too. */
  origins: z.array(z.string()),
  auth: z.array(authSchema),
  isConnectionOptional: z.boolean(),
  /** What tests a connection: an operation that reads and needs no input. */
  testOperation: id.optional(),
  operations: z.array(operationSchema),
  triggers: z.array(z.discriminatedUnion('kind', [pollingSchema, webhookSchema])),
  /** JSON Schemas that operations share, by name. */
  definitions: z.record(z.string(), z.union([jsonObject, z.boolean()])),
})

/** Everything that is known of an imported connector: plain JSON, made to be stored. */
export type ImportedConnector = z.infer<typeof importedConnectorSchema>
/** One operation of the document. */
export type ImportedOperation = z.infer<typeof operationSchema>
/** One way to connect an account. */
export type ImportedAuth = z.infer<typeof authSchema>
/** Where a request carries a credential. */
export type ImportedCredential = z.infer<typeof credentialSchema>
/** A field of the connection form. */
export type ImportedField = z.infer<typeof fieldSchema>
/** A parameter of an operation. */
export type ImportedParameter = z.infer<typeof parameterSchema>
/** How an operation's body is written. */
export type ImportedBody = z.infer<typeof bodySchema>
/** One property of a body. */
export type ImportedBodyProperty = z.infer<typeof bodyPropertySchema>
/** How an operation's list goes on. */
export type ImportedPaging = z.infer<typeof pagingSchema>
/** Where the choices of a field come from. */
export type ImportedOptions = z.infer<typeof optionsSchema>
/** A trigger that an overlay has added. */
export type ImportedTrigger = ImportedPolling | ImportedWebhook
/** A trigger that asks an operation every so often. */
export type ImportedPolling = z.infer<typeof pollingSchema>
/** A trigger that the service calls. */
export type ImportedWebhook = z.infer<typeof webhookSchema>
/** Shared JSON Schemas by name. */
export type Definitions = Readonly<Record<string, JsonObject | boolean>>

/**
 * Reads a stored description.
 *
 * @throws UserError `openapi.not_imported` for anything that `importOpenApi` has not made
 */
export function parseImportedConnector(stored: unknown): ImportedConnector {
  const parsed = importedConnectorSchema.safeParse(stored)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UserError('invalid', 'openapi.not_imported', 'This is not the description of an imported connector.', {
    detail: `At ${issue?.path.map(String).join('.') || 'its top'}: ${issue?.message}. Import the document again.`,
  })
}
