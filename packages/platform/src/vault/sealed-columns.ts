/** Where secrets are kept that a data key seals: all that a new data key has to be used for. */
export interface SealedColumn {
  readonly table: string
  readonly column: string
  /** SQL of the place's id. */
  readonly place: string
  readonly owner: 'customer' | 'tenant'
}

/** A test compares this list with the columns of the database: one that is not here could not be opened any more. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'connections', column: 'secret', place: 'id', owner: 'customer' },
  { table: 'connections', column: 'tokens', place: "id || '/tokens'", owner: 'customer' },
  { table: 'connector_triggers', column: 'secret', place: "id || '/secret'", owner: 'customer' },
  { table: 'connector_triggers', column: 'registration', place: "id || '/registration'", owner: 'customer' },
  { table: 'app_event_endpoints', column: 'secret', place: "'app-events/' || connector", owner: 'tenant' },
  { table: 'oauth_authorizations', column: 'sealed', place: 'id', owner: 'customer' },
  { table: 'tenant_connectors', column: 'secret', place: "'tenant_connector/' || id", owner: 'tenant' },
  { table: 'tenant_connectors', column: 'former_secret', place: "'tenant_connector/' || id", owner: 'tenant' },
  { table: 'webhook_endpoints', column: 'secret', place: "'webhook_endpoint/' || id", owner: 'tenant' },
  { table: 'webhook_endpoints', column: 'former_secret', place: "'webhook_endpoint/' || id", owner: 'tenant' },
  { table: 'oauth_clients', column: 'secret', place: "'oauth_client/' || connector", owner: 'tenant' },
]
