import { useState } from 'react'

export interface Wanted {
  /** What each was switched to that the server has not answered for yet, by id. */
  readonly wanted: ReadonlyMap<string, boolean>
  /** Shows a choice at once until the answer is there; `answer` takes care of its own failure. */
  readonly want: (id: string, enabled: boolean, answer: Promise<unknown>) => void
}

/** Choices of switches that are shown before the server has answered, and taken back when it refuses. */
export function useWanted(): Wanted {
  const [wanted, setWanted] = useState<ReadonlyMap<string, boolean>>(new Map())
  const want = (id: string, enabled: boolean, answer: Promise<unknown>) => {
    setWanted((all) => new Map([...all, [id, enabled]]))
    void answer.finally(() => setWanted((all) => new Map([...all].filter(([each]) => each !== id))))
  }
  return { wanted, want }
}
