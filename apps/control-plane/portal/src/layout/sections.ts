import {
  Activity,
  Blocks,
  Building2,
  Globe,
  KeyRound,
  LayoutTemplate,
  Palette,
  Plug,
  ScrollText,
  Settings,
  Store,
  Webhook,
  Workflow,
} from 'lucide-react'

/** The pages of the navigation, in its order. */
export const PAGES = [
  { path: '/customers', label: 'Customers', icon: Building2, permission: 'customers:read' },
  { path: '/workflows', label: 'Automations', icon: Workflow, permission: 'workflows:read' },
  { path: '/runs', label: 'Runs', icon: Activity, permission: 'runs:read' },
  { path: '/connectors', label: 'Connectors', icon: Blocks, permission: 'connectors:read' },
  { path: '/templates', label: 'Templates', icon: LayoutTemplate, permission: 'templates:read' },
  { path: '/marketplace', label: 'Marketplace', icon: Store, permission: 'connectors:configure' },
  { path: '/connections', label: 'Connections', icon: Plug, permission: 'connections:read' },
  { path: '/branding', label: 'Branding', icon: Palette, permission: 'tenant:read' },
  { path: '/domains', label: 'Domains', icon: Globe, permission: 'tenant:read' },
  { path: '/audit-log', label: 'Audit log', icon: ScrollText, permission: 'audit:read' },
  { path: '/api-keys', label: 'API keys', icon: KeyRound, permission: 'apiKeys:read' },
  { path: '/webhooks', label: 'Webhooks', icon: Webhook, permission: 'webhookEndpoints:read' },
  { path: '/settings', label: 'Settings', icon: Settings, permission: 'tenant:read' },
] as const

/** Pages that belong to one that the navigation has, by where they are. */
const BELONGING: Readonly<Record<string, string>> = { 'own-connectors': '/connectors' }

/** The page of the navigation that an address belongs to. */
export function sectionOf(location: string): (typeof PAGES)[number] | undefined {
  const first = location.split('/')[1] ?? ''
  const home = BELONGING[first] ?? `/${first}`
  return PAGES.find(({ path }) => path === home)
}
