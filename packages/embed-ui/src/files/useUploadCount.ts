import { useCallback, useState } from 'react'

/** Whether any of several places has a file on its way. */
export interface UploadCount {
  readonly isUploading: boolean
  /** Hears, for each place, whether its file is on its way. */
  readonly onBusy: (isBusy: boolean) => void
}

/** Counts uploads for what has to wait until all have arrived. */
export function useUploadCount(): UploadCount {
  const [count, setCount] = useState(0)
  const onBusy = useCallback((isBusy: boolean) => setCount((before) => before + (isBusy ? 1 : -1)), [])
  return { isUploading: count > 0, onBusy }
}
