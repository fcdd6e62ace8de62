import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { StoredTest } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder } from '../state/useBuilder.js'
import { useToast } from '../ui/Toast.js'

/** The tests of the open workflow, and what can be done with them. */
export function useStoredTests() {
  const t = useTexts()
  const { client, workflow } = useEditor()
  const builder = useBuilder()
  const cache = useQueryClient()
  const toast = useToast()
  const [isBusy, setBusy] = useState(false)
  const queryKey = ['stored-tests', workflow.id]
  const found = useQuery({
    queryKey,
    queryFn: async () => (await client.workflowTests.list.query({ id: workflow.id })).data,
  })
  const attempt = useCallback(
    async (work: () => Promise<unknown>): Promise<void> => {
      setBusy(true)
      try {
        await work()
      } catch (error) {
        toast({ tone: 'danger', title: problemText(readProblem(error), t) })
      }
      setBusy(false)
    },
    [toast, t],
  )
  const runAll = async (): Promise<void> => {
    const definition = builder.store.getState().history.present
    const { data } = await client.workflowTests.run.mutate({ id: workflow.id, definition })
    cache.setQueryData<readonly StoredTest[]>(queryKey, data)
  }
  return {
    tests: found.data,
    isBusy,
    /** Runs all of them on the draft as it is here. */
    run: () => attempt(runAll),
    update: (test: Pick<StoredTest, 'id' | 'expected'>) =>
      attempt(async () => {
        await client.workflowTests.update.mutate(test)
        await runAll()
      }),
    remove: (id: string) =>
      attempt(async () => {
        await client.workflowTests.delete.mutate({ id })
        await cache.invalidateQueries({ queryKey })
      }),
  }
}
