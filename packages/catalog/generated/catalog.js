// Written by `pnpm generate` from the packages in connectors/. Do not edit.
export const CONNECTORS = [
  { id: 'dates', version: '1.0.0', load: () => import('@inlay/connector-dates') },
  { id: 'email', version: '1.0.0', load: () => import('@inlay/connector-email') },
  { id: 'github', version: '1.0.0', load: () => import('@inlay/connector-github') },
  { id: 'http', version: '1.0.0', load: () => import('@inlay/connector-http') },
  { id: 'slack', version: '1.1.0', load: () => import('@inlay/connector-slack') },
  { id: 'text', version: '1.0.0', load: () => import('@inlay/connector-text') },
]
export const DISPLAY_FOLDER = new URL('./display/', import.meta.url)
