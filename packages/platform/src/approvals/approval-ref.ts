import type { RunId, StepAddress } from '@inlay/engine'

/** Where an approval is: a step of a run. */
export interface ApprovalRef extends StepAddress {
  readonly runId: RunId
}

const PREFIX = 'apr_'

/** The id by which callers name an approval. */
export function approvalId({ runId, stepPath, iteration }: ApprovalRef): string {
  return PREFIX + Buffer.from([runId, stepPath, iteration].join('\n')).toString('base64url')
}

/** @returns undefined for what is no id of an approval */
export function parseApprovalId(id: string): ApprovalRef | undefined {
  if (!id.startsWith(PREFIX)) return undefined
  const [runId, stepPath, iteration, more] = Buffer.from(id.slice(PREFIX.length), 'base64url').toString().split('\n')
  if (runId === undefined || stepPath === undefined || iteration === undefined || more !== undefined) return undefined
  // Names a run or nothing: who looks for it finds out.
  return { runId: runId as RunId, stepPath, iteration }
}
