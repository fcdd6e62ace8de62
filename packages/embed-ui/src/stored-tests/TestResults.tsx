import { CircleCheck, CircleDashed, CircleX, FlaskConical, Trash2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { stepTitle } from '../canvas/step-looks.js'
import type { StoredTest } from '../data/api-types.js'
import { findStep } from '../document/sequences.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useDefinition } from '../state/useBuilder.js'
import { Button, IconButton } from '../ui/Button.js'
import { Duration } from '../ui/Time.js'
import { acceptDifferences, isAcceptable } from './accept.js'
import { differenceText } from './difference-text.js'
import styles from './stored-tests.module.css'
import { useStoredTests } from './useStoredTests.js'

/** The tests that are kept with the workflow, run once when this is shown; nothing when there are none. */
export function TestResults() {
  const t = useTexts()
  const { can } = useEditor()
  const { tests, isBusy, run, update, remove } = useStoredTests()
  const hasRun = useRef(false)
  const hasTests = tests !== undefined && tests.length > 0
  const mayRun = can('runs:start')
  useEffect(() => {
    if (!hasTests || !mayRun || hasRun.current) return
    hasRun.current = true
    void run()
  })
  if (!hasTests) return null
  const failed = tests.filter(({ lastResult }) => lastResult?.outcome === 'failed').length
  return (
    <section className={styles['tests']} aria-busy={isBusy} data-inlay-part="stored-tests">
      <header className={styles['head']}>
        <h3>{t('tests.title')}</h3>
        <span className={styles['count']} role="status">
          {isBusy
            ? t('tests.running')
            : failed === 0
              ? t('tests.allPassed', { count: tests.length })
              : t('tests.someFailed', { count: failed })}
        </span>
        {mayRun && (
          <Button size="small" icon={<FlaskConical size={14} />} isBusy={isBusy} onClick={() => void run()}>
            {t('tests.run')}
          </Button>
        )}
      </header>
      <ul className={styles['list']}>
        {tests.map((test) => (
          <TestRow
            key={test.id}
            test={test}
            isBusy={isBusy}
            onAccept={(expected) => void update({ id: test.id, expected })}
            onRemove={() => void remove(test.id)}
          />
        ))}
      </ul>
    </section>
  )
}

const ICONS = { passed: CircleCheck, failed: CircleX, none: CircleDashed } as const

interface TestRowProps {
  readonly test: StoredTest
  readonly isBusy: boolean
  readonly onAccept: (expected: StoredTest['expected']) => void
  readonly onRemove: () => void
}

function TestRow({ test, isBusy, onAccept, onRemove }: TestRowProps) {
  const t = useTexts()
  const { isReadOnly } = useEditor()
  const nameOf = useStepName()
  const outcome = test.lastResult?.outcome ?? 'none'
  const differences = test.lastResult?.differences ?? []
  const Icon = ICONS[outcome]
  return (
    <li className={styles['test']} data-outcome={outcome}>
      <Icon size={17} aria-hidden="true" />
      <div className={styles['body']}>
        <p className={styles['name']}>
          <strong>{test.name}</strong>
          <span className={styles['outcome']}>{t(`tests.${outcome}`)}</span>
          {test.lastResult !== null && outcome === 'passed' && <Duration ms={test.lastResult.durationMs} />}
        </p>
        {differences.length > 0 && (
          <ul className={styles['differences']}>
            {differences.map((difference) => {
              const text = differenceText(difference, nameOf, t)
              return <li key={text}>{text}</li>
            })}
          </ul>
        )}
        {outcome === 'failed' && !isReadOnly && isAcceptable(differences) && (
          <Button
            size="small"
            disabled={isBusy}
            onClick={() => onAccept(acceptDifferences(test.expected, differences))}
          >
            {t('tests.accept')}
          </Button>
        )}
      </div>
      {!isReadOnly && (
        <IconButton label={t('tests.delete', { name: test.name })} size="small" disabled={isBusy} onClick={onRemove}>
          <Trash2 size={14} />
        </IconButton>
      )}
    </li>
  )
}

/** What a step is called now; its id when it is gone. */
function useStepName(): (stepId: string) => string {
  const t = useTexts()
  const { connectors } = useEditor()
  const definition = useDefinition()
  return (stepId) => {
    const step = findStep(definition, stepId)?.step
    return step === undefined ? stepId : stepTitle(step, connectors, t)
  }
}
