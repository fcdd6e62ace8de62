import { Sparkles } from 'lucide-react'
import { type FormEvent, useEffect, useRef } from 'react'
import type { DraftedWorkflow } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { readDefinition } from '../document/read-definition.js'
import { useUnsent } from '../hooks/useUnsent.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Textarea } from '../ui/Input.js'
import { Spinner } from '../ui/Spinner.js'
import styles from './start.module.css'
import { TodoList } from './TodoList.js'
import { useAssistantDraft } from './useAssistant.js'
import { useMake } from './useMake.js'
import { WorkflowPreview } from './WorkflowPreview.js'

const LEAST = 10
const MOST = 4_000

export interface DescribeFormProps {
  readonly client: BuilderClient
  readonly customerId: string
  readonly onOpen: (workflowId: string) => void
  /** Shows templates instead. */
  readonly onTemplates?: (() => void) | undefined
}

/** A workflow from a description in words: a proposal to look at first, and then a draft. */
export function DescribeForm({ client, customerId, onOpen, onTemplates }: DescribeFormProps) {
  const t = useTexts()
  const {
    text: description,
    setText: setDescription,
    forget,
  } = useUnsent({ owner: client, name: `description ${customerId}`, start: '' })
  const opened = (workflowId: string) => {
    forget()
    onOpen(workflowId)
  }
  const { state, start, reset } = useAssistantDraft(client)
  if (state.stage === 'done') {
    return <Proposal draft={state.draft} client={client} customerId={customerId} onOpen={opened} onAgain={reset} />
  }
  const isWorking = state.stage === 'working'
  const isLongEnough = description.trim().length >= LEAST
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isLongEnough) start(description.trim())
  }
  return (
    <form className={styles['stack']} onSubmit={submit} aria-busy={isWorking}>
      {state.stage === 'failed' && (
        <Callout
          tone="danger"
          title={t('describe.failed')}
          actions={onTemplates !== undefined && <Button onClick={onTemplates}>{t('describe.useTemplate')}</Button>}
        >
          {state.text}
        </Callout>
      )}
      <Field
        label={t('describe.label')}
        help={t(description.trim() === '' || isLongEnough ? 'describe.help' : 'describe.tooShort')}
      >
        <Textarea
          rows={5}
          maxLength={MOST}
          readOnly={isWorking}
          value={description}
          placeholder={t('describe.placeholder')}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
      <div className={styles['actions']}>
        <p className={styles['working']} role="status">
          {isWorking && (
            <>
              <Spinner size={16} />
              <span>
                <strong>{t('describe.working')}</strong> {t('describe.workingText')}
              </span>
            </>
          )}
        </p>
        {isWorking ? (
          <Button onClick={reset}>{t('describe.stop')}</Button>
        ) : (
          <Button variant="primary" type="submit" icon={<Sparkles size={15} />} disabled={!isLongEnough}>
            {t('describe.send')}
          </Button>
        )}
      </div>
    </form>
  )
}

interface ProposalProps extends Omit<DescribeFormProps, 'onTemplates'> {
  readonly draft: DraftedWorkflow
  readonly onAgain: () => void
}

function Proposal({ draft, client, customerId, onOpen, onAgain }: ProposalProps) {
  const t = useTexts()
  const { isBusy, problem, make } = useMake({ client, onOpen })
  const heading = useRef<HTMLHeadingElement>(null)
  // What was waited for is where people go on.
  useEffect(() => heading.current?.focus(), [])
  const read = readDefinition(draft.definition)
  const again = <Button onClick={onAgain}>{t('describe.again')}</Button>
  if (!read.isReadable) {
    return (
      <Callout tone="warning" actions={again}>
        {t('describe.unreadable')}
      </Callout>
    )
  }
  const { definition } = read
  return (
    <div className={styles['stack']}>
      {problem !== undefined && <Callout tone="danger">{problem}</Callout>}
      <div>
        <h3 ref={heading} tabIndex={-1} className={styles['heading']}>
          {draft.name}
        </h3>
        <p className={styles['explanation']}>{draft.explanation}</p>
      </div>
      <WorkflowPreview definition={definition} client={client} />
      <TodoList definition={definition} issues={draft.issues} client={client} />
      <div className={styles['actions']}>
        {again}
        <Button variant="primary" isBusy={isBusy} onClick={() => make({ customerId, name: draft.name, definition })}>
          {t('describe.use')}
        </Button>
      </div>
    </div>
  )
}
