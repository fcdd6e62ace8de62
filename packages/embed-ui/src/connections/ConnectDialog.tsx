import { LogIn } from 'lucide-react'
import { type FormEvent, type ReactNode, useId } from 'react'
import type { ApiProblem } from '../data/api-error.js'
import { ObjectForm } from '../forms/ObjectForm.js'
import { schemaFields } from '../forms/schema.js'
import { useTexts } from '../messages/useTexts.js'
import { ProblemText } from '../problems/ProblemText.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Input } from '../ui/Input.js'
import styles from './connections.module.css'
import { MethodChoice } from './MethodChoice.js'
import { ScopeChoice, SignInAway, SignInConfirm } from './SignInSteps.js'
import { type ConnectOptions, useConnect } from './useConnect.js'

export interface ConnectDialogProps extends ConnectOptions {
  /** The vendor's name, named once more before an account is used. */
  readonly product: string
  /** Whose automations will use the account; leave it out where that is clear. */
  readonly customer?: string | undefined
  readonly onClose: () => void
}

/** Connects an account at a service: by signing in there, or with credentials that are typed in. */
export function ConnectDialog(props: ConnectDialogProps) {
  const t = useTexts()
  const formId = useId()
  const { connector, existing, onClose } = props
  const connect = useConnect(props)
  const { state } = connect.signIn
  const isForm = state.stage !== 'away' && state.stage !== 'confirm'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    connect.start()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(titleKey(state.stage, existing !== undefined), { name: connector.name })}
      description={isForm ? (connect.method?.help ?? undefined) : undefined}
      width="small"
      footer={<Footer connect={connect} formId={formId} name={connector.name} onClose={onClose} />}
    >
      <form id={formId} className={styles['stack']} onSubmit={submit}>
        <Problem connect={connect} />
        {state.stage === 'away' && <SignInAway name={connector.name} link={state.link} />}
        {state.stage === 'confirm' && (
          <SignInConfirm
            name={connector.name}
            product={props.product}
            customer={props.customer}
            authorization={state.authorization}
            scopes={connect.method?.scopes ?? []}
          />
        )}
        {isForm && <ConnectForm connect={connect} {...props} />}
      </form>
    </Dialog>
  )
}

type Connect = ReturnType<typeof useConnect>

function titleKey(stage: Connect['signIn']['state']['stage'], isAgain: boolean) {
  if (stage === 'confirm') return 'oauth.confirmTitle'
  return isAgain ? 'connection.againTitle' : 'connection.newTitle'
}

function ConnectForm({ connect, connector, existing }: ConnectDialogProps & { readonly connect: Connect }) {
  const t = useTexts()
  const { method } = connect
  if (method === undefined) return <Callout tone="info">{t('connection.nothing')}</Callout>
  return (
    <>
      <MethodChoice methods={connect.methods} value={method.id} onChange={connect.setMethodId} />
      {existing === undefined && (
        <Field label={t('connection.name')} help={t('connection.nameHelp')}>
          <Input value={connect.name} onChange={(event) => connect.setName(event.target.value)} />
        </Field>
      )}
      {schemaFields(method.schema).length > 0 && (
        <ObjectForm key={method.id} schema={method.schema} value={connect.values} onChange={connect.setValues} />
      )}
      {method.kind === 'oauth2' ? (
        <ScopeChoice
          name={connector.name}
          scopes={method.scopes}
          chosen={connect.scopes}
          onChange={connect.setScopes}
        />
      ) : (
        <p className={styles['note']}>{t('connection.secure')}</p>
      )}
    </>
  )
}

function Problem({ connect }: { readonly connect: Connect }) {
  const t = useTexts()
  const { state } = connect.signIn
  if (state.stage === 'failed') {
    return (
      <Callout tone="danger" title={t('oauth.failed')}>
        {state.code === 'oauth.expired' || state.text === '' ? (
          t('oauth.expired')
        ) : (
          <ProblemText problem={asProblem(state)} />
        )}
      </Callout>
    )
  }
  return connect.problem === undefined ? null : (
    <Callout tone="danger" title={t('connection.failed')}>
      <ProblemText problem={connect.problem} />
    </Callout>
  )
}

function asProblem({ code, text }: Extract<Connect['signIn']['state'], { stage: 'failed' }>): ApiProblem {
  return { code, title: text, detail: undefined, status: 0, issues: [] }
}

interface FooterProps {
  readonly connect: Connect
  readonly formId: string
  readonly name: string
  readonly onClose: () => void
}

function Footer({ connect, formId, name, onClose }: FooterProps): ReactNode {
  const t = useTexts()
  const { state } = connect.signIn
  const cancel = <Button onClick={onClose}>{t('ui.cancel')}</Button>
  if (state.stage === 'away') {
    return (
      <>
        {cancel}
        <Button type="submit" form={formId}>
          {t('oauth.restart')}
        </Button>
      </>
    )
  }
  if (state.stage === 'confirm') {
    return (
      <>
        {cancel}
        <Button
          variant="primary"
          isBusy={connect.isBusy || state.isBusy}
          onClick={() => connect.signIn.confirm(state.authorization)}
        >
          {t('oauth.confirm')}
        </Button>
      </>
    )
  }
  const isSignIn = connect.method?.kind === 'oauth2'
  return (
    <>
      {cancel}
      <Button
        variant="primary"
        type="submit"
        form={formId}
        icon={isSignIn ? <LogIn size={15} /> : undefined}
        isBusy={connect.isBusy || state.stage === 'opening' || state.stage === 'done'}
        disabled={!connect.isComplete}
      >
        {isSignIn ? t('oauth.signIn', { name }) : t('connection.connect')}
      </Button>
    </>
  )
}
