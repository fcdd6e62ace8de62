import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { problemText, readProblem } from '../data/api-error.js'
import type { StepRun } from '../data/run-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import { DataPanel } from './DataPanel.js'

/** An output that is too large to be listed with the steps: shown when somebody asks for it. */
export function LargeOutput({ runId, record }: { readonly runId: string; readonly record: StepRun }) {
  const t = useTexts()
  const locale = useLocale()
  const { client } = useEditor()
  const { stepPath, iteration, outputBytes } = record
  const [isWanted, setWanted] = useState(false)
  const output = useQuery({
    queryKey: ['run', runId, 'output', stepPath, iteration],
    queryFn: async () => (await client.runs.stepOutput.query({ id: runId, stepPath, iteration })).output,
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (output.data !== undefined) {
    return <DataPanel value={output.data} label={t('run.output')} root={`steps.${record.stepId}.output`} />
  }
  if (output.error !== null) return <Callout tone="danger">{problemText(readProblem(output.error), t)}</Callout>
  const size = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 })
  return (
    <Callout
      tone="info"
      title={t('run.output')}
      actions={
        <Button size="small" isBusy={output.isFetching} onClick={() => setWanted(true)}>
          {t('run.loadLarge')}
        </Button>
      }
    >
      {t('run.large', { size: size.format((outputBytes ?? 0) / 1000) })}
    </Callout>
  )
}
