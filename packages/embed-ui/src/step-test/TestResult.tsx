import type { JsonValue, Step } from '@inlay/engine'
import { useState } from 'react'
import type { ApiProblem } from '../data/api-error.js'
import type { StepTest } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { type Texts, useTexts } from '../messages/useTexts.js'
import { issuesText } from '../panels/issue-text.js'
import { failedExpression, failureWords } from '../problems/failure-words.js'
import { ProblemText, Quoted } from '../problems/ProblemText.js'
import { useDefinition } from '../state/useBuilder.js'
import { CopyButton } from '../ui/Code.js'
import { Callout } from '../ui/Feedback.js'
import { Tabs } from '../ui/Tabs.js'
import { LogLines } from './LogLines.js'
import styles from './step-test.module.css'
import type { StepTestState } from './useStepTest.js'
import { ValueTree } from './ValueTree.js'

export interface TestResultProps {
  readonly step: Step
  readonly state: StepTestState
  /** What the step's fields are called, by their name in the input; undefined for what is no field. */
  readonly fieldTitle: (name: string) => string | undefined
}

/** What came of a test: what went wrong and what to do, or the data. */
export function TestResult({ step, state, fieldTitle }: TestResultProps) {
  const t = useTexts()
  if (state.status === 'refused') return <Refusal problem={state.problem} />
  if (state.status !== 'done') return null
  const { result } = state
  return (
    <>
      {result.isConditionMet === false && <Callout tone="warning">{t('stepTest.skipped')}</Callout>}
      {result.status === 'unfinished' && <Callout tone="info">{t('stepTest.unfinishedText')}</Callout>}
      {result.status === 'unreached' && <Callout tone="warning">{t('stepTest.unreachedText')}</Callout>}
      {result.error !== null && result.status === 'failed' && <Failure error={result.error} fieldTitle={fieldTitle} />}
      {result.status === 'succeeded' && result.effect === 'shown' && (
        <Callout tone="info" title={t('stepTest.shownTitle')}>
          {shownText(step, result.input, t)}
        </Callout>
      )}
      <ResultData result={result} />
    </>
  )
}

/** Why the test did not begin. */
function Refusal({ problem }: { readonly problem: ApiProblem }) {
  const t = useTexts()
  const definition = useDefinition()
  const { connectors } = useEditor()
  return (
    <Callout tone="danger" title={t('stepTest.couldNot')}>
      {problem.issues.length === 0 ? (
        <ProblemText problem={problem} />
      ) : (
        issuesText(problem.issues, definition, connectors, t)
      )}
    </Callout>
  )
}

interface FailureProps {
  readonly error: NonNullable<StepTest['error']>
  readonly fieldTitle: TestResultProps['fieldTitle']
}

/** An error with its cause and what to do about it. */
function Failure({ error, fieldTitle }: FailureProps) {
  const t = useTexts()
  const field = fieldOf(error.data)
  const name = field === undefined ? undefined : fieldTitle(field)
  const { title, said } = failureWords(error, t)
  const expression = failedExpression(error.data)
  return (
    <Callout tone="danger" title={name === undefined ? title : t('issue.of', { name, text: title })}>
      {said !== undefined && (
        <p>
          <Quoted>{said.title}</Quoted>
        </p>
      )}
      {said?.detail !== undefined && (
        <p>
          <Quoted>{said.detail}</Quoted>
        </p>
      )}
      {said === undefined && expression !== undefined && (
        <p>
          <code dir="ltr">{expression}</code>
        </p>
      )}
      <p>{t(`stepTest.advice.${error.kind}`)}</p>
    </Callout>
  )
}

/** The name of the field that a service complains of, when its connector says so. */
function fieldOf(data: JsonValue | undefined): string | undefined {
  if (typeof data !== 'object' || data === null || !('field' in data)) return undefined
  // Checked above: an object with that field.
  const { field } = data as { readonly field: JsonValue }
  return typeof field === 'string' ? field : undefined
}

function shownText(step: Step, input: JsonValue, t: Texts): string {
  switch (step.type) {
    case 'wait':
      return t('stepTest.wouldWait')
    case 'call':
      return t('stepTest.wouldCall')
    case 'publish':
      return t('stepTest.wouldPublish')
    case 'respond':
      return t('stepTest.wouldRespond')
    case 'stop':
      return t('stepTest.wouldStop')
    case 'forEach': {
      const items = memberOf(input, 'items')
      return t('stepTest.wouldRepeat', { count: Array.isArray(items) ? items.length : 0 })
    }
    case 'while':
      return t(memberOf(input, 'isMet') === true ? 'stepTest.conditionHolds' : 'stepTest.conditionFails')
    default:
      return t('stepTest.shown')
  }
}

function memberOf(value: JsonValue, name: string): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // No list, so an object.
      (value as Readonly<Record<string, JsonValue>>)[name]
    : undefined
}

type DataTab = 'output' | 'input' | 'log'

function ResultData({ result }: { readonly result: StepTest }) {
  const t = useTexts()
  const { output, input, log, status, effect } = result
  const first: DataTab = status === 'succeeded' && output !== null ? 'output' : 'input'
  const [chosen, setTab] = useState<DataTab>()
  const tab = chosen ?? first
  const value = tab === 'output' ? output : input
  return (
    <div className={styles['result']}>
      <div className={styles['resultHead']}>
        <Tabs
          label={t('stepTest.result')}
          selected={tab}
          onSelect={setTab}
          tabs={[
            { id: 'output', label: t('stepTest.output') },
            { id: 'input', label: t('stepTest.input') },
            ...(log.length === 0 ? [] : [{ id: 'log' as const, label: t('stepTest.log') }]),
          ]}
        />
        {tab !== 'log' && value !== null && <CopyButton text={JSON.stringify(value, null, 2)} />}
      </div>
      {tab === 'log' ? (
        <LogLines log={log} />
      ) : value === null ? (
        <p className={styles['none']}>{t('stepTest.noOutput')}</p>
      ) : (
        <ValueTree value={value} label={t(tab === 'output' ? 'stepTest.output' : 'stepTest.input')} />
      )}
      {result.isKept && effect !== 'shown' && <p className={styles['hint']}>{t('stepTest.kept')}</p>}
    </div>
  )
}
