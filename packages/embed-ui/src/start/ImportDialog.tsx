import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { useBuilder } from '../state/useBuilder.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { useToast } from '../ui/Toast.js'
import { ImportBox, type ReadableImport } from './ImportBox.js'
import styles from './start.module.css'

/** Puts an exported workflow in place of the open one, as one edit that can be undone. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts()
  const toast = useToast()
  const builder = useBuilder()
  const { client } = useEditor()
  const replace = ({ definition }: ReadableImport) => {
    // The name stays: people know the workflow by it.
    builder.edit((old) => ({ ...definition, name: old.name }), { select: null })
    const after = builder.store.getState().history.present
    const undo = () => {
      if (builder.store.getState().history.present === after) builder.undo()
    }
    toast({ tone: 'success', title: t('import.replaced'), action: { label: t('toolbar.undo'), onSelect: undo } })
    onClose()
  }
  return (
    <Dialog isOpen onClose={onClose} title={t('import.title')}>
      <div className={styles['stack']}>
        <Callout tone="info">{t('import.replaceText')}</Callout>
        <ImportBox
          client={client}
          footer={(found) => (
            <>
              <Button onClick={onClose}>{t('ui.cancel')}</Button>
              <Button
                variant="primary"
                disabled={found === undefined}
                onClick={() => found !== undefined && replace(found)}
              >
                {t('import.replace')}
              </Button>
            </>
          )}
        />
      </div>
    </Dialog>
  )
}
