import { Component, type ReactNode } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Callout } from '../ui/Feedback.js'
import type { EventHub } from './events.js'
import styles from './host.module.css'

export interface CrashBoundaryProps {
  readonly events: EventHub
  readonly children: ReactNode
}

/** Keeps a mistake of ours inside the widget: without it React would take the host's whole page down. */
export class CrashBoundary extends Component<CrashBoundaryProps, { readonly isCrashed: boolean }> {
  override state = { isCrashed: false }

  static getDerivedStateFromError(): { readonly isCrashed: boolean } {
    return { isCrashed: true }
  }

  override componentDidCatch(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    this.props.events.emit('error', { code: 'widget.crashed', message, retryable: true })
  }

  override render(): ReactNode {
    if (!this.state.isCrashed) return this.props.children
    return <CrashMessage onRetry={() => this.setState({ isCrashed: false })} />
  }
}

function CrashMessage({ onRetry }: { readonly onRetry: () => void }) {
  const t = useTexts()
  return (
    <div className={styles['message']}>
      <Callout tone="danger" title={t('widget.crashed')} actions={<Button onClick={onRetry}>{t('ui.retry')}</Button>}>
        {t('widget.crashedText')}
      </Callout>
    </div>
  )
}
