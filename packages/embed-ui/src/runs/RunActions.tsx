import { useQueryClient } from '@tanstack/react-query'
import { CircleStop, Pause, Play, RotateCcw, StepForward } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Run } from '../data/run-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { useToast } from '../ui/Toast.js'
import { type RunRequest, useRunRoom } from './run-room.js'
import styles from './runs.module.css'

const ENDED: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled'])

type ActionName = Exclude<RunRequest['kind'], 'fork' | 'edit'> | 'resume'

const ICONS: Readonly<Record<ActionName, ReactNode>> = {
  suspend: <Pause size={14} />,
  resume: <Play size={14} />,
  cancel: <CircleStop size={14} />,
  redrive: <StepForward size={14} />,
  rerun: <RotateCcw size={14} />,
}

const PERMISSIONS: Readonly<Record<ActionName, string>> = {
  suspend: 'runs:suspend',
  resume: 'runs:suspend',
  cancel: 'runs:cancel',
  redrive: 'runs:rerun',
  rerun: 'runs:rerun',
}

/** What can be done with the run: let it rest and go on, end it, go on after a failure, or run again. */
export function RunActions() {
  const t = useTexts()
  const { can } = useEditor()
  const { run, ask } = useRunRoom()
  const { isBusy, resume } = useResume(run.id)
  return (
    <span className={styles['runActions']}>
      {actionsOf(run)
        .filter((name) => can(PERMISSIONS[name]))
        .map((name) => (
          <Button
            key={name}
            size="small"
            icon={ICONS[name]}
            isBusy={name === 'resume' && isBusy}
            onClick={() => (name === 'resume' ? resume() : ask({ kind: name }))}
          >
            {t(`run.${name}`)}
          </Button>
        ))}
    </span>
  )
}

/** Going on is what a rest is for: nothing needs to be said before. */
function useResume(id: string) {
  const t = useTexts()
  const { client } = useEditor()
  const cache = useQueryClient()
  const toast = useToast()
  const [isBusy, setBusy] = useState(false)
  const resume = () => {
    setBusy(true)
    client.runs.resume
      .mutate({ id })
      .then(() => cache.invalidateQueries({ queryKey: ['run', id] }))
      .catch((error: unknown) => toast({ tone: 'danger', title: problemText(readProblem(error), t) }))
      .finally(() => setBusy(false))
  }
  return { isBusy, resume }
}

function actionsOf({ status }: Run): readonly ActionName[] {
  if (!ENDED.has(status)) return [status === 'suspended' ? 'resume' : 'suspend', 'cancel']
  return status === 'succeeded' ? ['rerun'] : ['redrive', 'rerun']
}
