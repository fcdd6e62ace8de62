import { createHash } from 'node:crypto'
import { isInlayError, type JsonObject, UserError } from '@inlay/engine'
import { startDeadline } from './deadline.js'
import { readDocument } from './document/read-document.js'
import { createSource, formatOf, type Source } from './document/source.js'
import { upgradeSwagger } from './document/swagger.js'
import { type AuthPlan, planAuth } from './import/auth.js'
import type { FoundOperation, ImportContext } from './import/context.js'
import { findOperations } from './import/find-operations.js'
import { connectorId, memberId, shortDescription, uniqueIds } from './import/names.js'
import { importOperation } from './import/operation.js'
import { planServers, type ServerPlan } from './import/servers.js'
import { testOperationOf } from './import/test-operation.js'
import {
  IMPORTED_CONNECTOR_SCHEMA,
  type ImportedAuth,
  type ImportedConnector,
  type ImportedOperation,
} from './imported-connector.js'
import { objectOr, textOr } from './json.js'
import { createNotes, type ImportNote, type Notes } from './notes.js'
import { IMPORT_LIMITS, type ImportOptions } from './options.js'
import { applyOverlay } from './overlay/apply-overlay.js'
import type { ExtensionContext } from './overlay/extension-context.js'
import { readOptions } from './overlay/field-choices.js'
import { readLooks } from './overlay/looks.js'
import { readTriggers } from './overlay/triggers.js'
import { createSampleCheck } from './schema/sample-check.js'
import { createTranslator } from './schema/translate.js'
import { specificationFaults } from './specification.js'

/** What an import comes to. */
export interface ImportResult {
  /** Plain JSON: store it, and make it run with `toConnector`. */
  readonly connector: ImportedConnector
  /** Everything of the document that the connector lacks or has in another way. */
  readonly notes: readonly ImportNote[]
}

/**
 * Turns an OpenAPI 3.0, 3.1 or Swagger 2 document, as text (JSON or YAML) or parsed, into the description of a
 * connector. Nothing is fetched, no other file is read and nothing is evaluated: references out of the document are
 * left out with a note.
 *
 * @throws UserError `openapi.*` when no connector can be made: `not_readable`, `unknown_format`, `too_large`,
 * `too_deep`, `too_slow`, `no_operations`, `bad_overlay`
 */
export async function importOpenApi(document: unknown, options: ImportOptions = {}): Promise<ImportResult> {
  const { maxBytes = IMPORT_LIMITS.maxBytes, maxDepth = IMPORT_LIMITS.maxDepth, now = Date.now } = options
  const notes = createNotes()
  const deadline = startDeadline(options.timeLimitMs ?? IMPORT_LIMITS.timeLimitMs, now)
  try {
    const given = readDocument(document, { maxBytes, maxDepth }, notes)
    deadline()
    const text = JSON.stringify(given)
    for (const fault of await faultsOf(given, text.length, options)) notes.add('advice', '', fault)
    const format = formatOf(given)
    const upgraded = format === 'swagger-2.0' ? upgradeSwagger(given, notes) : given
    const overlays = (options.overlays ?? []).map((overlay) => readDocument(overlay, { maxBytes, maxDepth }, notes))
    const whole = overlays.reduce((current, overlay) => applyOverlay(current, overlay, notes), upgraded)
    const source = createSource(whole, format === 'openapi-3.1' ? '3.1' : '3.0', notes)
    const sha256 = createHash('sha256').update(text).digest('hex')
    const connector = build({ source, notes, deadline, options, format, sha256 })
    return { connector, notes: notes.list() }
  } catch (cause) {
    if (isInlayError(cause)) throw cause
    // A stack that overflows is the only thing left that a document can do.
    throw new UserError('unprocessable', 'openapi.not_readable', 'The document cannot be imported.', {
      detail: cause instanceof RangeError ? 'Its parts are nested too deeply.' : String(cause),
      cause,
    })
  }
}

async function faultsOf(document: JsonObject, bytes: number, { checkSpecification }: ImportOptions): Promise<string[]> {
  const isChecked = checkSpecification ?? bytes <= IMPORT_LIMITS.specificationBytes
  return isChecked ? specificationFaults(document) : []
}

interface BuildContext {
  readonly source: Source
  readonly notes: Notes
  readonly deadline: () => void
  readonly options: ImportOptions
  readonly format: ImportedConnector['source']['format']
  readonly sha256: string
}

function build(of: BuildContext): ImportedConnector {
  const { source, notes, deadline, options } = of
  const { document } = source
  const found = findOperations(source, notes, options.maxOperations ?? IMPORT_LIMITS.maxOperations)
  const servers = planServers(document, options.documentUrl, notes)
  const auth = planAuth({
    source,
    notes,
    documentUrl: options.documentUrl,
    operations: found.map(({ operation }) => operation),
  })
  const translator = createTranslator({ source, notes, deadline })
  const check = createSampleCheck(translator.definitions)
  const context = { source, notes, deadline, translator, check, auth, documentUrl: options.documentUrl }
  const imported = importAll(found, context)
  const operations = imported.map(({ operation }) => operation)
  const definitions = translator.definitions
  const { withOptions, triggers } = readOverlay(document, imported, { notes, operations, definitions })
  if (operations.length === 0 && triggers.length === 0) throw nothingToDo(notes)
  return {
    ...describe(of),
    ...connectionOf(auth, servers, withOptions),
    servers: servers.servers,
    serverFields: servers.fields,
    origins: originsOf(operations),
    ...testOperationOf(operations),
    operations: withOptions,
    triggers,
    definitions,
  }
}

/** What the document says beyond OpenAPI: choices of fields, and triggers. */
function readOverlay(document: JsonObject, imported: readonly ImportedOne[], of: Omit<ExtensionContext, 'byName'>) {
  const names = imported.flatMap(({ found, operation }) =>
    namesOf(found, operation.id).map((name) => [name, operation] as const),
  )
  const context: ExtensionContext = { ...of, byName: new Map(names) }
  return {
    withOptions: imported.map(({ found, operation }) => ({
      ...operation,
      options: readOptions(found, operation, context),
    })),
    triggers: readTriggers(
      document,
      imported.map(({ found }) => found),
      context,
    ),
  }
}

function nothingToDo(notes: Notes): UserError {
  const leftOut = notes.list().filter(({ kind, pointer }) => kind === 'left_out' && /^\/(paths|webhooks)/.test(pointer))
  return new UserError(
    'unprocessable',
    'openapi.no_operations',
    'The document has no operation that can be an action.',
    {
      detail:
        leftOut.length === 0
          ? 'Its `paths` are empty.'
          : leftOut
              .slice(0, 3)
              .map(({ reason }) => reason)
              .join(' '),
    },
  )
}

interface ImportedOne {
  readonly found: FoundOperation
  readonly operation: ImportedOperation
}

function importAll(found: readonly FoundOperation[], context: ImportContext): ImportedOne[] {
  const ids = uniqueIds(found.map((one) => ({ key: one.key, id: wantedId(one) })))
  return found.flatMap((one) => {
    context.deadline()
    const operation = importOperation(one, ids.get(one.key) ?? wantedId(one), context)
    return operation === undefined ? [] : [{ found: one, operation }]
  })
}

function wantedId({ operation, key }: FoundOperation): string {
  return memberId(textOr(operation['x-inlay-id']) ?? (textOr(operation['operationId'])?.trim() || key))
}

/** By what names overlays speak of an operation. */
function namesOf({ operation, key }: FoundOperation, id: string): string[] {
  return [textOr(operation['operationId']) ?? id, key, id]
}

const VERSION = /^\d+\.\d+\.\d+$/

/** Braces, for services that bring no icon. */
const GENERIC_ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"><path d="M9 4c-3 0-3 1-3 4s0 3-2 4c2 1 2 1 2 4s0 4 3 4M15 4c3 0 3 1 3 4s0 3 2 4c-2 1-2 1-2 4s0 4-3 4"/></svg>'

function docsOf(document: JsonObject, title: string): string {
  const { version } = objectOr(document['info'])
  const url = textOr(objectOr(document['externalDocs'])['url'])
  const link = url !== undefined && /^https?:\/\//.test(url) ? ` The service's own documentation: <${url}>.` : ''
  const which = typeof version === 'string' && version !== '' ? `, version ${version}` : ''
  return `Imported from the OpenAPI document of ${title}${which}.${link}`
}

type Described = Pick<
  ImportedConnector,
  'schema' | 'id' | 'version' | 'categories' | 'icon' | 'color' | 'docs' | 'name' | 'description' | 'source'
>

function describe({ source, notes, options, format, sha256 }: BuildContext): Described {
  const info = objectOr(source.document['info'])
  const title = textOr(info['title'])?.trim() || 'API'
  const looks = readLooks(source.document, notes)
  const version = textOr(info['version'])?.trim().replace(/^v/, '') ?? ''
  const name = options.name ?? looks.name ?? title.slice(0, 100)
  return {
    schema: IMPORTED_CONNECTOR_SCHEMA,
    id: connectorId(options.id ?? textOr(objectOr(source.document['x-inlay-connector'])['id']) ?? title),
    version: options.version ?? (VERSION.test(version) ? version : '1.0.0'),
    categories: [...(options.categories ?? looks.categories ?? ['tools'])],
    icon: looks.icon ?? GENERIC_ICON,
    ...(looks.color === undefined ? {} : { color: looks.color }),
    docs: looks.docs ?? docsOf(source.document, title),
    name,
    description: looks.description ?? (shortDescription(textOr(info['description']) ?? '') || `Operations of ${name}.`),
    source: { format, title: title.slice(0, 500), version: textOr(info['version']) ?? '', sha256 },
  }
}

/** A connection is needed when operations need credentials, or the address is not whole without one. */
function connectionOf(
  plan: AuthPlan,
  { fields }: ServerPlan,
  operations: readonly ImportedOperation[],
): Pick<ImportedConnector, 'auth' | 'isConnectionOptional'> {
  const needsAddress = fields.some((field) => field.default === undefined)
  const scopes = [...new Set(operations.flatMap((operation) => operation.scopes))]
  const auth = plan.auth.map((method) => withScopes(method, scopes))
  const needed = operations.some(({ needsConnection }) => needsConnection)
  if (auth.length > 0) {
    const isOptional = !needsAddress && operations.some(({ needsConnection }) => !needsConnection)
    return { auth, isConnectionOptional: isOptional || (!needed && !needsAddress) }
  }
  if (fields.length === 0) return { auth: [], isConnectionOptional: true }
  const address: ImportedAuth = { id: 'address', name: 'Address', kind: 'custom', credentials: [], fields: [] }
  return { auth: [address], isConnectionOptional: !needsAddress }
}

/** Scopes that operations demand are asked for even when the flow does not list them. */
function withScopes(method: ImportedAuth, demanded: readonly string[]): ImportedAuth {
  if (method.oauth === undefined) return method
  const known = new Set(method.oauth.scopes.map(({ scope }) => scope))
  const added = demanded.filter((scope) => !known.has(scope)).map((scope) => ({ scope, description: scope }))
  return { ...method, oauth: { ...method.oauth, scopes: [...method.oauth.scopes, ...added] } }
}

function originsOf(operations: readonly ImportedOperation[]): string[] {
  return [...new Set(operations.flatMap(({ server }) => (server === undefined ? [] : [new URL(server).origin])))]
}
