import type postgres from 'postgres'

/** Dispatches after which a run that nobody took counts as neglected: some ten seconds after its start. */
const NEGLECTED_AFTER = 2

/** Whether runs wait that were dispatched repeatedly and taken by no worker. @param sql as the role `inlay_engine` */
export async function hasNeglectedRuns(sql: postgres.Sql): Promise<boolean> {
  const [row] = await sql<{ neglected: boolean }[]>`SELECT EXISTS (
    SELECT FROM inlay.runs WHERE due_at IS NOT NULL AND status = 'pending' AND dispatch_seq >= ${NEGLECTED_AFTER}
  ) AS neglected`
  return row?.neglected === true
}
