import type { JsonValue } from '@inlay/engine'
import { useQueryClient } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { type ApiProblem, readProblem } from '../data/api-error.js'
import type { Samples, TriggerSample } from '../data/api-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { ProblemText, Quoted } from '../problems/ProblemText.js'
import { useBuilder } from '../state/useBuilder.js'
import { Button } from '../ui/Button.js'
import { CodeBlock } from '../ui/Code.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import styles from './panels.module.css'

export interface TriggerSamplePanelProps {
  /** The connector's name. */
  readonly app: string
  /** What the connector's author gives as an example. */
  readonly example: JsonValue
}

/** What a run would be started with; later steps can pick from it. */
export function TriggerSamplePanel({ app, example }: TriggerSamplePanelProps) {
  const t = useTexts()
  const { can } = useEditor()
  const { sample, problem, isBusy, take } = useTriggerSample()
  const shown = sample?.data ?? example
  return (
    <Field label={t('trigger.sampleTitle')} help={t('trigger.sampleHelp')} isGroup>
      <div className={styles['sample']}>
        {can('runs:start') && (
          <Button size="small" icon={<Play size={14} />} isBusy={isBusy} onClick={take}>
            {t(sample === undefined ? 'trigger.tryIt' : 'trigger.tryAgain')}
          </Button>
        )}
        {problem !== undefined && (
          <Callout tone="danger" title={t('trigger.sampleFailed')}>
            <ProblemText problem={problem} />
          </Callout>
        )}
        {sample?.source === 'sample' && sample.detail !== null && (
          <Callout tone="info" title={t('trigger.sampleMade')}>
            <Quoted>{sample.detail}</Quoted>
          </Callout>
        )}
        {shown !== null && (
          <>
            <span className={styles['note']} role="status">
              {sample?.source === 'service' ? t('trigger.sampleReal', { app }) : t('trigger.sampleMade')}
            </span>
            <CodeBlock code={JSON.stringify(shown, null, 2)} label={t('trigger.sampleTitle')} />
          </>
        )}
      </div>
    </Field>
  )
}

function useTriggerSample() {
  const { client, workflow } = useEditor()
  const builder = useBuilder()
  const cache = useQueryClient()
  const [sample, setSample] = useState<TriggerSample>()
  const [problem, setProblem] = useState<ApiProblem>()
  const [isBusy, setBusy] = useState(false)
  const take = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      const definition = builder.store.getState().history.present
      const taken = await client.triggers.sample.mutate({ id: workflow.id, definition })
      setSample(taken)
      // The data picker and test runs offer what is really there.
      cache.setQueryData<Samples>(['samples', workflow.id], (old) => ({
        steps: {},
        pinned: [],
        ...old,
        trigger: taken.data,
      }))
    } catch (error) {
      setProblem(readProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return { sample, problem, isBusy, take: () => void take() }
}
