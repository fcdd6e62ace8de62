/**
 * Members' sessions, on Lucia 3. Its author ended it in March 2025, so this is the only file that knows it: the table
 * is what a plain implementation would need, and the rules that Lucia lacks are here. The cookie's token is ours; only
 * its hash is stored.
 */
import { randomBytes } from 'node:crypto'
import type { TenantId } from '@inlay/engine'
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia'
import { type Database, lookupOf } from '../database/index.js'

declare module 'lucia' {
  interface Register {
    Lucia: Lucia
    DatabaseSessionAttributes: { tenant_id: string; created_at: Date }
    DatabaseUserAttributes: Record<never, never>
  }
}

const IDLE_HOURS = 12
const ABSOLUTE_DAYS = 7
const TOKEN = /^[A-Za-z0-9_-]{43}$/

export interface SessionOwner {
  readonly tenantId: TenantId
  readonly memberId: string
}

export interface SessionStore {
  /** Begins a session and gives the token for the cookie: 43 characters. */
  issue(owner: SessionOwner): Promise<string>
  /** Whose session a token is; undefined for anything but a living session. Prolongs it when half of its time is over. */
  check(token: string): Promise<SessionOwner | undefined>
  /** Ends a session. Safe to call with anything. */
  revoke(token: string): Promise<void>
}

export function createSessionStore(database: Database): SessionStore {
  const lucia = new Lucia(createAdapter(database), {
    sessionExpiresIn: new TimeSpan(IDLE_HOURS, 'h'),
    getSessionAttributes: ({ tenant_id, created_at }) => ({ tenantId: tenant_id, createdAt: created_at }),
  })
  return {
    issue: async ({ tenantId, memberId }) => {
      const token = randomBytes(32).toString('base64url')
      const attributes = { tenant_id: tenantId, created_at: new Date() }
      await lucia.createSession(memberId, attributes, { sessionId: lookupOf(token) })
      return token
    },
    check: async (token) => {
      if (!TOKEN.test(token)) return undefined
      const { session } = await lucia.validateSession(lookupOf(token))
      if (session === null) return undefined
      // The attributes are those that `issue` wrote; Lucia's own type for them is empty.
      const { tenantId, createdAt } = session as unknown as { tenantId: TenantId; createdAt: Date }
      if (Date.now() - createdAt.getTime() > ABSOLUTE_DAYS * 86_400_000) {
        await lucia.invalidateSession(session.id)
        return undefined
      }
      return { tenantId, memberId: session.userId }
    },
    revoke: async (token) => {
      if (TOKEN.test(token)) await lucia.invalidateSession(lookupOf(token))
    },
  }
}

interface SessionRow {
  readonly tenant_id: TenantId
  readonly lookup: string
  readonly member_id: string
  readonly expires_at: Date
  readonly created_at: Date
}

function createAdapter(database: Database): Adapter {
  const find = (id: string): Promise<SessionRow | undefined> =>
    database.withLookup(id, async (sql) => {
      const [row] = await sql<SessionRow[]>`
        SELECT tenant_id, lookup, member_id, expires_at, created_at FROM inlay.member_sessions WHERE lookup = ${id}`
      return row
    })
  return {
    getSessionAndUser: async (id) => {
      const row = await find(id)
      return row === undefined ? [null, null] : [toSession(row), toUser(row)]
    },
    setSession: async ({ id, userId, expiresAt, attributes }) => {
      const tenantId = attributes.tenant_id as TenantId
      await database.withTenant(
        { tenantId },
        (sql) => sql`
        INSERT INTO inlay.member_sessions (tenant_id, lookup, member_id, expires_at, created_at)
        VALUES (${tenantId}, ${id}, ${userId}, ${expiresAt}, ${attributes.created_at})`,
      )
    },
    updateSessionExpiration: async (id, expiresAt) => {
      const row = await find(id)
      if (row === undefined) return
      await database.withTenant(
        { tenantId: row.tenant_id },
        (sql) => sql`
        UPDATE inlay.member_sessions SET expires_at = ${expiresAt} WHERE lookup = ${id}`,
      )
    },
    deleteSession: async (id) => {
      const row = await find(id)
      if (row === undefined) return
      await database.withTenant(
        { tenantId: row.tenant_id },
        (sql) => sql`DELETE FROM inlay.member_sessions WHERE lookup = ${id}`,
      )
    },
    // Lucia offers these to applications; the store does not, because they would need a tenant.
    getUserSessions: async () => [],
    deleteUserSessions: async () => {},
    deleteExpiredSessions: async () => {},
  }
}

function toSession(row: SessionRow): DatabaseSession {
  const attributes = { tenant_id: row.tenant_id, created_at: row.created_at }
  return { id: row.lookup, userId: row.member_id, expiresAt: row.expires_at, attributes }
}

function toUser({ member_id }: SessionRow): DatabaseUser {
  return { id: member_id, attributes: {} }
}
