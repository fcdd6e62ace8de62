import { Settings2 } from 'lucide-react'
import { ConnectorIcon } from '../canvas/ConnectorIcon.js'
import type { Automation, ConnectorSummary } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { useConnectors } from '../hooks/useConnectors.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { RunStatusBadge } from '../ui/RunStatusBadge.js'
import { RelativeTime } from '../ui/Time.js'
import { Switch } from '../ui/Toggle.js'
import styles from './automations.module.css'
import { hasSettings } from './ready.js'

export interface AutomationCardProps {
  readonly automation: Automation
  readonly client: BuilderClient
  readonly mayWrite: boolean
  /** What it was switched to, while the server has not answered; shown at once. */
  readonly wanted: boolean | undefined
  readonly onToggle: () => void
  /** Absent where nothing can be set. */
  readonly onSettings?: () => void
  readonly onOpenRun: ((runId: string) => void) | undefined
}

/** One automation: what it does, its switch, and how it last went. */
export function AutomationCard({ automation, client, mayWrite, wanted, onToggle, ...props }: AutomationCardProps) {
  const t = useTexts()
  const { connectors } = useConnectors(
    client,
    automation.accounts.map(({ connector }) => connector),
  )
  const { name, description, lastRun } = automation
  const isOn = wanted ?? automation.enabled
  return (
    <li className={styles['card']} data-inlay-part="automation" data-enabled={isOn || undefined}>
      <Icons connectors={connectors} />
      <div className={styles['what']}>
        <h2 dir="auto">{name}</h2>
        {description !== '' && <p dir="auto">{description}</p>}
        <div className={styles['foot']}>
          <LastRun lastRun={lastRun} onOpenRun={props.onOpenRun} />
          {mayWrite && props.onSettings !== undefined && hasSettings(automation) && (
            <Button
              size="small"
              variant="ghost"
              icon={<Settings2 size={14} />}
              aria-label={t('automations.settingsOf', { name })}
              onClick={props.onSettings}
            >
              {t('automations.settings')}
            </Button>
          )}
        </div>
      </div>
      <span className={styles['switch']} title={mayWrite ? undefined : t('automations.notAllowed')}>
        <Switch isOn={isOn} isBusy={wanted !== undefined} disabled={!mayWrite} aria-label={name} onChange={onToggle} />
      </span>
    </li>
  )
}

const MOST_ICONS = 3

function Icons({ connectors }: { readonly connectors: readonly ConnectorSummary[] }) {
  return (
    <span className={styles['icons']}>
      {connectors.length === 0 ? (
        <ConnectorIcon connector={undefined} size={36} />
      ) : (
        connectors
          .slice(0, MOST_ICONS)
          .map((connector) => <ConnectorIcon key={connector.id} connector={connector} size={36} />)
      )}
    </span>
  )
}

function LastRun({ lastRun, onOpenRun }: Pick<AutomationCardProps, 'onOpenRun'> & Pick<Automation, 'lastRun'>) {
  const t = useTexts()
  if (lastRun === null) return <span className={styles['quiet']}>{t('automations.neverRan')}</span>
  const { id, status, createdAt } = lastRun
  return (
    <span className={styles['last']}>
      {onOpenRun === undefined ? (
        <RunStatusBadge status={status} />
      ) : (
        <button type="button" className={styles['open']} onClick={() => onOpenRun(id)}>
          <RunStatusBadge status={status} />
        </button>
      )}
      <span className={styles['quiet']}>
        <RelativeTime at={createdAt} />
      </span>
    </span>
  )
}
