/** What can be put on a page. Each begins at a path of its own. */
export const WIDGETS = {
  builder: '/workflows',
  connections: '/connections',
  automations: '/automations',
  runs: '/runs',
  templates: '/templates',
  approvals: '/approvals',
} as const
/** The name of a widget. */
export type WidgetName = keyof typeof WIDGETS
