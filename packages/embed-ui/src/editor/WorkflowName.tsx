import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Workflow } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder } from '../state/useBuilder.js'
import { isComposing } from '../ui/is-composing.js'
import { useToast } from '../ui/Toast.js'
import styles from './editor.module.css'

/** The workflow's name, edited in place. */
export function WorkflowName({ isEditable }: { readonly isEditable: boolean }) {
  const t = useTexts()
  const { workflow } = useEditor()
  const rename = useRename()
  const [name, setName] = useState(workflow.name)
  useEffect(() => setName(workflow.name), [workflow.name])
  const commit = () => {
    const next = name.trim()
    if (next === '' || next === workflow.name) setName(workflow.name)
    else rename(next, () => setName(workflow.name))
  }
  if (!isEditable)
    return (
      <h1 className={styles['name']} dir="auto">
        {workflow.name}
      </h1>
    )
  return (
    <h1 className={styles['nameBox']}>
      {/* Gives the field the width of its text. */}
      <span className={styles['name']} aria-hidden="true">
        {name || ' '}
      </span>
      <input
        className={styles['name']}
        dir="auto"
        value={name}
        size={1}
        maxLength={200}
        aria-label={t('toolbar.name')}
        onChange={(event) => setName(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (isComposing(event)) return
          if (event.key === 'Enter') event.currentTarget.blur()
          if (event.key === 'Escape') setName(workflow.name)
        }}
      />
    </h1>
  )
}

/** Renames the workflow and, so that exports agree, its definition. */
function useRename(): (name: string, onRefused: () => void) => void {
  const t = useTexts()
  const { client, workflow } = useEditor()
  const builder = useBuilder()
  const cache = useQueryClient()
  const toast = useToast()
  const key = ['workflow', workflow.id]
  const show = (name: string) =>
    cache.setQueryData<Workflow>(key, (old) => (old === undefined ? old : { ...old, name }))
  return (name, onRefused) => {
    const before = workflow.name
    show(name)
    builder.edit((definition) => ({ ...definition, name }))
    const renamed = builder.store.getState().history.present
    client.workflows.update.mutate({ id: workflow.id, name }).catch((error: unknown) => {
      show(before)
      onRefused()
      // Elsewhere it has kept its name: a draft that says otherwise would not be what people see in their list.
      if (builder.store.getState().history.present === renamed) builder.undo()
      else builder.edit((definition) => (definition.name === name ? { ...definition, name: before } : definition))
      toast({ tone: 'danger', title: problemText(readProblem(error), t) })
    })
  }
}
