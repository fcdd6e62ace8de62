import { newId, type TenantId, type TenantScope, UserError } from '@inlay/engine'
import { type Database, lookupOf } from '../database/index.js'
import type { MemberCaller } from './caller.js'
import { hashPassword, verifyPassword } from './passwords.js'
import { MEMBER_PERMISSIONS, type MemberRole } from './permissions.js'
import type { Member } from './schema.js'
import type { SessionStore } from './sessions.js'

export interface NewMember {
  readonly email: string
  readonly name: string
  readonly role: MemberRole
  readonly password: string
}

/** The people of a tenant and their sessions. */
export interface MembersService {
  createMember(scope: TenantScope, member: NewMember): Promise<string>
  listMembers(scope: TenantScope): Promise<Member[]>
  /** The tenants in which an e-mail address is a member's. */
  findMemberships(email: string): Promise<{ readonly tenantId: TenantId; readonly memberId: string }[]>
  /** @throws UserError `member.not_found` */
  setPassword(scope: TenantScope, memberId: string, password: string): Promise<void>
  /** Begins a session. @param only the tenant whose members alone count @throws UserError `auth.invalid_credentials` */
  signIn(email: string, password: string, only?: TenantId): Promise<{ token: string; caller: MemberCaller }>
  /** Safe to call with anything. */
  signOut(token: string): Promise<void>
  /** Who a session token belongs to; null for anything but a living session. */
  memberOf(token: string): Promise<MemberCaller | null>
}

interface MemberRow {
  readonly tenant_id: TenantId
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: MemberRole
  readonly password_hash: string
  readonly created_at: Date
}

/** A person may be a member of several tenants with one e-mail address; more than these are not tried. */
const MAX_MEMBERSHIPS = 5

export function createMembersService(database: Database, sessions: SessionStore): MembersService {
  return {
    createMember: async ({ tenantId }, { email, name, role, password }) => {
      const id = newId<string>('mem', Date.now())
      const hash = await hashPassword(password)
      await database.withTenant(
        { tenantId },
        (sql) => sql`
        INSERT INTO inlay.members (tenant_id, id, email, lookup, name, role, password_hash)
        VALUES (${tenantId}, ${id}, ${email}, ${emailLookup(email)}, ${name}, ${role}, ${hash})`,
      )
      return id
    },
    listMembers: async (scope) => {
      const rows = await database.withTenant(
        scope,
        (sql) => sql<MemberRow[]>`
        SELECT id, email, name, role, created_at FROM inlay.members WHERE tenant_id = ${scope.tenantId} ORDER BY id`,
      )
      return rows.map(({ created_at, ...member }) => ({ ...member, createdAt: created_at.toISOString() }))
    },
    findMemberships: async (email) => {
      const rows = await findByEmail(database, email)
      return rows.map((row) => ({ tenantId: row.tenant_id, memberId: row.id }))
    },
    setPassword: async ({ tenantId }, memberId, password) => {
      const hash = await hashPassword(password)
      await database.withTenant({ tenantId }, async (sql) => {
        const rows = await sql`UPDATE inlay.members SET password_hash = ${hash}
          WHERE tenant_id = ${tenantId} AND id = ${memberId} RETURNING id`
        if (rows.length === 0) throw new UserError('not_found', 'member.not_found', `There is no member ${memberId}.`)
        // Whoever knew the old password is signed out.
        await sql`DELETE FROM inlay.member_sessions WHERE tenant_id = ${tenantId} AND member_id = ${memberId}`
      })
    },
    signIn: async (email, password, only) => {
      const rows = (await findByEmail(database, email)).filter((row) => row.tenant_id === (only ?? row.tenant_id))
      const member = await findByPassword(rows, password)
      if (member === undefined) {
        throw new UserError(
          'unauthenticated',
          'auth.invalid_credentials',
          'The e-mail address or the password is not right.',
        )
      }
      const token = await sessions.issue({ tenantId: member.tenant_id, memberId: member.id })
      return { token, caller: toCaller({ ...member, tenantId: member.tenant_id, memberId: member.id }) }
    },
    signOut: (token) => sessions.revoke(token),
    memberOf: async (token) => {
      const owner = await sessions.check(token)
      return owner === undefined ? null : toCaller(owner)
    },
  }
}

/** The password says which of several memberships is meant; without any, the same work is done. */
async function findByPassword(rows: readonly MemberRow[], password: string): Promise<MemberRow | undefined> {
  for (const row of rows.length === 0 ? [undefined] : rows) {
    if ((await verifyPassword(row?.password_hash, password)) && row !== undefined) return row
  }
  return undefined
}

function findByEmail(database: Database, email: string): Promise<readonly MemberRow[]> {
  const lookup = emailLookup(email)
  return database.withLookup(
    lookup,
    (sql) => sql<MemberRow[]>`
      SELECT tenant_id, id, email, name, role, password_hash FROM inlay.members WHERE lookup = ${lookup}
      ORDER BY id LIMIT ${MAX_MEMBERSHIPS}`,
  )
}

interface CallerFacts {
  readonly tenantId: TenantId
  readonly memberId: string
  readonly email: string
  readonly name: string
  readonly role: MemberRole
}

function toCaller({ tenantId, memberId, email, name, role }: CallerFacts): MemberCaller {
  return {
    kind: 'member',
    id: memberId,
    scope: { tenantId },
    permissions: MEMBER_PERMISSIONS[role],
    member: { id: memberId, email, name, role },
  }
}

function emailLookup(email: string): string {
  return lookupOf(email.trim().toLowerCase())
}
