import { isInlayError } from '@inlay/engine'
import { ConfigError } from '../config/index.js'
import { codeOf, isUnavailable } from './errors.js'

/** Why a process cannot start, as a sentence for whoever started it: what is wrong and what to do. */
export function describeStartFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  if (isInlayError(error)) return [error.message, error.detail].filter((part) => part !== undefined).join(' ')
  const code = codeOf(error)
  if (code === '28P01' || code === '28000') {
    return 'PostgreSQL refused a login. Check DATABASE_URL and ENGINE_DATABASE_URL; the migrations set the passwords of both roles.'
  }
  if (code === '3D000')
    return 'The database that DATABASE_URL names does not exist. Create it, then run the migrations.'
  if (isUnavailable(error)) {
    return `PostgreSQL cannot be reached${placeOf(error)} (${code}). Start it, or correct DATABASE_URL.`
  }
  return error instanceof Error ? error.message : String(error)
}

function placeOf(error: unknown): string {
  const single = error instanceof AggregateError ? error.errors[0] : error
  if (typeof single !== 'object' || single === null || !('address' in single) || !('port' in single)) return ''
  return ` at ${String(single.address)}:${String(single.port)}`
}
