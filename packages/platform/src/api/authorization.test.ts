import type { CustomerId, TenantId } from '@inlay/engine'
import { TRPCError } from '@trpc/server'
import { describe, expect, it } from 'vitest'
import {
  type Caller,
  EMBED_PERMISSIONS,
  EMBED_ROLES,
  MEMBER_PERMISSIONS,
  MEMBER_ROLES,
  PERMISSIONS,
  type Permission,
} from '../identity/index.js'
import { appRouter } from './router.js'
import type { Services } from './services.js'
import { type ApiContext, type ApiMeta, createCallerFactory } from './trpc.js'

interface Procedure {
  readonly _def: { readonly meta?: ApiMeta; readonly type: string }
}

// tRPC keeps all procedures of a router, by their dotted names, in its definition.
const procedures = Object.entries(appRouter._def.procedures as unknown as Readonly<Record<string, Procedure>>)
const scope = { tenantId: 'ten_1' as TenantId }

function callerWith(permissions: readonly Permission[]): Caller {
  return { kind: 'apiKey', id: 'key_1', scope, permissions }
}

const roles: readonly (readonly [string, Caller | null])[] = [
  ['nobody', null],
  ...MEMBER_ROLES.map((role) => [`member ${role}`, callerWith(MEMBER_PERMISSIONS[role])] as const),
  ...EMBED_ROLES.map((role) => {
    const endUser = { sub: 'u1', name: null, role }
    const inner = { ...scope, customerId: 'cus_1' as CustomerId }
    return [
      `embed ${role}`,
      { kind: 'embed', id: 'u1', scope: inner, permissions: EMBED_PERMISSIONS[role], endUser },
    ] as const
  }),
  ['key without scopes', callerWith([])],
]

/** What the door says; everything it lets through stumbles over an input that no procedure takes. */
async function knock(name: string, caller: Caller | null): Promise<string> {
  const context: ApiContext = {
    // Nothing behind the door is reached.
    services: { callLimits: { take: async () => undefined } } as unknown as Services,
    caller,
    hasCredentials: caller !== null,
    requestId: 'req_1',
    baseUrl: 'https://automation.example.com',
    setSessionToken: () => {},
    sessionToken: undefined,
    pageOrigin: undefined,
    remoteAddress: '192.0.2.1',
    idempotencyKey: undefined,
  }
  let target: unknown = createCallerFactory(appRouter)(context)
  // The caller mirrors the router: each part of the dotted name leads one level down.
  for (const part of name.split('.')) target = (target as Record<string, unknown>)[part]
  try {
    await (target as (input: unknown) => Promise<unknown>)({ 'no such field': true })
    return 'OK'
  } catch (error) {
    return error instanceof TRPCError ? error.code : String(error)
  }
}

function isAllowed(permission: ApiMeta['permission'], caller: Caller | null): boolean {
  if (permission === 'public') return true
  if (caller === null) return false
  return permission === 'authenticated' || caller.permissions.includes(permission)
}

describe('every procedure', () => {
  it('names its permission', () => {
    const known: readonly string[] = [...PERMISSIONS, 'public', 'authenticated']
    const nameless = procedures.filter(([, { _def }]) => !known.includes(_def.meta?.permission ?? ''))
    expect(nameless.map(([name]) => name)).toEqual([])
    expect(procedures.length).toBeGreaterThan(40)
  })

  it('is public only where nobody can have credentials yet, or any more', () => {
    const open = procedures.filter(([, { _def }]) => _def.meta?.permission === 'public').map(([name]) => name)
    expect(open.sort()).toEqual(['auth.signIn', 'auth.signOut', 'domains.site', 'embed.exchange'])
  })

  it.each(roles)('opens to %s exactly where the table says so', async (_role, caller) => {
    for (const [name, { _def }] of procedures) {
      const permission = _def.meta?.permission ?? 'public'
      const expected = isAllowed(permission, caller) ? 'BAD_REQUEST' : caller === null ? 'UNAUTHORIZED' : 'FORBIDDEN'
      expect([name, await knock(name, caller)]).toEqual([name, expected])
    }
  })

  it('has a REST address or a reason not to', () => {
    const without = procedures.filter(([, { _def }]) => _def.meta?.openapi === undefined).map(([name]) => name)
    expect(without.sort()).toEqual([
      // Cookies are for our own pages.
      'auth.signIn',
      'auth.signOut',
      // What the portal's sign-in page is headed with.
      'domains.site',
      // Subscriptions have no REST form.
      'runs.watch',
      'runs.watchAll',
      'runs.watchList',
      // Only the canvas of a run draws a version by its id; drafts are watched by a subscription.
      'workflows.versionById',
      'workflows.watchDraft',
    ])
  })
})

describe('the table of permissions', () => {
  it('widens from role to role', () => {
    const widens = (narrow: readonly string[], wide: readonly string[]): boolean =>
      narrow.every((item) => wide.includes(item))
    expect(widens(MEMBER_PERMISSIONS.admin, MEMBER_PERMISSIONS.owner)).toBe(true)
    expect(widens(MEMBER_PERMISSIONS.developer, MEMBER_PERMISSIONS.admin)).toBe(true)
    expect(widens(MEMBER_PERMISSIONS.viewer, MEMBER_PERMISSIONS.support)).toBe(true)
    expect(
      EMBED_ROLES.every((role, index) =>
        widens(EMBED_PERMISSIONS[EMBED_ROLES[index - 1] ?? role], EMBED_PERMISSIONS[role]),
      ),
    ).toBe(true)
  })

  it('keeps end users away from the tenant itself', () => {
    const reached = new Set(EMBED_PERMISSIONS.admin.map((permission) => permission.split(':')[0]))
    expect([...reached].sort()).toEqual(['approvals', 'connections', 'connectors', 'runs', 'templates', 'workflows'])
  })
})
