import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { DraftedWorkflow } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { useTexts } from '../messages/useTexts.js'

/** Whether workflows can be described in words; false until that is known. */
export function useHasAssistant(client: BuilderClient, isOn = true): boolean {
  const { data } = useQuery({
    queryKey: ['assistant'],
    queryFn: () => client.assistant.get.query({}),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isOn,
  })
  return data?.isAvailable === true
}

export type AssistantState =
  | { readonly stage: 'writing' | 'working' }
  | { readonly stage: 'failed'; readonly text: string }
  | { readonly stage: 'done'; readonly draft: DraftedWorkflow }

const WRITING = { stage: 'writing' } as const

/** Asks for a draft, which takes up to a minute and may be stopped. */
export function useAssistantDraft(client: BuilderClient) {
  const t = useTexts()
  const [state, setState] = useState<AssistantState>(WRITING)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const start = (description: string) => {
    const own = new AbortController()
    running.current?.abort()
    running.current = own
    setState({ stage: 'working' })
    client.assistant.draft.mutate({ description }, { signal: own.signal }).then(
      (draft) => own.signal.aborted || setState({ stage: 'done', draft }),
      (error: unknown) => own.signal.aborted || setState({ stage: 'failed', text: problemText(readProblem(error), t) }),
    )
  }
  const reset = () => {
    running.current?.abort()
    setState(WRITING)
  }
  return { state, start, reset }
}
