/** Everything a caller can be allowed to do. Each procedure names one of these. */
export const PERMISSIONS = [
  'tenant:read',
  'tenant:update',
  'customers:read',
  'customers:write',
  'members:read',
  'apiKeys:read',
  'apiKeys:write',
  'signingKeys:read',
  'signingKeys:write',
  'connectors:read',
  'connectors:configure',
  'connections:read',
  'connections:write',
  'connections:proxy',
  'templates:read',
  'templates:write',
  'workflows:read',
  'workflows:write',
  'workflows:publish',
  'workflows:delete',
  'runs:read',
  'runs:start',
  'runs:cancel',
  'runs:suspend',
  'runs:rerun',
  'events:publish',
  'approvals:read',
  'approvals:decide',
  'webhookEndpoints:read',
  'webhookEndpoints:write',
  'audit:read',
  'keys:rotate',
] as const
export type Permission = (typeof PERMISSIONS)[number]

export const MEMBER_ROLES = ['owner', 'admin', 'developer', 'support', 'viewer'] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]

export const EMBED_ROLES = ['viewer', 'editor', 'publisher', 'admin'] as const
export type EmbedRole = (typeof EMBED_ROLES)[number]

const READ: readonly Permission[] = [
  'tenant:read',
  'customers:read',
  'members:read',
  'connectors:read',
  'connections:read',
  'templates:read',
  'workflows:read',
  'runs:read',
  'approvals:read',
]
const ADMINISTRATION: readonly Permission[] = [
  'tenant:update',
  'connectors:configure',
  'apiKeys:write',
  'signingKeys:write',
  'audit:read',
  'keys:rotate',
]

/** What members may do, by role. */
export const MEMBER_PERMISSIONS: Readonly<Record<MemberRole, readonly Permission[]>> = {
  owner: PERMISSIONS,
  admin: PERMISSIONS,
  developer: PERMISSIONS.filter((permission) => !ADMINISTRATION.includes(permission)),
  support: [
    ...READ,
    'apiKeys:read',
    'signingKeys:read',
    'webhookEndpoints:read',
    'runs:cancel',
    'runs:suspend',
    'runs:rerun',
    'approvals:decide',
  ],
  viewer: READ,
}

const EMBED_VIEWER: readonly Permission[] = [
  'connectors:read',
  'connections:read',
  'templates:read',
  'workflows:read',
  'runs:read',
  'approvals:read',
]
const EMBED_EDITOR: readonly Permission[] = [
  ...EMBED_VIEWER,
  'connections:write',
  'workflows:write',
  'runs:start',
  'runs:cancel',
  'runs:suspend',
  'runs:rerun',
  'approvals:decide',
]
const EMBED_PUBLISHER: readonly Permission[] = [...EMBED_EDITOR, 'workflows:publish']

/** What end users may do in the widget, by role; always within their own customer. */
export const EMBED_PERMISSIONS: Readonly<Record<EmbedRole, readonly Permission[]>> = {
  viewer: EMBED_VIEWER,
  editor: EMBED_EDITOR,
  publisher: EMBED_PUBLISHER,
  admin: [...EMBED_PUBLISHER, 'workflows:delete'],
}

/** What an API key may do: `*` stands for everything. */
export function scopePermissions(scopes: readonly string[]): readonly Permission[] {
  return scopes.includes('*') ? PERMISSIONS : PERMISSIONS.filter((permission) => scopes.includes(permission))
}
