/**
 * Workflows are the channels: who watches a run filters, and a burst of runs costs one message. What becomes of runs is
 * also told on the channels of their customer and tenant, for lists of runs of all workflows.
 *
 * @param id of a workflow, a customer or a tenant; ids name their kind, so that no two channels meet
 */
export function channelOf(id: string): string {
  return `inlay:events:${id}`
}
