import type { RunStatus, StepStatus } from '@inlay/engine'
import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  Clock,
  LoaderCircle,
  RotateCcw,
  RotateCw,
  SkipForward,
} from 'lucide-react'
import { useTexts } from '../messages/useTexts.js'
import { Badge, type Tone } from './Feedback.js'
import styles from './Feedback.module.css'

/** A status of a run or of one of its steps. */
export type AnyStatus = RunStatus | StepStatus

const LOOKS = {
  pending: { tone: 'neutral', icon: CircleDashed },
  running: { tone: 'info', icon: LoaderCircle },
  waiting: { tone: 'warning', icon: Clock },
  retrying: { tone: 'warning', icon: RotateCw },
  suspended: { tone: 'warning', icon: CirclePause },
  succeeded: { tone: 'success', icon: CircleCheck },
  failed: { tone: 'danger', icon: CircleAlert },
  skipped: { tone: 'neutral', icon: SkipForward },
  cancelled: { tone: 'neutral', icon: Ban },
  forgotten: { tone: 'neutral', icon: RotateCcw },
} as const satisfies Record<AnyStatus, { tone: Tone; icon: typeof Ban }>

/** The tone that a status is drawn in. */
export function statusTone(status: AnyStatus): Tone {
  return LOOKS[status].tone
}

/** The icon of a status, turning while it runs. */
export function StatusIcon({ status, size = 14 }: { readonly status: AnyStatus; readonly size?: number }) {
  const Icon = LOOKS[status].icon
  return <Icon size={size} aria-hidden="true" className={status === 'running' ? styles['spinner'] : undefined} />
}

/** A run's or step's status as a badge. */
export function RunStatusBadge({ status }: { readonly status: AnyStatus }) {
  const t = useTexts()
  return (
    <Badge tone={LOOKS[status].tone} icon={<StatusIcon status={status} size={12} />}>
      {t(`status.${status}`)}
    </Badge>
  )
}
