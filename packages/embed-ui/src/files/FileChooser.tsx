import { File as FileIcon, FileUp, X } from 'lucide-react'
import { useId, useRef } from 'react'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { Button, IconButton } from '../ui/Button.js'
import { chooseFile } from '../ui/choose-file.js'
import { useFieldControl } from '../ui/Field.js'
import { VisuallyHidden } from '../ui/VisuallyHidden.js'
import styles from './FileChooser.module.css'
import { useFileSize } from './file-size.js'
import type { StoredFile } from './stored-file.js'
import { useDropZone } from './useDropZone.js'
import { useFileDoor } from './useFileDoor.js'
import { type Upload, type Uploading, useUpload } from './useUpload.js'

export interface FileChooserProps {
  readonly value: StoredFile | undefined
  readonly onChange: (file: StoredFile | undefined) => void
  /** Shows the file and takes none. @default false */
  readonly isReadOnly?: boolean
  /** Whether it can be emptied again; what is around it may do that. @default true */
  readonly isRemovable?: boolean
  /** Hears whether a file is on its way: what would go on without it had better wait. */
  readonly onBusy?: ((isBusy: boolean) => void) | undefined
}

/** Takes a file of the person's own: by a button, or dropped onto it; and shows the one that was taken. */
export function FileChooser({ value, onChange, isReadOnly = false, isRemovable = true, onBusy }: FileChooserProps) {
  const t = useTexts()
  const upload = useUpload(onChange, onBusy)
  const canUpload = useFileDoor() !== undefined && !isReadOnly
  const { isOver, zone } = useDropZone(canUpload, upload.start)
  const { uploading, problem } = upload
  const aboutId = useId()
  return (
    <div className={styles['chooser']} data-inlay-part="file">
      <div
        className={styles['zone']}
        data-filled={value !== undefined || undefined}
        data-over={isOver || undefined}
        {...zone}
      >
        {isOver ? <FileUp size={18} aria-hidden="true" /> : <FileIcon size={18} aria-hidden="true" />}
        <div id={aboutId} className={styles['about']}>
          {isOver ? t('file.dropNow') : <About value={value} uploading={uploading} canUpload={canUpload} />}
        </div>
        {!isReadOnly && <Actions {...{ value, upload, canUpload, isRemovable, aboutId, onChange }} />}
        {uploading !== undefined && <Progress {...uploading} />}
      </div>
      <VisuallyHidden as="div" role="status">
        {uploading !== undefined && t('file.uploading', { name: uploading.name })}
        {uploading === undefined && value !== undefined && t('file.chosen', { name: value.name })}
      </VisuallyHidden>
      {problem !== undefined && (
        <p className={styles['problem']} role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

interface AboutProps {
  readonly value: StoredFile | undefined
  readonly uploading: Uploading | undefined
  readonly canUpload: boolean
}

function About({ value, uploading, canUpload }: AboutProps) {
  const t = useTexts()
  const sizeOf = useFileSize()
  const door = useFileDoor()
  const shown = uploading ?? value
  if (shown === undefined) {
    return (
      <>
        <span>{canUpload ? t('file.drop') : t('file.none')}</span>
        {canUpload && <span className={styles['size']}>{t('file.limit', { limit: sizeOf(door?.maxBytes ?? 0) })}</span>}
      </>
    )
  }
  return (
    <>
      <bdi className={styles['name']} title={shown.name}>
        {shown.name}
      </bdi>
      <span className={styles['size']}>{sizeOf(shown.size)}</span>
    </>
  )
}

interface ActionsProps extends Required<Pick<FileChooserProps, 'value' | 'onChange' | 'isRemovable'>> {
  readonly upload: Upload
  readonly canUpload: boolean
  /** Of the words that tell which file it is. */
  readonly aboutId: string
}

/** One button stays the same element in all states, so that whoever has pressed it keeps the focus. */
function Actions({ value, upload, canUpload, isRemovable, aboutId, onChange }: ActionsProps) {
  const t = useTexts()
  const main = useRef<HTMLButtonElement>(null)
  const { 'aria-describedby': fieldWords } = useFieldControl()
  const { uploading } = upload
  const remove = () => {
    main.current?.focus()
    upload.forgetProblem()
    onChange(undefined)
  }
  return (
    <div className={styles['actions']}>
      {canUpload && (
        <Button
          ref={main}
          size="small"
          aria-describedby={[aboutId, fieldWords].filter((id) => id !== undefined).join(' ')}
          onClick={() => (uploading === undefined ? chooseFile((file) => upload.start([file])) : upload.cancel())}
        >
          {t(uploading !== undefined ? 'ui.cancel' : value === undefined ? 'file.choose' : 'file.replace')}
        </Button>
      )}
      {isRemovable && uploading === undefined && value !== undefined && (
        <IconButton size="small" label={t('file.remove', { name: value.name })} onClick={remove}>
          <X size={14} />
        </IconButton>
      )}
    </div>
  )
}

function Progress({ name, size, sent }: Uploading) {
  const t = useTexts()
  const locale = useLocale()
  const share = sent === undefined || size === 0 ? undefined : sent / size
  return (
    <div
      className={styles['progress']}
      role="progressbar"
      aria-label={t('file.uploading', { name })}
      data-unknown={share === undefined || undefined}
      {...(share === undefined
        ? {}
        : {
            'aria-valuenow': Math.round(share * 100),
            'aria-valuetext': new Intl.NumberFormat(locale, { style: 'percent' }).format(share),
          })}
    >
      <div style={share === undefined ? undefined : { inlineSize: `${share * 100}%` }} />
    </div>
  )
}
