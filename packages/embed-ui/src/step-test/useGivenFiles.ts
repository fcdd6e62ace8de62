import { useCallback, useState } from 'react'
import type { GivenFile } from './given-files.js'

/** The files that are given to a test. */
export interface GivenFiles {
  readonly files: readonly GivenFile[]
  readonly onChange: (files: readonly GivenFile[]) => void
  /** Whether one is still on its way: the test would go on without it. */
  readonly isUploading: boolean
  /** Hears, for each place, whether its file is on its way. */
  readonly onBusy: (isBusy: boolean) => void
}

/** Keeps the files of a test while it is prepared. */
export function useGivenFiles(): GivenFiles {
  const [files, onChange] = useState<readonly GivenFile[]>([])
  const [uploads, setUploads] = useState(0)
  const onBusy = useCallback((isBusy: boolean) => setUploads((count) => count + (isBusy ? 1 : -1)), [])
  return { files, onChange, isUploading: uploads > 0, onBusy }
}
