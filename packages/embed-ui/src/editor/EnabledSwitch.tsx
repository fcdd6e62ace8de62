import { useQueryClient } from '@tanstack/react-query'
import { problemText, readProblem } from '../data/api-error.js'
import type { Workflow } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useEmit } from '../hooks/useEvents.js'
import { useWanted } from '../hooks/useWanted.js'
import { useTexts } from '../messages/useTexts.js'
import { useToast } from '../ui/Toast.js'
import { Switch } from '../ui/Toggle.js'
import { Tooltip } from '../ui/Tooltip.js'
import styles from './editor.module.css'

/** Turns a published workflow on and off. */
export function EnabledSwitch() {
  const t = useTexts()
  const { workflow, isReadOnly } = useEditor()
  const { wanted, toggle } = useToggle()
  const isOn = wanted ?? workflow.enabled
  const isPublished = workflow.published !== null
  return (
    <Tooltip text={isPublished ? t('toolbar.enable') : t('toolbar.enableFirst')}>
      <span className={styles['enabled']} data-inlay-part="enabled">
        <Switch
          isOn={isOn}
          isBusy={wanted !== undefined}
          disabled={!isPublished || isReadOnly}
          onChange={toggle}
          label={t(isOn ? 'toolbar.enabled' : 'toolbar.disabled')}
        />
      </span>
    </Tooltip>
  )
}

/** What was chosen is shown at once, and taken back when the server refuses. */
function useToggle() {
  const t = useTexts()
  const { client, workflow } = useEditor()
  const emit = useEmit()
  const cache = useQueryClient()
  const toast = useToast()
  const { wanted, want } = useWanted()
  const toggle = (enabled: boolean) => {
    const answer = client.workflows.update
      .mutate({ id: workflow.id, enabled })
      .then(async () => {
        cache.setQueryData<Workflow>(['workflow', workflow.id], (old) =>
          old === undefined ? old : { ...old, enabled },
        )
        emit(enabled ? 'workflow.enabled' : 'workflow.disabled', { workflowId: workflow.id })
        await cache.invalidateQueries({ queryKey: ['workflow', workflow.id] })
      })
      .catch((error: unknown) => toast({ tone: 'danger', title: problemText(readProblem(error), t) }))
    want(workflow.id, enabled, answer)
  }
  return { wanted: wanted.get(workflow.id), toggle }
}
