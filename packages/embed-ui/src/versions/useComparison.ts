import { useMemo } from 'react'
import { useVersionDefinition, type VersionDefinition } from '../hooks/useVersionDefinition.js'
import { useDefinition } from '../state/useBuilder.js'
import { type Comparison, compareDefinitions } from './compare.js'

export interface VersionComparison extends VersionDefinition {
  /** Undefined until the version is there, and when it cannot be read. */
  readonly comparison: Comparison | undefined
}

/** A version next to the draft as it is now. @param versionId undefined when there is none */
export function useComparison(versionId: string | undefined): VersionComparison {
  const draft = useDefinition()
  const version = useVersionDefinition(versionId)
  const { definition } = version
  const comparison = useMemo(
    () => (definition === undefined ? undefined : compareDefinitions(definition, draft)),
    [definition, draft],
  )
  return { ...version, comparison }
}
