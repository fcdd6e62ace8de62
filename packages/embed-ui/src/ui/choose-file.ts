/**
 * Asks for a file. A native input cannot be drawn as a button, and would take the focus of a dialog: it is there for one
 * choice only.
 *
 * @param accept which files are offered. @default all
 */
export function chooseFile(onFile: (file: File) => void, accept = ''): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.addEventListener('change', () => {
    const [chosen] = input.files ?? []
    if (chosen !== undefined) onFile(chosen)
  })
  input.click()
}
