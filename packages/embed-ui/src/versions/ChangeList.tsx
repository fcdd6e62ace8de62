import type { WorkflowDefinition } from '@inlay/engine'
import { ArrowRight, Workflow as WorkflowIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { StepIcon, TriggerIcon } from '../canvas/ConnectorIcon.js'
import { stepTitle } from '../canvas/step-looks.js'
import { isStoredFile } from '../files/stored-file.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Badge, type Tone } from '../ui/Feedback.js'
import { VisuallyHidden } from '../ui/VisuallyHidden.js'
import type { Comparison, FieldChange, StepChange } from './compare.js'
import { fieldLabel } from './field-label.js'
import styles from './versions.module.css'

const TONES = { added: 'success', removed: 'danger', changed: 'info', moved: 'neutral' } as const satisfies Record<
  StepChange['kind'],
  Tone
>
/** Longer values are cut: who wants all of it looks at the step. */
const MAX_VALUE_CHARACTERS = 160

export interface ChangeListProps {
  readonly comparison: Comparison
  /** The newer of both definitions. */
  readonly definition: WorkflowDefinition
}

/** What changed between two versions, step by step, each field with both values. */
export function ChangeList({ comparison, definition }: ChangeListProps) {
  const t = useTexts()
  const { connectors } = useEditor()
  return (
    <ul className={styles['changes']} aria-label={t('diff.label')}>
      {comparison.workflow.length > 0 && (
        <ChangeRow icon={<WorkflowIcon size={18} />} title={t('publish.workflow')} kind="changed">
          <Fields fields={comparison.workflow} />
        </ChangeRow>
      )}
      {comparison.trigger.length > 0 && (
        <ChangeRow
          icon={<TriggerIcon trigger={definition.trigger} connectors={connectors} size={28} />}
          title={t('trigger.title')}
          kind="changed"
        >
          <Fields fields={comparison.trigger} />
        </ChangeRow>
      )}
      {comparison.steps.map((change) => (
        <ChangeRow
          key={`${change.kind}${change.step.id}`}
          icon={<StepIcon step={change.step} connectors={connectors} size={28} />}
          title={stepTitle(change.step, connectors, t)}
          kind={change.kind}
          isMoved={change.kind === 'changed' && change.isMoved}
        >
          {change.kind === 'changed' && <Fields fields={change.fields} step={change.step} />}
        </ChangeRow>
      ))}
    </ul>
  )
}

interface ChangeRowProps {
  readonly icon: ReactNode
  readonly title: string
  readonly kind: StepChange['kind']
  /** @default false */
  readonly isMoved?: boolean
  readonly children?: ReactNode
}

function ChangeRow({ icon, title, kind, isMoved = false, children }: ChangeRowProps) {
  const t = useTexts()
  return (
    <li className={styles['change']} data-kind={kind}>
      <span className={styles['icon']}>{icon}</span>
      <div className={styles['body']}>
        <p className={styles['title']}>
          <strong dir="auto">{title}</strong>
          <Badge tone={TONES[kind]}>{t(`diff.${kind}`)}</Badge>
          {isMoved && <Badge>{t('diff.moved')}</Badge>}
        </p>
        {children}
      </div>
    </li>
  )
}

interface FieldsProps {
  readonly fields: readonly FieldChange[]
  readonly step?: StepChange['step']
}

function Fields({ fields, step }: FieldsProps) {
  const t = useTexts()
  const { connectors } = useEditor()
  return (
    <dl className={styles['fields']}>
      {fields.map(({ path, before, after }) => (
        <div key={path}>
          <dt>{fieldLabel(path, step, connectors, t)}</dt>
          <dd>
            <Value value={before} label={t('diff.before')} side="before" />
            <ArrowRight size={13} aria-hidden="true" className={styles['arrow']} />
            <Value value={after} label={t('diff.after')} side="after" />
          </dd>
        </div>
      ))}
    </dl>
  )
}

interface ValueProps {
  readonly value: unknown
  readonly label: string
  readonly side: 'before' | 'after'
}

function Value({ value, label, side }: ValueProps) {
  const t = useTexts()
  const isEmpty = value === undefined || value === ''
  const Tag = side === 'before' ? 'del' : 'ins'
  return (
    <Tag className={styles['value']} data-empty={isEmpty || undefined}>
      <VisuallyHidden>{label} </VisuallyHidden>
      {isEmpty ? t('diff.nothing') : valueText(value)}
    </Tag>
  )
}

function valueText(value: unknown): string {
  if (isStoredFile(value)) return value.name
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > MAX_VALUE_CHARACTERS ? `${text.slice(0, MAX_VALUE_CHARACTERS)}…` : text
}
