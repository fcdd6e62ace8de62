import type { ImportedOperation } from '../imported-connector.js'
import { listOr } from '../json.js'

const TELLS_WHO = /(^|get|read|show)(me|myself|self|whoami|currentuser|user|account|profile|authtest|ping|status)$/i

/** An operation that shows whether credentials work: it reads, needs them, and needs no input. */
export function testOperationOf(operations: readonly ImportedOperation[]): { readonly testOperation?: string } {
  const candidates = operations.filter(
    ({ method, needsConnection, input, server, scopes }) =>
      method === 'GET' &&
      needsConnection &&
      server === undefined &&
      scopes.length === 0 &&
      listOr(input['required']).length === 0,
  )
  const chosen = candidates.find(({ id, path }) => TELLS_WHO.test(id) || TELLS_WHO.test(path.split('/').at(-1) ?? ''))
  return chosen === undefined ? {} : { testOperation: chosen.id }
}
