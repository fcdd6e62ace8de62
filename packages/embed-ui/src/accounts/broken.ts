import type { Connection, ConnectionStatus } from '../data/api-types.js'

const BROKEN: readonly ConnectionStatus[] = ['reconnect_needed', 'failing', 'pending']

/** Whether a person has to do something about an account. */
export function isBroken({ status }: Pick<Connection, 'status'>): boolean {
  return BROKEN.includes(status)
}

/** Accounts that need a person first, then by name. */
export function byUrgency(a: Connection, b: Connection): number {
  return Number(isBroken(b)) - Number(isBroken(a)) || a.name.localeCompare(b.name)
}
