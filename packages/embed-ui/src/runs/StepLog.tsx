import { useQuery } from '@tanstack/react-query'
import { problemText, readProblem } from '../data/api-error.js'
import type { LogLine, StepRun } from '../data/run-types.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import panelStyles from '../panels/panels.module.css'
import { LogLines } from '../step-test/LogLines.js'
import { Callout } from '../ui/Feedback.js'
import { useRunRoom } from './run-room.js'

/** Steps that can log: what services and people write. */
const LOGGING: ReadonlySet<string> = new Set(['action', 'code'])

/** What a step has logged; asked for under `run`, so that it is read anew with the run. */
export function useStepLog({ stepPath, iteration, type, status }: StepRun) {
  const { client } = useEditor()
  const { run } = useRunRoom()
  return useQuery({
    queryKey: ['run', run.id, 'log', stepPath, iteration],
    queryFn: async () => (await client.runs.stepLogs.query({ id: run.id, stepPath, iteration })).data,
    enabled: LOGGING.has(type) && status !== 'skipped',
  })
}

/** The lines of all attempts, in order. */
export function StepLog({ lines, attempts }: { readonly lines: readonly LogLine[]; readonly attempts: number }) {
  const t = useTexts()
  const numbers = [...new Set(lines.map(({ attempt }) => attempt))]
  return numbers.map((number) => {
    const ofAttempt = lines.filter(({ attempt }) => attempt === number)
    return (
      <section key={number}>
        {attempts > 1 && <p className={panelStyles['note']}>{t('runView.attempt', { number })}</p>}
        <LogLines log={ofAttempt.flatMap(toLine)} />
        {ofAttempt.some(({ level }) => level === 'cut') && <p className={panelStyles['note']}>{t('runView.logCut')}</p>}
      </section>
    )
  })
}

/** Why the lines could not be read. */
export function StepLogProblem({ error }: { readonly error: unknown }) {
  const t = useTexts()
  return <Callout tone="danger">{problemText(readProblem(error), t)}</Callout>
}

function toLine({ level, message, data }: LogLine) {
  return level === 'cut' ? [] : [{ level, message, ...(data === null ? {} : { data }) }]
}
