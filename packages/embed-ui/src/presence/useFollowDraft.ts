import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { DraftState, Presence, Workflow } from '../data/api-types.js'
import { readDefinition } from '../document/read-definition.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder, useBuilderState } from '../state/useBuilder.js'
import { useToast } from '../ui/Toast.js'
import { usePersonName } from './usePersonName.js'

/** Takes over what others saved while nothing is unsaved here. With unsaved changes, saving finds the conflict and asks. */
export function useFollowDraft(draft: DraftState | undefined): void {
  const t = useTexts()
  const toast = useToast()
  const nameOf = usePersonName()
  const builder = useBuilder()
  const cache = useQueryClient()
  const { client, workflow } = useEditor()
  const { status, revision } = useBuilderState(({ save }) => save)
  const isBehind = draft !== undefined && status === 'saved' && draft.revision > revision
  const latest = useRef({ t, toast, nameOf, draft })
  latest.current = { t, toast, nameOf, draft }
  useEffect(() => {
    if (!isBehind) return
    let isCurrent = true
    client.workflows.get.query({ id: workflow.id }).then(
      (found) => {
        const { save } = builder.store.getState()
        // Somebody began to type here meanwhile, or the answer is older than what is shown.
        if (!isCurrent || save.status !== 'saved' || found.draft.revision <= save.revision) return
        cache.setQueryData<Workflow>(['workflow', workflow.id], found)
        const read = readDefinition(found.draft.definition)
        if (!read.isReadable) return
        builder.replace(read.definition, found.draft.revision)
        builder.showIssues(found.draft.issues)
        const { t: text, toast: show, nameOf: name, draft: known } = latest.current
        const author = onlyOther(known?.people ?? [])
        show({
          tone: 'success',
          title: author?.self === null ? text('presence.updatedBy', { name: name(author) }) : text('presence.updated'),
        })
      },
      // The next word from the server tries again.
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [isBehind, builder, cache, client, workflow.id])
}

/** The one who can have made a change, when there is no doubt about it. */
function onlyOther(people: readonly Presence[]): Presence | undefined {
  const others = people.filter(({ self, mayEdit }) => self !== 'here' && mayEdit)
  return others.length === 1 ? others[0] : undefined
}
