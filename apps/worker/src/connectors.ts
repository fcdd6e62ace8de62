import type { ConnectorEntry } from '@inlay/platform/catalog'

/** The connectors of this deployment. Each is loaded when it is first used. */
export const CONNECTORS: readonly ConnectorEntry[] = [
  { id: 'http', version: '1.0.0', load: () => import('@inlay/connector-http') },
  { id: 'slack', version: '1.0.0', load: () => import('@inlay/connector-slack') },
  { id: 'email', version: '1.0.0', load: () => import('@inlay/connector-email') },
]
