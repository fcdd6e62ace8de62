import { useState } from 'react'
import { type UploadCount, useUploadCount } from '../files/useUploadCount.js'
import type { GivenFile } from './given-files.js'

/** The files that are given to a test, which would go on without those that are still on their way. */
export interface GivenFiles extends UploadCount {
  readonly files: readonly GivenFile[]
  readonly onChange: (files: readonly GivenFile[]) => void
}

/** Keeps the files of a test while it is prepared. */
export function useGivenFiles(): GivenFiles {
  const [files, onChange] = useState<readonly GivenFile[]>([])
  return { files, onChange, ...useUploadCount() }
}
