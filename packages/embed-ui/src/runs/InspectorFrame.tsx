import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTexts } from '../messages/useTexts.js'
import panelStyles from '../panels/panels.module.css'
import { IconButton } from '../ui/Button.js'
import styles from './runs.module.css'

export interface InspectorFrameProps {
  readonly title: string
  readonly subtitle?: string
  readonly icon?: ReactNode
  readonly onClose?: () => void
  readonly children: ReactNode
}

/** The panel beside a run. */
export function InspectorFrame({ title, subtitle, icon, onClose, children }: InspectorFrameProps) {
  const t = useTexts()
  return (
    <aside
      className={panelStyles['panel']}
      aria-label={title}
      data-inlay-part="run-inspector"
      data-idle={onClose === undefined || undefined}
    >
      <header className={panelStyles['header']}>
        {icon}
        <div className={panelStyles['heading']}>
          <h2 className={panelStyles['headingTitle']}>{title}</h2>
          {subtitle !== undefined && <span className={panelStyles['headingType']}>{subtitle}</span>}
        </div>
        {onClose !== undefined && (
          <IconButton label={t('ui.close')} size="small" onClick={onClose}>
            <X size={16} />
          </IconButton>
        )}
      </header>
      <div className={panelStyles['body']}>
        <div className={styles['sections']}>{children}</div>
      </div>
    </aside>
  )
}
