import type { Connector, ConnectorAction } from '../contracts/connector.js'

type Optional<T, Key extends keyof T> = Omit<T, Key> & Partial<Pick<T, Key>>

/** An action that asks for no scopes and has no dynamic fields, unless it says so. */
export type PlainAction = Optional<ConnectorAction, 'scopes' | 'options' | 'schemas'>

/** What makes a connector for scenarios and tests: all but `id` and `actions` has a default. */
export type PlainConnectorOptions = Partial<Omit<Connector, 'actions'>> & {
  readonly id: string
  readonly actions: Readonly<Record<string, PlainAction>>
}

/** A connector that needs no connection, completed without the checks of the SDK's `defineConnector`. */
export function plainConnector({ actions, ...given }: PlainConnectorOptions): Connector {
  const completed = Object.entries(actions).map(([name, action]) => [name, { ...NO_FORM, ...action }] as const)
  return {
    version: '1.0.0',
    name: given.id,
    description: 'For scenarios and tests.',
    categories: [],
    auth: [],
    connection: 'none',
    triggers: {},
    ...given,
    actions: Object.fromEntries(completed),
  }
}

const NO_FORM = { scopes: [], options: {}, schemas: {} } as const
