// Written by `pnpm generate` from the packages in connectors/. Do not edit.
export const CONNECTORS = [
  { id: 'airtable', version: '1.0.0', load: () => import('@inlay/connector-airtable') },
  { id: 'anthropic', version: '1.0.0', load: () => import('@inlay/connector-anthropic') },
  { id: 'crypto', version: '1.0.0', load: () => import('@inlay/connector-crypto') },
  { id: 'data-formats', version: '1.0.0', load: () => import('@inlay/connector-data-formats') },
  { id: 'dates', version: '1.0.0', load: () => import('@inlay/connector-dates') },
  { id: 'discord', version: '1.0.0', load: () => import('@inlay/connector-discord') },
  { id: 'email', version: '1.1.0', load: () => import('@inlay/connector-email') },
  { id: 'github', version: '1.0.0', load: () => import('@inlay/connector-github') },
  { id: 'graphql', version: '1.0.0', load: () => import('@inlay/connector-graphql') },
  { id: 'http', version: '1.1.0', load: () => import('@inlay/connector-http') },
  { id: 'openai', version: '1.0.0', load: () => import('@inlay/connector-openai') },
  { id: 'pagerduty', version: '1.0.0', load: () => import('@inlay/connector-pagerduty') },
  { id: 'rss', version: '1.0.0', load: () => import('@inlay/connector-rss') },
  { id: 'sendgrid', version: '1.0.0', load: () => import('@inlay/connector-sendgrid') },
  { id: 'slack', version: '1.1.0', load: () => import('@inlay/connector-slack') },
  { id: 'telegram', version: '1.0.0', load: () => import('@inlay/connector-telegram') },
  { id: 'text', version: '1.0.0', load: () => import('@inlay/connector-text') },
]
export const DISPLAY_FOLDER = new URL('./display/', import.meta.url)
