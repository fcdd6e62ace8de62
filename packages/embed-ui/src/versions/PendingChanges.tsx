import { useEditor } from '../hooks/useEditor.js'
import { useDefinition } from '../state/useBuilder.js'
import { LoadingState } from '../ui/Spinner.js'
import { Changes } from './Changes.js'
import { useComparison } from './useComparison.js'

/** What publishing the draft would change for those who rely on the workflow; nothing before the first version. */
export function PendingChanges() {
  const { published } = useEditor().workflow
  const draft = useDefinition()
  const { definition, comparison, isPending } = useComparison(published?.id)
  if (published === null) return null
  if (isPending) return <LoadingState />
  if (definition === undefined || comparison === undefined) return null
  return <Changes number={published.number} before={definition} after={draft} comparison={comparison} />
}
