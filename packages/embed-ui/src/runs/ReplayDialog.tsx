import type { JsonValue, Step } from '@inlay/engine'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { stepTitle } from '../canvas/step-looks.js'
import { type ApiProblem, problemText, readProblem } from '../data/api-error.js'
import { findStep } from '../document/sequences.js'
import { jsonProblem } from '../forms/json-problem.js'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Select, Textarea } from '../ui/Input.js'
import { useToast } from '../ui/Toast.js'
import { useWhileShown } from '../ui/useWhileShown.js'
import { hasSecrets } from './data-search.js'
import styles from './replay.module.css'
import { planAll, planFrom, planRest, reachesOutside } from './replay-plan.js'
import { type RunRequest, type RunRoom, useRunRoom } from './run-room.js'

const MOST_NAMES = 6

export interface ReplayDialogProps {
  readonly request: RunRequest
  readonly onClose: () => void
}

/** Says what a request to a run will do, and does it. */
export function ReplayDialog({ request, onClose }: ReplayDialogProps) {
  const t = useTexts()
  const room = useRunRoom()
  const [version, setVersion] = useState<Version>('same')
  const input = useInput(room.run.trigger)
  const { isBusy, problem, carryOut } = useRequest(request, onClose)
  const isNew = request.kind === 'rerun' || request.kind === 'edit'
  const isEnding = request.kind === 'cancel'
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width={request.kind === 'edit' ? 'medium' : 'small'}
      {...useWords(request, room)}
      footer={
        <>
          <Button onClick={onClose}>{t(isEnding ? 'replay.keep' : 'ui.cancel')}</Button>
          <Button
            variant={isEnding ? 'danger' : 'primary'}
            isBusy={isBusy}
            disabled={request.kind === 'edit' && input.problem !== undefined}
            onClick={() => carryOut({ version, ...(request.kind === 'edit' ? { trigger: input.value } : {}) })}
          >
            {t(request.kind === 'edit' ? 'replay.rerunGo' : `replay.${request.kind}Go`)}
          </Button>
        </>
      }
    >
      <div className={styles['stack']}>
        {problem !== undefined && (
          <Callout tone="danger" title={t('replay.failed')}>
            {problemText(problem, t)}
          </Callout>
        )}
        {request.kind === 'edit' && (
          <Field
            label={t('replay.input')}
            help={hasSecrets(room.run.trigger) ? t('replay.hiddenInput') : undefined}
            error={
              input.problem === undefined
                ? undefined
                : t('replay.notJson', { reason: jsonProblem(input.problem, input.text, t) })
            }
          >
            <Textarea
              isMono
              rows={12}
              spellCheck={false}
              value={input.text}
              onChange={(event) => input.setText(event.target.value)}
            />
          </Field>
        )}
        {isNew && <VersionField version={version} onChange={setVersion} />}
        {request.kind === 'fork' && <ForkVersion stepId={request.stepId} version={version} onChange={setVersion} />}
        <Consequences request={request} />
      </div>
    </Dialog>
  )
}

type Version = 'same' | 'latest'

interface VersionFieldProps {
  readonly version: Version
  readonly onChange: (version: Version) => void
}

function VersionField({ version, onChange }: VersionFieldProps) {
  const t = useTexts()
  return (
    <Field label={t('replay.version')}>
      <Select
        value={version}
        options={[
          { value: 'same', label: t('replay.sameVersion') },
          { value: 'latest', label: t('replay.latestVersion') },
        ]}
        onValueChange={(next) => onChange(next === 'latest' ? 'latest' : 'same')}
      />
    </Field>
  )
}

/** The newest version, where what came before the step is the same in it; else why it cannot be taken. */
function ForkVersion({ stepId, ...field }: VersionFieldProps & { readonly stepId: string }) {
  const t = useTexts()
  const { client, connectors } = useEditor()
  const { run, definition } = useRunRoom()
  const fromStep = forkFrom(definition, stepId)
  const check = useQuery({
    queryKey: ['run', run.id, 'fork-check', fromStep],
    queryFn: () => client.runs.checkFork.query({ id: run.id, fromStep }),
    // Without an answer, such as when the automation is off, the version that ran is the only one.
    retry: false,
  })
  if (check.data === undefined || check.data.isNewest) return null
  if (check.data.isPossible) return <VersionField {...field} />
  const { changed, added, removed, hasOtherSettings } = check.data
  const names = [...changed, ...added, ...removed].map((id) => {
    const step = definition && findStep(definition, id)?.step
    return step === undefined ? id : stepTitle(step, connectors, t)
  })
  return (
    <Callout tone="info" title={t('replay.notNewest')}>
      {names.length > 0 && t('replay.notNewestSteps', { names: names.join(', ') })}{' '}
      {hasOtherSettings && t('replay.notNewestSettings')}
    </Callout>
  )
}

/** The step that the API is told: the outermost loop around the one that was asked for, or itself. */
function forkFrom(definition: RunRoom['definition'], stepId: string): string {
  return (definition && planFrom(definition, stepId)?.from.id) ?? stepId
}

function useWords(request: RunRequest, { definition }: RunRoom) {
  const t = useTexts()
  const { connectors } = useEditor()
  if (request.kind !== 'fork') {
    return { title: t(`replay.${request.kind}Title`), description: t(`replay.${request.kind}Text`) }
  }
  const step = definition && findStep(definition, request.stepId)?.step
  const name = step === undefined ? request.stepId : stepTitle(step, connectors, t)
  return { title: t('replay.forkTitle', { name }), description: t('replay.forkText') }
}

/** Which steps run again, and which of them do something outside. */
function Consequences({ request }: Pick<ReplayDialogProps, 'request'>) {
  const t = useTexts()
  const { connectors } = useEditor()
  const { definition, steps } = useRunRoom()
  if (definition === undefined || request.kind === 'cancel' || request.kind === 'suspend') return null
  const plan = request.kind === 'fork' ? planFrom(definition, request.stepId) : undefined
  const again = plan?.again ?? (request.kind === 'redrive' ? planRest(definition, steps) : planAll(definition))
  const outside = again.filter(reachesOutside)
  const nameOf = (step: Step) => stepTitle(step, connectors, t)
  return (
    <div className={styles['plan']}>
      {plan?.isLoop === true && <p>{t('replay.forkLoop', { name: nameOf(plan.from) })}</p>}
      <p>{t('replay.again', { count: again.length })}</p>
      {outside.length === 0 ? (
        <p>{t('replay.nothingOutside')}</p>
      ) : (
        <>
          <p>{t('replay.outside', { count: outside.length })}</p>
          <ul>
            {outside.slice(0, MOST_NAMES).map((step) => (
              <li key={step.id}>{nameOf(step)}</li>
            ))}
            {outside.length > MOST_NAMES && <li>{t('replay.andMore', { count: outside.length - MOST_NAMES })}</li>}
          </ul>
        </>
      )}
    </div>
  )
}

function useInput(trigger: JsonValue) {
  const [text, setText] = useState(() => JSON.stringify(trigger, null, 2))
  return useMemo(() => {
    try {
      // What JSON.parse gives is JSON.
      return { text, setText, value: JSON.parse(text) as JsonValue, problem: undefined }
    } catch (error) {
      return { text, setText, value: null, problem: error instanceof Error ? error.message : String(error) }
    }
  }, [text])
}

interface Choices {
  readonly version: Version
  readonly trigger?: JsonValue
}

function useRequest(request: RunRequest, onClose: () => void) {
  const t = useTexts()
  const { client } = useEditor()
  const { run, onOpen, definition } = useRunRoom()
  const open = useWhileShown(onOpen)
  const close = useWhileShown(onClose)
  const cache = useQueryClient()
  const toast = useToast()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  /** @returns the id of a new run */
  const send = async (choices: Choices): Promise<string | undefined> => {
    const { id } = run
    switch (request.kind) {
      case 'rerun':
      case 'edit':
        return (await client.runs.rerun.mutate({ id, ...choices })).id
      case 'fork': {
        const fromStep = forkFrom(definition, request.stepId)
        const { version } = choices
        return (await client.runs.fork.mutate({ id, fromStep, ...(version === 'same' ? {} : { version }) })).id
      }
      default:
        await client.runs[request.kind].mutate({ id })
        await cache.invalidateQueries({ queryKey: ['run', id] })
        return undefined
    }
  }
  const carryOut = async (choices: Choices) => {
    setBusy(true)
    setProblem(undefined)
    try {
      const started = await send(choices)
      if (started !== undefined) {
        toast({ tone: 'success', title: t('replay.started') })
        open(started)
      }
      close()
    } catch (error) {
      setProblem(readProblem(error))
      setBusy(false)
    }
  }
  return { isBusy, problem, carryOut: (choices: Choices) => void carryOut(choices) }
}
