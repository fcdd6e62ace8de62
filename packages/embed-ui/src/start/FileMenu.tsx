import { Ellipsis, FileClock, FileDown, FileUp } from 'lucide-react'
import { useState } from 'react'
import { useEditor } from '../hooks/useEditor.js'
import { useTexts } from '../messages/useTexts.js'
import { IconButton } from '../ui/Button.js'
import { fetched } from '../ui/fetched.js'
import { Menu } from '../ui/Menu.js'

interface FileDialogProps {
  readonly onClose: () => void
}

const ExportDialog = fetched<FileDialogProps>(async () => (await import('./ExportDialog.js')).ExportDialog)
const ImportDialog = fetched<FileDialogProps>(async () => (await import('./ImportDialog.js')).ImportDialog)

export interface FileMenuProps {
  /** Opens the versions; without it there are none to be seen. */
  readonly onVersions: (() => void) | undefined
}

/** The open workflow's versions, the workflow as a file, and a file in place of it. */
export function FileMenu({ onVersions }: FileMenuProps) {
  const t = useTexts()
  const { isReadOnly } = useEditor()
  const [open, setOpen] = useState<'import' | 'export'>()
  const close = () => setOpen(undefined)
  const exportItem = {
    id: 'export',
    label: t('file.export'),
    icon: <FileDown size={15} />,
    onSelect: () => setOpen('export'),
  }
  const importItem = {
    id: 'import',
    label: t('file.import'),
    icon: <FileUp size={15} />,
    onSelect: () => setOpen('import'),
  }
  const versionsItem = {
    id: 'versions',
    label: t('versions.open'),
    icon: <FileClock size={15} />,
    onSelect: () => onVersions?.(),
  }
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('file.menu')}>
            <Ellipsis size={16} />
          </IconButton>
        }
        items={[...(onVersions === undefined ? [] : [versionsItem]), ...(isReadOnly ? [] : [importItem]), exportItem]}
      />
      {open === 'export' && <ExportDialog onClose={close} />}
      {open === 'import' && <ImportDialog onClose={close} />}
    </>
  )
}
