/** Workflows are the channels: who watches a run filters, and a burst of runs costs one message. */
export function channelOf(workflowId: string): string {
  return `inlay:events:${workflowId}`
}
