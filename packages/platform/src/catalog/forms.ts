/** What forms of actions and triggers ask the service: choices of fields, and shapes of what goes in and comes out. */
import {
  type ConnectionId,
  type Connector,
  type ConnectorAction,
  type ConnectorRegistry,
  type ConnectorTrigger,
  inScope,
  type JsonObject,
  type TenantScope,
} from '@inlay/engine'
import { memberNotFound, noOptions, noSchema, requireConnector } from './errors.js'
import { type Choices, readChoices, readShape } from './form-answers.js'
import { callLoader, type FormCall, type FormCallDeps } from './form-call.js'
import { createRecentAnswers } from './recent-answers.js'

/** Which form asks, and how far it is filled in. */
export interface FormRequest {
  readonly connector: string
  /** @default the newest release */
  readonly version?: string | undefined
  /** The action whose form it is; or `trigger`. */
  readonly action?: string | undefined
  readonly trigger?: string | undefined
  readonly connectionId?: string | undefined
  readonly input: JsonObject
}

/** A question for the choices of a field. */
export interface OptionsRequest extends FormRequest {
  readonly field: string
  readonly search: string
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

/** A question for a shape: of a field, or of the output when none is named. */
export interface SchemaRequest extends FormRequest {
  readonly field?: string | undefined
}

/** What forms can ask. Answers are kept for seconds, each for the very same question of the same customer. */
export interface ConnectorForms {
  /**
   * Choices for a field, fetched from the service.
   *
   * @throws UserError `connector.not_found`, `connector.no_options`; StepError by the service, `timeout`, or `bug` for an
   * answer that is no list of choices
   */
  options(scope: TenantScope, request: OptionsRequest): Promise<Choices>
  /**
   * The JSON Schema of a field or of the output, fetched from the service.
   *
   * @throws UserError `connector.not_found`, `connector.no_schema`; StepError as `options`
   */
  schema(scope: TenantScope, request: SchemaRequest): Promise<JsonObject>
}

/** What forms are answered with. */
export interface FormDeps extends FormCallDeps {
  readonly registry: ConnectorRegistry
}

export function createConnectorForms(deps: FormDeps): ConnectorForms {
  const choices = createRecentAnswers<Choices>()
  const shapes = createRecentAnswers<JsonObject>()
  return {
    options: async (scope, request) => {
      const { connector, member, named } = await findMember(inScope(deps.registry, scope), request)
      const { field, search, cursor } = request
      const options = own(member.options, field)
      if (options === undefined) throw noOptions(connector.name, { member: named, field })
      return choices(questionOf('options', scope, { ...request, version: connector.version }), () =>
        callLoader(deps, callOf(scope, connector, request), async (context) =>
          readChoices(
            connector,
            await options.load({ ...context, search, ...(cursor === undefined ? {} : { cursor }) }),
          ),
        ),
      )
    },
    schema: async (scope, request) => {
      const { connector, member, named } = await findMember(inScope(deps.registry, scope), request)
      const { field } = request
      const schema = field === undefined ? member.outputSchema : own(member.schemas, field)
      const what = field === undefined ? 'the output' : `"${field}"`
      if (schema === undefined) throw noSchema(connector.name, { member: named, field: what })
      return shapes(questionOf('schema', scope, { ...request, version: connector.version }), () =>
        callLoader(deps, callOf(scope, connector, request), async (context) =>
          readShape(connector, await schema.load(context)),
        ),
      )
    },
  }
}

function callOf(scope: TenantScope, connector: Connector, { connectionId, input }: FormRequest): FormCall {
  // Whatever the id is, a connection is found in the caller's scope or not at all.
  return { scope, connector, connectionId: connectionId as ConnectionId | undefined, input }
}

interface FoundMember {
  readonly connector: Connector
  readonly member: ConnectorAction | ConnectorTrigger
  /** For messages: `action "send"`. */
  readonly named: string
}

async function findMember(registry: ConnectorRegistry, request: FormRequest): Promise<FoundMember> {
  const { action, trigger, connector: id, version } = request
  const connector = await requireConnector(registry, id, version)
  const member = action === undefined ? own(connector.triggers, trigger ?? '') : own(connector.actions, action)
  const named = action === undefined ? `trigger "${trigger ?? ''}"` : `action "${action}"`
  if (member === undefined) throw memberNotFound(connector.name, named)
  return { connector, member, named }
}

/** Names come from outside: only own properties count, or `constructor` would be an action. */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** All that an answer depends on, first of all whose it is. */
function questionOf(kind: string, { tenantId, customerId }: TenantScope, request: FormRequest): string {
  return JSON.stringify([
    kind,
    tenantId,
    customerId ?? null,
    Object.entries(request).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ])
}
