import type { Connector, ConnectorAction } from '@inlay/engine'
import { action, defineConnector } from '@inlay/sdk/connector'
import type { ImportedConnector, ImportedOperation } from '../imported-connector.js'
import { objectOr } from '../json.js'
import { standalone } from '../schema/node.js'
import { schemaType } from '../schema/schema-type.js'
import { authMethods } from './auth-methods.js'
import { baseUrlFor } from './base-url.js'
import { lazyRecord } from './lazy-record.js'
import { optionsOf } from './options.js'
import { callOperation } from './paging.js'
import { importedTrigger } from './triggers.js'

/**
 * Makes an imported connector run. Actions and triggers are made when they are first asked for: a document may have a
 * thousand operations, and a run uses one.
 *
 * @throws UserError `connector.invalid` when its ways to connect or its address are not right
 */
export function toConnector(imported: ImportedConnector): Connector {
  const shell = defineConnector({
    id: imported.id,
    version: imported.version,
    name: imported.name,
    description: imported.description,
    categories: imported.categories,
    ...(imported.icon === undefined ? {} : { icon: imported.icon }),
    ...(imported.color === undefined ? {} : { color: imported.color }),
    ...(imported.docs === undefined ? {} : { docs: imported.docs }),
    auth: imported.auth.length === 0 ? { kind: 'none' } : authMethods(imported),
    connectionOptional: imported.isConnectionOptional,
    api: { baseUrl: baseUrlFor(imported), origins: imported.origins },
  })
  const shown = imported.operations.filter(({ isHidden }) => !isHidden)
  return {
    ...shell,
    actions: lazyRecord(new Map(shown.map((operation) => [operation.id, () => toAction(operation, imported)]))),
    triggers: lazyRecord(
      new Map(imported.triggers.map((trigger) => [trigger.id, () => importedTrigger(trigger, imported)])),
    ),
  }
}

/**
 * As `toConnector`, with everything made and checked at once.
 *
 * @throws UserError `connector.invalid` that lists everything wrong with it
 */
export function checkConnector(imported: ImportedConnector): Connector {
  const { auth, connection: _, ...connector } = toConnector(imported)
  return defineConnector({
    ...connector,
    auth: auth.length === 0 ? { kind: 'none' } : auth,
    connectionOptional: imported.isConnectionOptional,
  })
}

function toAction(operation: ImportedOperation, imported: ImportedConnector): ConnectorAction {
  const { definitions } = imported
  return action({
    name: operation.name,
    description: operation.description,
    input: schemaType(standalone(operation.input, definitions)),
    output: schemaType(standalone(operation.output.schema, definitions)),
    scopes: operation.scopes,
    options: optionsOf(operation.options, imported),
    ...(operation.sampleInput === undefined ? {} : { sampleInput: operation.sampleInput }),
    ...(operation.sampleOutput === undefined ? {} : { sampleOutput: operation.sampleOutput }),
    ...(operation.delivery === undefined ? {} : { delivery: operation.delivery }),
    run: (context) => callOperation({ service: imported.name, operation, input: objectOr(context.input), context }),
  })
}
