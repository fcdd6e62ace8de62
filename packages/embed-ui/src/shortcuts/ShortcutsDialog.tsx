import { useTexts } from '../messages/useTexts.js'
import { Dialog } from '../ui/Dialog.js'
import { chordText, isSingleKey } from './match-shortcut.js'
import { SHORTCUT_GROUPS, SHORTCUT_IDS, type ShortcutId, shortcut } from './shortcut-table.js'
import styles from './shortcuts.module.css'
import { useHotkeys } from './useHotkeys.js'

export interface ShortcutsDialogProps {
  /** Leaves those out that change something. */
  readonly isReadOnly: boolean
  /** Leaves those out that mean nothing there. */
  readonly isOutline: boolean
  readonly onClose: () => void
}

/** Every shortcut that works here, by what it is for. */
export function ShortcutsDialog({ isReadOnly, isOutline, onClose }: ShortcutsDialogProps) {
  const t = useTexts()
  return (
    <Dialog isOpen onClose={onClose} width="large" title={t('keys.title')} description={t('keys.text')}>
      <div className={styles['groups']}>
        {SHORTCUT_GROUPS.map((group) => (
          <section key={group} className={styles['group']}>
            <h3>{t(`keys.group.${group}`)}</h3>
            <dl>
              {SHORTCUT_IDS.filter((id) => shortcut(id).group === group)
                .filter((id) => !(isReadOnly && shortcut(id).isEdit === true))
                .filter((id) => !(isOutline && shortcut(id).isOnCanvas === true))
                .map((id) => (
                  <Row key={id} id={id} />
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function Row({ id }: { readonly id: ShortcutId }) {
  const t = useTexts()
  const { hasSingleKeys } = useHotkeys()
  const keys = shortcut(id).keys.filter((each) => hasSingleKeys || !isSingleKey(each))
  if (keys.length === 0) return null
  return (
    <div>
      <dt>{t(shortcut(id).label)}</dt>
      <dd>
        {keys.map((each) => (
          <kbd key={each}>{chordText(each, t)}</kbd>
        ))}
      </dd>
    </div>
  )
}
