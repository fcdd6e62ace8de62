/**
 * Members' sessions, on Lucia 3. Its author ended it in March 2025, so this is the only file that knows it: the table
 * is what a plain implementation would need, and the rules that Lucia lacks are here. The cookie's token is ours; only
 * its hash is stored.
 */
import { randomBytes } from 'node:crypto'
import { BugError, type TenantId } from '@inlay/engine'
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia'
import { type Database, lookupOf, narrowToTenant, type ScopedSql } from '../database/index.js'
import type { MemberRole } from './permissions.js'

const IDLE_HOURS = 12
const ABSOLUTE_MS = 7 * 86_400_000
const TOKEN = /^[A-Za-z0-9_-]{43}$/

interface SessionFacts {
  readonly tenantId: TenantId
  readonly createdAt: Date
}

interface MemberFacts {
  readonly email: string
  readonly name: string
  readonly role: MemberRole
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionFacts, MemberFacts>
    DatabaseSessionAttributes: SessionFacts
    DatabaseUserAttributes: MemberFacts
  }
}

/** Whose session it is. */
export interface SessionOwner extends MemberFacts {
  readonly tenantId: TenantId
  readonly memberId: string
}

/** Sessions of members, found by the token in their cookie. */
export interface SessionStore {
  /** Begins a session and gives the token for the cookie: 43 characters. */
  issue(owner: { readonly tenantId: TenantId; readonly memberId: string }): Promise<string>
  /**
   * Whose session a token is; undefined for anything but a living session. Prolongs it when half of its 12 hours are
   * over; after 7 days it ends, however busy.
   */
  check(token: string): Promise<SessionOwner | undefined>
  /** Ends a session. Safe to call with anything. */
  revoke(token: string): Promise<void>
}

/** @param nowMs Unix milliseconds, for the end after 7 days. @default the system's clock */
export function createSessionStore(database: Database, nowMs: () => number = Date.now): SessionStore {
  const lucia = new Lucia<SessionFacts, MemberFacts>(createAdapter(database), {
    sessionExpiresIn: new TimeSpan(IDLE_HOURS, 'h'),
    // Listed one by one: Lucia spreads attributes over the session, and a further one could replace its id.
    getSessionAttributes: ({ tenantId, createdAt }) => ({ tenantId, createdAt }),
    getUserAttributes: ({ email, name, role }) => ({ email, name, role }),
  })
  return {
    issue: async ({ tenantId, memberId }) => {
      const token = randomBytes(32).toString('base64url')
      await lucia.createSession(memberId, { tenantId, createdAt: new Date() }, { sessionId: lookupOf(token) })
      return token
    },
    check: async (token) => {
      if (!TOKEN.test(token)) return undefined
      const { session, user } = await lucia.validateSession(lookupOf(token))
      if (session === null) return undefined
      if (nowMs() - session.createdAt.getTime() > ABSOLUTE_MS) {
        await lucia.invalidateSession(session.id)
        return undefined
      }
      const { email, name, role } = user
      return { tenantId: session.tenantId, memberId: session.userId, email, name, role }
    },
    revoke: async (token) => {
      if (TOKEN.test(token)) await lucia.invalidateSession(lookupOf(token))
    },
  }
}

interface SessionRow {
  readonly tenant_id: TenantId
  readonly member_id: string
  readonly expires_at: Date
  readonly created_at: Date
}

function createAdapter(database: Database): Adapter {
  return {
    getSessionAndUser: (id) => readSession(database, id),
    setSession: async ({ id, userId, expiresAt, attributes: { tenantId, createdAt } }) => {
      await database.withTenant({ tenantId }, async (sql) => {
        await sql`DELETE FROM inlay.member_sessions WHERE tenant_id = ${tenantId} AND expires_at < now()`
        await sql`INSERT INTO inlay.member_sessions (tenant_id, lookup, member_id, expires_at, created_at)
          VALUES (${tenantId}, ${id}, ${userId}, ${expiresAt}, ${createdAt})`
      })
    },
    updateSessionExpiration: (id, expiresAt) =>
      changeSession(database, id, async (sql) => {
        await sql`UPDATE inlay.member_sessions SET expires_at = ${expiresAt} WHERE lookup = ${id}`
      }),
    deleteSession: (id) =>
      changeSession(database, id, async (sql) => {
        await sql`DELETE FROM inlay.member_sessions WHERE lookup = ${id}`
      }),
    // A session is found by its token alone; these would look through all tenants.
    getUserSessions: () => Promise.reject(notOffered('getUserSessions')),
    deleteUserSessions: () => Promise.reject(notOffered('deleteUserSessions')),
    deleteExpiredSessions: () => Promise.reject(notOffered('deleteExpiredSessions')),
  }
}

async function readSession(database: Database, id: string): Promise<[DatabaseSession | null, DatabaseUser | null]> {
  return database.withLookup(id, async (sql) => {
    const [session] = await sql<SessionRow[]>`
      SELECT tenant_id, member_id, expires_at, created_at FROM inlay.member_sessions WHERE lookup = ${id}`
    if (session === undefined) return [null, null]
    const { tenant_id: tenantId, member_id: userId, expires_at: expiresAt, created_at: createdAt } = session
    await narrowToTenant(sql, tenantId)
    const [member] = await sql<MemberFacts[]>`
      SELECT email, name, role FROM inlay.members WHERE tenant_id = ${tenantId} AND id = ${userId}`
    return [
      { id, userId, expiresAt, attributes: { tenantId, createdAt } },
      member === undefined ? null : { id: userId, attributes: member },
    ]
  })
}

type SessionChange = (sql: ScopedSql) => Promise<void>

async function changeSession(database: Database, id: string, change: SessionChange): Promise<void> {
  await database.withLookup(id, async (sql) => {
    const [session] = await sql<SessionRow[]>`SELECT tenant_id FROM inlay.member_sessions WHERE lookup = ${id}`
    if (session === undefined) return
    await narrowToTenant(sql, session.tenant_id)
    await change(sql)
  })
}

function notOffered(method: string): BugError {
  return new BugError(`The session store does not offer Lucia's ${method}.`)
}
