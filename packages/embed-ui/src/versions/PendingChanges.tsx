import { useQuery } from '@tanstack/react-query'
import { readDefinition } from '../document/read-definition.js'
import { useEditor } from '../hooks/useEditor.js'
import { useDefinition } from '../state/useBuilder.js'
import { LoadingState } from '../ui/Spinner.js'
import { Changes } from './Changes.js'

/** What publishing the draft would change for those who rely on the workflow; nothing before the first version. */
export function PendingChanges() {
  const { client, workflow } = useEditor()
  const draft = useDefinition()
  const published = workflow.published
  const found = useQuery({
    queryKey: ['version', published?.id],
    queryFn: () => client.workflows.versionById.query({ versionId: published?.id ?? '' }),
    enabled: published !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (published === null || found.isError) return null
  if (found.data === undefined) return <LoadingState />
  const read = readDefinition(found.data.definition)
  if (!read.isReadable) return null
  return <Changes number={published.number} before={read.definition} after={draft} />
}
