import type { WorkflowDefinition } from '@inlay/engine'
import type { BuilderClient } from '../data/client.js'

export interface NewWorkflow {
  readonly customerId: string
  readonly name: string
  /** @default an empty one */
  readonly definition?: WorkflowDefinition | undefined
}

/** Makes a draft, and never publishes. A draft that could not be filled is taken away again. @returns its id */
export async function makeWorkflow(
  client: BuilderClient,
  { customerId, name, definition }: NewWorkflow,
): Promise<string> {
  const { id, draft } = await client.workflows.create.mutate({ customerId, name })
  if (definition === undefined) return id
  try {
    await client.workflows.saveDraft.mutate({
      id,
      definition: { ...definition, name },
      baseRevision: draft.revision,
    })
    return id
  } catch (error) {
    // The first mistake is the one to tell of.
    await client.workflows.delete.mutate({ id }).catch(() => undefined)
    throw error
  }
}
