import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { QueryProvider } from '../editor/QueryProvider.js'
import { EventsProvider } from '../hooks/useEvents.js'
import { WidgetPage } from '../host/WidgetPage.js'
import { customerOf, type WidgetProps } from '../host/widget-props.js'
import { useTexts } from '../messages/useTexts.js'
import { DescribeForm } from '../start/DescribeForm.js'
import { useHasAssistant } from '../start/useAssistant.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { TemplateBrowser } from './TemplateBrowser.js'

export interface TemplateGalleryProps extends WidgetProps {
  /** Opens the workflow that was made of a template. */
  readonly onOpen: (workflowId: string) => void
}

/** Workflows to begin from. */
export function TemplateGallery({ events, ...props }: TemplateGalleryProps) {
  return (
    <EventsProvider value={events}>
      <QueryProvider>
        <Gallery {...props} />
      </QueryProvider>
    </EventsProvider>
  )
}

function Gallery({ client, me, isReadOnly = false, onOpen }: Omit<TemplateGalleryProps, 'events'>) {
  const t = useTexts()
  const [isDescribing, setDescribing] = useState(false)
  const mayUse = !isReadOnly && me.permissions.includes('workflows:write')
  const hasAssistant = useHasAssistant(client, mayUse)
  return (
    <WidgetPage
      part="templates"
      title={t('templates.title')}
      description={t('templates.text')}
      actions={
        hasAssistant && (
          <Button icon={<Sparkles size={15} />} onClick={() => setDescribing(true)}>
            {t('start.describe')}
          </Button>
        )
      }
    >
      <TemplateBrowser client={client} me={me} mayUse={mayUse} onOpen={onOpen} />
      {isDescribing && (
        <Dialog isOpen onClose={() => setDescribing(false)} title={t('start.describe')} width="large">
          <DescribeForm
            client={client}
            customerId={customerOf(me)}
            onOpen={onOpen}
            onTemplates={() => setDescribing(false)}
          />
        </Dialog>
      )}
    </WidgetPage>
  )
}
