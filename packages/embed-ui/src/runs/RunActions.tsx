import { useQueryClient } from '@tanstack/react-query'
import { CircleStop, Pause, Play, RotateCcw, StepForward } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { Run } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { useToast } from '../ui/Toast.js'
import styles from './runs.module.css'

const ENDED: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled'])

type ActionName = 'suspend' | 'resume' | 'cancel' | 'redrive' | 'rerun'

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

export interface RunActionsProps {
  readonly run: Run
  /** Opens another run: the one that a rerun started. */
  readonly onOpen: (runId: string) => void
}

/** What can be done with a run: let it rest and go on, end it, go on after a failure, or run again. */
export function RunActions({ run, onOpen }: RunActionsProps) {
  const t = useTexts()
  const { client, can } = useEditor()
  const cache = useQueryClient()
  const toast = useToast()
  const [busy, setBusy] = useState<ActionName>()
  const carryOut = async (name: ActionName) => {
    const { id } = run
    if (name === 'rerun') return onOpen((await client.runs.rerun.mutate({ id })).id)
    await client.runs[name].mutate({ id })
    await cache.invalidateQueries({ queryKey: ['run', id] })
  }
  const act = (name: ActionName) => {
    setBusy(name)
    carryOut(name)
      .catch((error: unknown) => toast({ tone: 'danger', title: problemText(readProblem(error)) }))
      .finally(() => setBusy(undefined))
  }
  return (
    <span className={styles['runActions']}>
      {actionsOf(run)
        .filter((name) => can(PERMISSIONS[name]))
        .map((name) => (
          <Button
            key={name}
            size="small"
            icon={ICONS[name]}
            isBusy={busy === name}
            disabled={busy !== undefined}
            onClick={() => act(name)}
          >
            {t(`run.${name}`)}
          </Button>
        ))}
    </span>
  )
}

function actionsOf({ status }: Run): readonly ActionName[] {
  if (!ENDED.has(status)) return [status === 'suspended' ? 'resume' : 'suspend', 'cancel']
  return status === 'failed' ? ['redrive', 'rerun'] : ['rerun']
}
