import type { RunId } from '../contracts/ids.js'
import type { JsonObject, JsonValue } from '../contracts/json.js'
import type { RunIdentity } from '../contracts/run.js'
import type { DueRun, OpenWait } from '../ports/journal.js'
import { jsonField } from './columns.js'
import { give } from './gifts.js'
import type { Connection } from './query.js'
import { type IdentityRow, parse, toIdentity } from './rows.js'
import { FIND_TOKEN_SQL } from './statements/wait.sql.js'
import { hashOf } from './wait-rows.js'

interface TokenRow extends IdentityRow {
  readonly id: RunId
  readonly step_path: string
  readonly iteration: string
  readonly is_answered: boolean
}

/** Answers the approval or callback that a token stands for; the first answer stands. */
export async function answerToken(
  connection: Connection,
  token: string,
  answer: JsonValue,
): Promise<{ outcome: 'answered' | 'already_answered' | 'not_found'; run?: RunIdentity; due: readonly DueRun[] }> {
  const tokenHash = hashOf(token)
  const text = jsonField(answer)
  for (;;) {
    const [row] = await connection.query<TokenRow>(FIND_TOKEN_SQL, [tokenHash])
    if (row === undefined) return { outcome: 'not_found', due: [] }
    const run = toIdentity(row)
    if (row.is_answered) return { outcome: 'already_answered', run, due: [] }
    const address = { runId: run.runId, tenantId: run.tenantId, stepPath: row.step_path, iteration: row.iteration }
    const { count, due } = await give(connection, [{ ...address, tokenHash, answer: text }])
    if (count > 0) return { outcome: 'answered', run, due }
    // Somebody else answered or closed it at this moment: look which.
  }
}

/** A wait that people or services can answer. */
export interface OpenWaitRow extends IdentityRow {
  readonly id: RunId
  readonly step_path: string
  readonly iteration: string
  readonly kind: 'approval' | 'callback'
  readonly detail: string | null
  readonly opened_at: number
}

/** The wait as an inbox shows it. */
export function toOpenWait(row: OpenWaitRow): OpenWait {
  return {
    run: toIdentity(row),
    stepPath: row.step_path,
    iteration: row.iteration,
    kind: row.kind,
    detail: parse<JsonObject>(row.detail) ?? {},
    openedAt: row.opened_at,
  }
}
