import type { Step } from '@inlay/engine'
import { ArrowDown, ArrowUp, Copy, Ellipsis, Pencil, RotateCw, Trash2, TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { ConnectorTriggerState } from '../data/api-types.js'
import { issuesOf, TRIGGER_OWNER } from '../document/issues.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { Menu, type MenuItem } from '../ui/Menu.js'
import { StatusIcon, statusTone } from '../ui/RunStatusBadge.js'
import { formatDuration } from '../ui/Time.js'
import { StepIcon, TriggerIcon } from './ConnectorIcon.js'
import { type StepCommand, type StepOutcome, useCanvasView } from './canvas-view.js'
import styles from './StepCard.module.css'
import { stepTitle, triggerTitle } from './step-looks.js'

interface CardFaceProps {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly icon: ReactNode
  readonly family: 'trigger' | 'step'
  readonly outcome: StepOutcome | undefined
  readonly titleEditor?: ReactNode
  readonly state?: ReactNode
  readonly menu?: ReactNode
}

function CardFace({ id, title, summary, icon, family, outcome, titleEditor, state, menu }: CardFaceProps) {
  const t = useTexts()
  const view = useCanvasView()
  const issueCount = view.isEditable ? issuesOf(view.issues, id).length : 0
  const wasNotReached = view.outcomes !== undefined && outcome === undefined && family === 'step'
  return (
    <div
      className={styles['card']}
      data-inlay-part={family === 'trigger' ? 'trigger-card' : 'step-card'}
      data-step-id={id}
      data-selected={view.selectedId === id || undefined}
      data-invalid={issueCount > 0 || undefined}
      data-status={outcome?.status}
      data-tone={outcome === undefined ? undefined : statusTone(outcome.status)}
      data-dimmed={wasNotReached || undefined}
    >
      <button
        type="button"
        className={styles['face']}
        data-nav={id}
        aria-pressed={view.selectedId === id}
        aria-label={`${title}. ${summary}${issueCount > 0 ? `. ${t('canvas.issues', { count: issueCount })}` : ''}${
          outcome === undefined ? '' : `. ${t(`status.${outcome.status}`)}`
        }`}
        onClick={() => view.onSelect(id)}
      />
      {icon}
      <span className={styles['words']}>
        {titleEditor ?? <span className={styles['title']}>{title}</span>}
        <span className={styles['summary']}>{summary}</span>
      </span>
      {issueCount > 0 && (
        <span className={styles['issue']} title={t('canvas.issues', { count: issueCount })}>
          <TriangleAlert size={13} aria-hidden="true" />
          {issueCount}
        </span>
      )}
      {state}
      {outcome !== undefined && <OutcomeMark outcome={outcome} />}
      {menu}
    </div>
  )
}

function OutcomeMark({ outcome }: { readonly outcome: StepOutcome }) {
  const t = useTexts()
  const locale = useLocale()
  const { status, durationMs, attempt, count } = outcome
  const facts = [durationMs !== null && formatDuration(durationMs, locale), count > 1 && `×${count}`].filter(Boolean)
  return (
    <span className={styles['outcome']} title={t(`status.${status}`)}>
      <span className={styles['marks']}>
        {attempt > 1 && (
          <span className={styles['attempts']} title={t('run.attempts', { count: attempt })}>
            <RotateCw size={11} aria-hidden="true" />
            {attempt}
          </span>
        )}
        <StatusIcon status={status} size={17} />
      </span>
      {facts.length > 0 && <span className={styles['facts']}>{facts.join(' · ')}</span>}
    </span>
  )
}

/** Whether the service tells of what happens, as a dot with words for those who point at it or cannot see it. */
function TriggerStateMark({ state }: { readonly state: ConnectorTriggerState }) {
  const t = useTexts()
  const words = t(`trigger.state.${state.status}`)
  return (
    <span className={styles['state']} data-state={state.status} title={state.detail ?? words}>
      <span className={styles['stateDot']} aria-hidden="true" />
      <span className={styles['stateWords']}>{words}</span>
    </span>
  )
}

/** The card of the trigger. */
export function TriggerCard({ summary }: { readonly summary: string }) {
  const t = useTexts()
  const { trigger, connectors, triggerState } = useCanvasView()
  return (
    <CardFace
      id={TRIGGER_OWNER}
      title={triggerTitle(trigger, connectors, t)}
      summary={summary}
      icon={<TriggerIcon trigger={trigger} connectors={connectors} />}
      family="trigger"
      outcome={undefined}
      state={triggerState === undefined ? undefined : <TriggerStateMark state={triggerState} />}
    />
  )
}

/** The card of a step. */
export function StepCard({ step, summary }: { readonly step: Step; readonly summary: string }) {
  const t = useTexts()
  const view = useCanvasView()
  const title = stepTitle(step, view.connectors, t)
  const isRenaming = view.renamingId === step.id
  return (
    <CardFace
      id={step.id}
      title={title}
      summary={summary}
      icon={<StepIcon step={step} connectors={view.connectors} />}
      family="step"
      outcome={view.outcomes?.get(step.id)}
      titleEditor={
        isRenaming ? <TitleEditor title={title} onDone={(name) => view.onRename(step.id, name)} /> : undefined
      }
      menu={view.isEditable && !isRenaming ? <StepMenu step={step} title={title} /> : undefined}
    />
  )
}

interface TitleEditorProps {
  readonly title: string
  /** The new name, or null when given up. */
  readonly onDone: (name: string | null) => void
}

function TitleEditor({ title, onDone }: TitleEditorProps) {
  const t = useTexts()
  const [name, setName] = useState(title)
  return (
    <input
      className={`${styles['titleInput']} nokey nopan`}
      // biome-ignore lint/a11y/noAutofocus: the field appears because the person asked to rename
      autoFocus
      value={name}
      aria-label={t('menu.rename')}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => onDone(name)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') onDone(name)
        if (event.key === 'Escape') onDone(null)
      }}
    />
  )
}

function StepMenu({ step, title }: { readonly step: Step; readonly title: string }) {
  const t = useTexts()
  const { onCommand } = useCanvasView()
  const command = (id: StepCommand, icon: ReactNode): MenuItem => ({
    id,
    label: t(`menu.${id}`),
    icon,
    onSelect: () => onCommand(id, step),
  })
  const items: readonly MenuItem[] = [
    { ...command('rename', <Pencil size={14} />), shortcut: 'F2' },
    { ...command('duplicate', <Copy size={14} />), shortcut: 'Ctrl D' },
    { ...command('moveUp', <ArrowUp size={14} />), startsGroup: true },
    command('moveDown', <ArrowDown size={14} />),
    { ...command('delete', <Trash2 size={14} />), shortcut: 'Del', isDanger: true, startsGroup: true },
  ]
  return (
    <span className={styles['menu']}>
      <Menu
        trigger={
          <IconButton label={t('menu.actions', { name: title })} size="small" tabIndex={-1}>
            <Ellipsis size={16} />
          </IconButton>
        }
        items={items}
      />
    </span>
  )
}
