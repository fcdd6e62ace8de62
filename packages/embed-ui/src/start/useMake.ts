import { useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { BuilderClient } from '../data/client.js'
import { useEmit } from '../hooks/useEvents.js'
import { useTexts } from '../messages/useTexts.js'
import { makeWorkflow, type NewWorkflow } from './make-workflow.js'

interface MakeOptions {
  readonly client: BuilderClient
  readonly onOpen: (workflowId: string) => void
}

/** Makes a workflow, tells the host, and opens it. */
export function useMake({ client, onOpen }: MakeOptions) {
  const t = useTexts()
  const emit = useEmit()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const make = (wanted: NewWorkflow) => {
    setBusy(true)
    setProblem(undefined)
    makeWorkflow(client, wanted).then(
      (workflowId) => {
        emit('workflow.created', { workflowId })
        onOpen(workflowId)
      },
      (error: unknown) => {
        setProblem(problemText(readProblem(error), t))
        setBusy(false)
      },
    )
  }
  return { isBusy, problem, make }
}
