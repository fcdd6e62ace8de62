import { StepError } from '@inlay/sdk/connector'

/**
 * Makes something under an id of ours. When Linear refuses, an earlier attempt may have made it: then that is given.
 *
 * @throws StepError what making it failed with, when there is nothing under the id
 */
export async function madeOnce<T>(make: () => Promise<T>, read: () => Promise<T>): Promise<T> {
  try {
    return await make()
  } catch (error) {
    if (!(error instanceof StepError) || error.kind !== 'rejected') throw error
    try {
      return await read()
    } catch (readError) {
      if (readError instanceof StepError && readError.kind === 'rejected') throw error
      throw readError
    }
  }
}
