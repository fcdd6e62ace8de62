import { useMemo } from 'react'
import { ConnectorIcon } from '../canvas/ConnectorIcon.js'
import type { Template } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { readDefinition } from '../document/read-definition.js'
import { usedConnectors } from '../document/used-connectors.js'
import { useConnectors } from '../hooks/useConnectors.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import styles from './templates.module.css'

const MOST_ICONS = 4

export interface TemplateCardProps {
  readonly template: Template
  readonly client: BuilderClient
  readonly isBusy: boolean
  /** Undefined for those who may only look. */
  readonly onUse: (() => void) | undefined
}

/** One template: what it is for, and which services it works with. */
export function TemplateCard({ template, client, isBusy, onUse }: TemplateCardProps) {
  const t = useTexts()
  const locale = useLocale()
  const used = useMemo(() => connectorsOf(template), [template])
  const { connectors } = useConnectors(client, used)
  const names = new Intl.ListFormat(locale).format(connectors.map(({ name }) => name))
  return (
    <li className={styles['card']} data-inlay-part="template">
      <span className={styles['icons']}>
        {connectors.length === 0 ? (
          <ConnectorIcon connector={undefined} size={34} />
        ) : (
          connectors
            .slice(0, MOST_ICONS)
            .map((connector) => <ConnectorIcon key={connector.id} connector={connector} size={34} />)
        )}
      </span>
      <h2>{template.name}</h2>
      {template.description !== '' && <p>{template.description}</p>}
      {names !== '' && <p className={styles['works']}>{t('templates.works', { names })}</p>}
      {onUse !== undefined && (
        <Button isBusy={isBusy} onClick={onUse}>
          {t('templates.use')}
        </Button>
      )}
    </li>
  )
}

function connectorsOf({ definition }: Template): readonly string[] {
  const read = readDefinition(definition)
  return read.isReadable ? usedConnectors(read.definition) : []
}
