import type { Step } from '@inlay/engine'
import { ChevronDown, ChevronUp, Ellipsis, FlaskConical, Pin, PinOff } from 'lucide-react'
import { useState } from 'react'
import { stepTitle } from '../canvas/step-looks.js'
import { schemaFields } from '../forms/schema.js'
import { useEditor } from '../hooks/useEditor.js'
import { type Texts, useLocale, useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from '../ui/Button.js'
import { Badge } from '../ui/Feedback.js'
import { Menu, type MenuItem } from '../ui/Menu.js'
import { formatDuration } from '../ui/Time.js'
import { canBePinned, expectedEffect } from './effects.js'
import { PinDialog } from './PinDialog.js'
import { StepTestFiles } from './StepTestFiles.js'
import styles from './step-test.module.css'
import { TestResult } from './TestResult.js'
import { useGivenFiles } from './useGivenFiles.js'
import { usePinned, usePinning } from './usePins.js'
import { type StepTestState, useStepTest } from './useStepTest.js'
import { useTestUpTo } from './useTestUpTo.js'

/** Tests the step, at the foot of its panel: one click, and the result beside the form. */
export function StepTestDock({ step }: { readonly step: Step }) {
  const t = useTexts()
  const { can, connectors } = useEditor()
  const effect = expectedEffect(step)
  const given = useGivenFiles()
  const test = useStepTest(step.id, given.files)
  const isPinned = usePinned().has(step.id)
  const [isClosed, setClosed] = useState(false)
  const [isPinning, setPinning] = useState(false)
  const { status } = test.state
  const hasResult = status === 'done' || status === 'refused'
  const start = () => {
    setClosed(false)
    test.start()
  }
  if (!can('runs:start')) return null
  return (
    <section className={styles['dock']} aria-label={t('stepTest.test')} data-inlay-part="step-test">
      <div className={styles['bar']}>
        <TestButton
          status={status}
          isPinned={isPinned}
          isDisabled={effect === 'nothing' || given.isUploading}
          onClick={start}
        />
        <span className={styles['state']} role="status">
          <Outcome state={test.state} />
        </span>
        {hasResult && (
          <IconButton
            label={t(isClosed ? 'stepTest.details' : 'ui.hide')}
            aria-expanded={!isClosed}
            size="small"
            onClick={() => setClosed(!isClosed)}
          >
            {isClosed ? <ChevronUp size={15} /> : <ChevronDown size={15} />}
          </IconButton>
        )}
        <TestMenu step={step} state={test.state} isPinned={isPinned} onPin={() => setPinning(true)} />
      </div>
      {isPinned ? (
        <PinnedHint step={step} app={appOf(step, connectors)} />
      ) : (
        !hasResult && <p className={styles['hint']}>{hintOf(step, appOf(step, connectors), t)}</p>
      )}
      {!isPinned && <StepTestFiles step={step} given={given} />}
      {hasResult && !isClosed && (
        <div className={styles['body']}>
          <TestResult step={step} state={test.state} fieldTitle={(name) => titleOfField(step, name, connectors)} />
        </div>
      )}
      {isPinning && (
        <PinDialog
          stepId={step.id}
          name={stepTitle(step, connectors, t)}
          fallback={test.state.status === 'done' ? test.state.result.output : null}
          onClose={() => setPinning(false)}
        />
      )}
    </section>
  )
}

interface TestButtonProps {
  readonly status: StepTestState['status']
  readonly isPinned: boolean
  readonly isDisabled: boolean
  readonly onClick: () => void
}

function TestButton({ status, isPinned, isDisabled, onClick }: TestButtonProps) {
  const t = useTexts()
  const label = status === 'running' ? 'stepTest.running' : status === 'none' ? 'stepTest.test' : 'stepTest.again'
  return (
    <Button icon={<FlaskConical size={15} />} isBusy={status === 'running'} disabled={isDisabled} onClick={onClick}>
      {t(isPinned ? 'stepTest.forReal' : label)}
    </Button>
  )
}

function Outcome({ state }: { readonly state: StepTestState }) {
  const t = useTexts()
  const locale = useLocale()
  if (state.status === 'refused') return <Badge tone="danger">{t('stepTest.failed')}</Badge>
  if (state.status !== 'done') return null
  const { status, durationMs, effect } = state.result
  const tone = { succeeded: 'success', failed: 'danger', unfinished: 'info', unreached: 'warning' } as const
  return (
    <>
      <Badge tone={tone[status]}>{t(`stepTest.${status}`)}</Badge>
      {effect !== 'shown' && status !== 'unreached' && (
        <span className={styles['time']}>{formatDuration(durationMs, locale)}</span>
      )}
    </>
  )
}

interface TestMenuProps {
  readonly step: Step
  readonly state: StepTestState
  readonly isPinned: boolean
  readonly onPin: () => void
}

function TestMenu({ step, state, isPinned, onPin }: TestMenuProps) {
  const t = useTexts()
  const { isReadOnly } = useEditor()
  const { pin, unpin } = usePinning()
  const upTo = useTestUpTo()
  const output = state.status === 'done' && state.result.status === 'succeeded' ? state.result.output : null
  const items: MenuItem[] = []
  if (upTo !== undefined) {
    const onSelect = () => upTo(step.id)
    items.push({ id: 'upTo', label: t('stepTest.upTo'), icon: <FlaskConical size={14} />, onSelect })
  }
  if (!isReadOnly && canBePinned(step)) {
    if (output !== null) {
      const onSelect = () => void pin(step.id, output)
      items.push({ id: 'pin', label: t('pin.pin'), icon: <Pin size={14} />, startsGroup: true, onSelect })
    }
    const label = t(isPinned ? 'pin.edit' : 'pin.own')
    items.push({ id: 'own', label, icon: <Pin size={14} />, startsGroup: output === null, onSelect: onPin })
    if (isPinned) {
      items.push({
        id: 'unpin',
        label: t('pin.unpin'),
        icon: <PinOff size={14} />,
        onSelect: () => void unpin(step.id),
      })
    }
  }
  if (items.length === 0) return null
  return (
    <Menu
      items={items}
      trigger={
        <IconButton label={t('stepTest.more')} size="small">
          <Ellipsis size={16} />
        </IconButton>
      }
    />
  )
}

type Connectors = ReturnType<typeof useEditor>['connectors']

function appOf(step: Step, connectors: Connectors): string | undefined {
  if (step.type !== 'action') return undefined
  return connectors.find(({ id }) => id === step.connector)?.name ?? step.connector
}

interface PinnedHintProps {
  readonly step: Step
  readonly app: string | undefined
}

/** That tests use pinned data here, and the way out of it. */
function PinnedHint({ step, app }: PinnedHintProps) {
  const t = useTexts()
  const { isReadOnly } = useEditor()
  const { unpin } = usePinning()
  return (
    <div className={styles['pinnedHint']}>
      <Badge tone="info" icon={<Pin size={12} aria-hidden="true" />}>
        {t('pin.pinned')}
      </Badge>
      <span className={styles['hint']}>
        {app === undefined ? t('stepTest.pinnedHintPlain') : t('stepTest.pinnedHint', { app })}
      </span>
      {!isReadOnly && (
        <Button size="small" variant="ghost" onClick={() => void unpin(step.id)}>
          {t('pin.unpin')}
        </Button>
      )}
    </div>
  )
}

/** What a test will do, said before anybody clicks. */
function hintOf(step: Step, app: string | undefined, t: Texts): string {
  const effect = expectedEffect(step)
  if (effect === 'nothing') return t('stepTest.nothing')
  if (effect === 'called') return t('stepTest.really', { app: app ?? '' })
  if (step.type === 'code') return t('stepTest.reallyCode')
  return t(effect === 'shown' ? 'stepTest.shown' : 'stepTest.computed')
}

function titleOfField(step: Step, name: string, connectors: Connectors): string | undefined {
  if (step.type !== 'action') return undefined
  const connector = connectors.find(({ id }) => id === step.connector)
  const schema = connector?.actions.find(({ id }) => id === step.action)?.inputSchema
  return schemaFields(schema ?? {}).find((field) => field.name === name)?.title
}
