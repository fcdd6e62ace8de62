import type { JsonValue } from '@inlay/engine'
import { FlaskConical } from 'lucide-react'
import { useState } from 'react'
import { stepTitle } from '../canvas/step-looks.js'
import { type ApiProblem, problemText, readProblem } from '../data/api-error.js'
import { findStep } from '../document/sequences.js'
import { jsonProblem } from '../forms/json-problem.js'
import { useEditor } from '../hooks/useEditor.js'
import { useEmit } from '../hooks/useEvents.js'
import { useUnsent } from '../hooks/useUnsent.js'
import { useTexts } from '../messages/useTexts.js'
import { issuesText } from '../panels/issue-text.js'
import { useBuilder, useDefinition } from '../state/useBuilder.js'
import { exampleTrigger } from '../step-test/example-trigger.js'
import type { GivenFile } from '../step-test/given-files.js'
import { PinnedSteps } from '../step-test/PinnedSteps.js'
import { TestFiles } from '../step-test/TestFiles.js'
import { putAt } from '../step-test/test-files.js'
import { useGivenFiles } from '../step-test/useGivenFiles.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Textarea } from '../ui/Input.js'
import { useWhileShown } from '../ui/useWhileShown.js'
import styles from './editor.module.css'

export interface TestDialogProps {
  /** The last step to be run; undefined for all. */
  readonly upTo?: string | undefined
  readonly onClose: () => void
  readonly onStarted: (runId: string) => void
}

/** Starts a test run of the draft with data that stands in for the trigger's. */
export function TestDialog({ upTo, onClose, onStarted }: TestDialogProps) {
  const t = useTexts()
  const { client, workflow, samples, connectors } = useEditor()
  const definition = useDefinition()
  const { trigger } = definition
  const last = upTo === undefined ? undefined : findStep(definition, upTo)?.step
  const sample = samples?.trigger ?? null
  // The sample may come after the dialog; it does not take the place of what somebody has typed.
  const start = JSON.stringify(sample ?? exampleTrigger(trigger, connectors), null, 2)
  const { text, setText } = useUnsent({ owner: client, name: `test ${workflow.id}`, start })
  const parsed = parseJson(text)
  const given = useGivenFiles()
  const test = useTestRun(upTo, onStarted)
  const { problem } = test
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={last === undefined ? t('test.title') : t('stepTest.upToTitle', { name: stepTitle(last, connectors, t) })}
      description={t(last === undefined ? 'test.text' : 'stepTest.upToText')}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            variant="primary"
            icon={<FlaskConical size={15} />}
            isBusy={test.isBusy}
            disabled={!parsed.ok || given.isUploading}
            onClick={() => parsed.ok && test.start(withFiles(parsed.value, given.files))}
          >
            {t('test.start')}
          </Button>
        </>
      }
    >
      <div className={styles['stack']}>
        <PinnedSteps isTest />
        {problem !== undefined && (
          <Callout tone="danger" title={t('test.failed')}>
            {problem.issues.length === 0
              ? problemText(problem, t)
              : issuesText(problem.issues, definition, connectors, t)}
          </Callout>
        )}
        <Field
          label={t('test.input')}
          help={sample === null ? undefined : t('test.sampleUsed')}
          error={parsed.ok ? undefined : t('test.invalid', { reason: jsonProblem(parsed.reason, text, t) })}
        >
          <Textarea
            isMono
            rows={12}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <TestFiles given={given} />
      </div>
    </Dialog>
  )
}

function useTestRun(upTo: string | undefined, onStarted: (runId: string) => void) {
  const { client, workflow } = useEditor()
  const builder = useBuilder()
  const emit = useEmit()
  const started = useWhileShown(onStarted)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const run = async (input: JsonValue) => {
    setBusy(true)
    setProblem(undefined)
    try {
      await builder.flush()
      const definition = builder.store.getState().history.present
      const until = upTo === undefined ? {} : { upTo }
      const { runId } = await client.workflows.testRun.mutate({ id: workflow.id, definition, input, ...until })
      emit('run.started', { runId, workflowId: workflow.id })
      started(runId)
    } catch (error) {
      const found = readProblem(error)
      if (found.issues.length > 0) builder.showIssues(found.issues)
      setProblem(found)
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, problem, start: (input: JsonValue) => void run(input) }
}

function withFiles(data: JsonValue, files: readonly GivenFile[]): JsonValue {
  return files.reduce((all, { path, file }) => putAt(all, path, { ...file }), data)
}

function parseJson(text: string): { ok: true; value: JsonValue } | { ok: false; reason: string } {
  try {
    // What JSON.parse gives is a JSON value by definition.
    return { ok: true, value: JSON.parse(text) as JsonValue }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}
