import { useEffect, useMemo, useState } from 'react'
import type { Preview } from '../expressions/preview.js'
import { sampleScope } from '../expressions/sample-scope.js'
import { useDebounced } from '../hooks/useDebounced.js'
import { useFieldData } from './data-context.js'

type PreviewOf = typeof import('../expressions/preview.js')['previewOf']

let loaded: PreviewOf | undefined

/** Typing pauses this long before it is worked out, in milliseconds. */
const PAUSE_MS = 120

export interface PreviewOptions {
  readonly isWanted: boolean
  /** The text is one expression without braces. @default false */
  readonly isBare?: boolean
}

/** What a text gives with the sample data there is; undefined while nobody wants to know, or it is not known yet. */
export function usePreview(text: string, { isWanted, isBare = false }: PreviewOptions): Preview | undefined {
  const data = useFieldData()
  const [previewOf, setPreviewOf] = useState(() => loaded)
  const settled = useDebounced(text, PAUSE_MS)
  useEffect(() => {
    if (!isWanted || previewOf !== undefined) return
    let isCurrent = true
    import('../expressions/preview.js').then(
      (module) => {
        loaded = module.previewOf
        if (isCurrent) setPreviewOf(() => module.previewOf)
      },
      // Without the network there is no preview; the field works all the same.
      () => undefined,
    )
    return () => {
      isCurrent = false
    }
  }, [isWanted, previewOf])
  const scope = useMemo(() => (data === undefined ? undefined : sampleScope(data.groups)), [data])
  return useMemo(
    () =>
      !isWanted || previewOf === undefined || scope === undefined || settled.trim() === ''
        ? undefined
        : previewOf(settled, scope, isBare),
    [isWanted, previewOf, scope, settled, isBare],
  )
}
