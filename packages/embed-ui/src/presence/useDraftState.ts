import { useEffect, useState } from 'react'
import type { DraftState } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'

/** How often a lost subscription is opened anew, in milliseconds. */
const REOPEN_MS = 5_000

/** How the open draft stands on the server, as it changes; undefined until the server has told. */
export function useDraftState(): DraftState | undefined {
  const { client, workflow } = useEditor()
  const [state, setState] = useState<DraftState>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let subscription: { unsubscribe(): void } | undefined
    const open = (): void => {
      subscription = client.workflows.watchDraft.subscribe(
        { id: workflow.id },
        {
          onData: setState,
          onError: () => {
            // Without word from the server nobody is known to be there; saving finds conflicts all the same.
            setState(undefined)
            timer = setTimeout(open, REOPEN_MS)
          },
        },
      )
    }
    open()
    return () => {
      clearTimeout(timer)
      subscription?.unsubscribe()
    }
  }, [client, workflow.id])
  return state
}
