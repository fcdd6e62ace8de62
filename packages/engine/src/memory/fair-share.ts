import type { StoredRun } from './stored-run.js'

/** The runs that are due first, customers taking turns. */
export function fairShare(due: readonly StoredRun[], limit: number): StoredRun[] {
  const queues = new Map<string, StoredRun[]>()
  for (const stored of [...due].sort(byUrgency)) {
    const customer = `${stored.run.tenantId} ${stored.run.customerId}`
    const queue = queues.get(customer)
    if (queue === undefined) queues.set(customer, [stored])
    else queue.push(stored)
  }
  const taken: StoredRun[] = []
  for (let round = 0; taken.length < limit && queues.size > 0; round++) {
    for (const [customer, queue] of queues) {
      const next = queue[round]
      if (next === undefined) queues.delete(customer)
      else taken.push(next)
    }
  }
  return taken.slice(0, limit)
}

function byUrgency(a: StoredRun, b: StoredRun): number {
  return urgency(a) - urgency(b)
}

/** Priority is a head start in seconds, so that nobody starves. */
function urgency({ dueAt = 0, run }: StoredRun): number {
  return dueAt - (run.priority ?? 0) * 1000
}
