import { ExternalLink } from 'lucide-react'
import type { Authorization, AuthSummary } from '../data/api-types.js'
import { useTexts } from '../messages/useTexts.js'
import { Callout } from '../ui/Feedback.js'
import { Field } from '../ui/Field.js'
import { Facts } from '../ui/Layout.js'
import { Spinner } from '../ui/Spinner.js'
import { Checkbox } from '../ui/Toggle.js'
import styles from './connections.module.css'

export interface ScopeChoiceProps {
  readonly name: string
  readonly scopes: AuthSummary['scopes']
  /** Optional scopes that are asked for. */
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** What the service will be asked for, in plain words; what is optional can be left out. */
export function ScopeChoice({ name, scopes, chosen, onChange }: ScopeChoiceProps) {
  const t = useTexts()
  const needed = scopes.filter(({ optional }) => !optional)
  const optional = scopes.filter((scope) => scope.optional)
  return (
    <>
      {needed.length > 0 && (
        <Field label={t('oauth.scopes')} help={t('oauth.scopesHelp', { name })} isGroup>
          <ScopeList descriptions={needed.map(({ description }) => description)} />
        </Field>
      )}
      {optional.length > 0 && (
        <Field label={t('oauth.optional')} help={t('oauth.optionalHelp')} isGroup>
          <div className={styles['optional']}>
            {optional.map(({ scope, description }) => (
              <Checkbox
                key={scope}
                label={description}
                isOn={chosen.includes(scope)}
                onChange={(isOn) => onChange(isOn ? [...chosen, scope] : chosen.filter((each) => each !== scope))}
              />
            ))}
          </div>
        </Field>
      )}
    </>
  )
}

function ScopeList({ descriptions }: { readonly descriptions: readonly string[] }) {
  return (
    <ul className={styles['scopes']}>
      {descriptions.map((description) => (
        <li key={description}>{description}</li>
      ))}
    </ul>
  )
}

export interface SignInAwayProps {
  readonly name: string
  /** Where to go when the browser has kept the window from opening. */
  readonly link: string | undefined
}

/** While the person is at the service. */
export function SignInAway({ name, link }: SignInAwayProps) {
  const t = useTexts()
  return (
    <>
      {link !== undefined && (
        <Callout tone="warning" title={t('oauth.blocked')}>
          <p className={styles['text']}>{t('oauth.blockedText')}</p>
          <a className={styles['link']} href={link} target="_blank" rel="noopener">
            {t('oauth.open')} <ExternalLink size={13} aria-hidden="true" />
          </a>
        </Callout>
      )}
      <div className={styles['away']} role="status">
        <Spinner size={22} />
        <strong>{t('oauth.waiting', { name })}</strong>
        <span>{t('oauth.waitingText')}</span>
      </div>
    </>
  )
}

export interface SignInConfirmProps {
  readonly name: string
  readonly product: string
  /** Undefined where the person knows whose automations these are. */
  readonly customer: string | undefined
  readonly authorization: Authorization
  readonly scopes: AuthSummary['scopes']
}

/** Names both sides once more: whose automations will act as which account. */
export function SignInConfirm({ name, product, customer, authorization, scopes }: SignInConfirmProps) {
  const t = useTexts()
  const { account } = authorization
  const granted = authorization.scopes.map((scope) => scopes.find((each) => each.scope === scope)?.description ?? scope)
  return (
    <>
      <p className={styles['text']}>
        {customer === undefined
          ? t('oauth.confirmTextPlain', { product })
          : t('oauth.confirmText', { product, customer })}
      </p>
      <Facts
        facts={[
          {
            label: t('oauth.account'),
            value: <strong>{account?.label ?? t('oauth.unknownAccount', { name })}</strong>,
          },
          { label: t('oauth.product'), value: product },
          ...(customer === undefined ? [] : [{ label: t('oauth.customer'), value: customer }]),
          ...(granted.length === 0 ? [] : [{ label: t('oauth.granted'), value: <ScopeList descriptions={granted} /> }]),
        ]}
      />
    </>
  )
}
