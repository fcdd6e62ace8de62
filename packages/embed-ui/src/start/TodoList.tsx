import type { DefinitionIssue, WorkflowDefinition } from '@inlay/engine'
import { useMemo } from 'react'
import { stepTitle, triggerTitle } from '../canvas/step-looks.js'
import type { BuilderClient } from '../data/client.js'
import { placeIssues, TRIGGER_OWNER } from '../document/issues.js'
import { findStep } from '../document/sequences.js'
import { usedConnectors } from '../document/used-connectors.js'
import { useConnectors } from '../hooks/useConnectors.js'
import { useTexts } from '../messages/useTexts.js'
import { issueWords } from '../problems/issue-words.js'
import { Callout } from '../ui/Feedback.js'
import styles from './start.module.css'

const MOST = 6

export interface TodoListProps {
  readonly definition: WorkflowDefinition
  readonly issues: readonly DefinitionIssue[]
  readonly client: BuilderClient
}

/** What is still to be filled in of a proposal, by the names of its steps. */
export function TodoList({ definition, issues, client }: TodoListProps) {
  const t = useTexts()
  const used = useMemo(() => usedConnectors(definition), [definition])
  const { connectors } = useConnectors(client, used)
  if (issues.length === 0) return <Callout tone="success">{t('describe.complete')}</Callout>
  const nameOf = (id: string): string | undefined => {
    if (id === TRIGGER_OWNER) return triggerTitle(definition.trigger, connectors, t)
    const step = findStep(definition, id)?.step
    return step === undefined ? undefined : stepTitle(step, connectors, t)
  }
  const lines = placeIssues(definition, issues).map((issue) => {
    const text = issueWords(issue, { stepNames: nameOf, t })
    const name = nameOf(issue.owner)
    return name === undefined ? text : t('issue.of', { name, text })
  })
  return (
    <Callout tone="info" title={t('describe.todo', { count: lines.length })}>
      <ul className={styles['todo']}>
        {[...new Set(lines)].slice(0, MOST).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {t('describe.todoText')}
    </Callout>
  )
}
