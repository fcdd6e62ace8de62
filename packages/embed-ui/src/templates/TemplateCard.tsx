import { ConnectorIcon } from '../canvas/ConnectorIcon.js'
import type { ConnectorSummary, Template } from '../data/api-types.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import styles from './templates.module.css'

const MOST_ICONS = 4

export interface TemplateCardProps {
  readonly template: Template
  /** Those that are known; the template's are picked out. */
  readonly connectors: readonly ConnectorSummary[]
  /** Shows what it does. */
  readonly onLook: () => void
}

/** One template: what it is for, and which services it works with. */
export function TemplateCard({ template, connectors, onLook }: TemplateCardProps) {
  const t = useTexts()
  const locale = useLocale()
  const used = connectors.filter(({ id }) => template.connectors.includes(id))
  const names = new Intl.ListFormat(locale).format(used.map(({ name }) => name))
  const isFree = used.every(({ connection }) => connection !== 'required')
  return (
    <li className={styles['card']} data-inlay-part="template">
      <span className={styles['icons']}>
        {used.length === 0 ? (
          <ConnectorIcon connector={undefined} size={34} />
        ) : (
          used
            .slice(0, MOST_ICONS)
            .map((connector) => <ConnectorIcon key={connector.id} connector={connector} size={34} />)
        )}
      </span>
      <h3 dir="auto">{template.name}</h3>
      {template.description !== '' && <p dir="auto">{template.description}</p>}
      {names !== '' && (
        <p className={styles['works']}>{isFree ? t('templates.noAccounts') : t('templates.works', { names })}</p>
      )}
      <Button aria-label={t('templates.useNamed', { name: template.name })} onClick={onLook}>
        {t('templates.use')}
      </Button>
    </li>
  )
}
