import { useMemo } from 'react'
import { stepTitle, triggerTitle } from '../canvas/step-looks.js'
import { useSummaryWords } from '../canvas/useSummaryWords.js'
import { type FieldIssue, type PlacedIssue, TRIGGER_OWNER } from '../document/issues.js'
import { walkSteps } from '../document/sequences.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useDefinition, useShownIssues } from '../state/useBuilder.js'
import { fieldTitle, type IssueContext, issueWords } from './issue-words.js'

/** Something to be mended before the workflow can be published. */
export interface Problem {
  readonly key: string
  /** A step's id, `TRIGGER_OWNER` or `WORKFLOW_OWNER`. */
  readonly owner: string
  /** JSON Pointer relative to the owner. */
  readonly field: string
  /** What the step is called. */
  readonly where: string
  /** What the field is called; undefined for the step as a whole. */
  readonly fieldName: string | undefined
  readonly text: string
}

/** What is needed to put issues of a step in words. */
export function useIssueContext(owner: string): IssueContext {
  const t = useTexts()
  const { connectors } = useEditor()
  const definition = useDefinition()
  const { stepNames } = useSummaryWords(definition, connectors)
  return useMemo(() => {
    const step = [...walkSteps(definition)].find((each) => each.step.id === owner)?.step
    return { step, connectors, stepNames, t }
  }, [definition, connectors, stepNames, owner, t])
}

/** The issues of one owner in plain words. */
export function useWordedIssues(issues: readonly PlacedIssue[], context: IssueContext): readonly FieldIssue[] {
  return useMemo(() => issues.map((issue) => ({ ...issue, message: issueWords(issue, context) })), [issues, context])
}

/** Every problem of the workflow, in the order of its steps. */
export function useProblems(): readonly Problem[] {
  const t = useTexts()
  const { connectors } = useEditor()
  const definition = useDefinition()
  const { stepNames } = useSummaryWords(definition, connectors)
  const issues = useShownIssues()
  return useMemo(() => {
    const steps = [...walkSteps(definition)].map(({ step }) => step)
    const order = new Map([TRIGGER_OWNER, ...steps.map(({ id }) => id)].map((id, at) => [id, at]))
    const placeOf = ({ owner }: PlacedIssue) => order.get(owner) ?? -1
    return [...issues]
      .sort((a, b) => placeOf(a) - placeOf(b))
      .map((issue) => {
        const { owner, field, message } = issue
        const step = steps.find(({ id }) => id === owner)
        const context = { step, connectors, stepNames, t }
        const where =
          step !== undefined
            ? stepTitle(step, connectors, t)
            : owner === TRIGGER_OWNER
              ? triggerTitle(definition.trigger, connectors, t)
              : t('problems.workflow')
        const text = issueWords(issue, context)
        return { key: `${owner} ${field} ${message}`, owner, field, where, fieldName: fieldTitle(issue, context), text }
      })
  }, [definition, issues, connectors, stepNames, t])
}
