import type { ConnectorCategory } from '@inlay/engine'

// The engine's own list comes with code for servers. A category that is missing here does not compile.
const LISTED: Readonly<Record<ConnectorCategory, true>> = {
  ai: true,
  analytics: true,
  commerce: true,
  communication: true,
  crm: true,
  data: true,
  developer: true,
  files: true,
  finance: true,
  marketing: true,
  productivity: true,
  'project-management': true,
  support: true,
  tools: true,
}

/** What apps are sorted by. */
// Object.keys loses the key type that LISTED has.
export const CONNECTOR_CATEGORIES = Object.keys(LISTED) as readonly ConnectorCategory[]
