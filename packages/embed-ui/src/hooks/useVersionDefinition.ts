import type { WorkflowDefinition } from '@inlay/engine'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { readDefinition } from '../document/read-definition.js'
import { useEditor } from './useEditor.js'

export interface VersionDefinition {
  /** Undefined while it is fetched, and when it cannot be drawn. */
  readonly definition: WorkflowDefinition | undefined
  /** Why it cannot be drawn; empty when it can. */
  readonly reason: string
  readonly error: Error | null
  readonly isPending: boolean
}

/** The document of a version, which never changes. @param versionId nothing is fetched while it is undefined */
export function useVersionDefinition(versionId: string | undefined): VersionDefinition {
  const { client } = useEditor()
  const { data, error, isPending } = useQuery({
    queryKey: ['version', versionId],
    queryFn: () => client.workflows.versionById.query({ versionId: versionId ?? '' }),
    enabled: versionId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return useMemo(() => {
    const read = data === undefined ? undefined : readDefinition(data.definition)
    return {
      definition: read?.isReadable === true ? read.definition : undefined,
      reason: read?.isReadable === false ? read.reason : '',
      error,
      isPending,
    }
  }, [data, error, isPending])
}
