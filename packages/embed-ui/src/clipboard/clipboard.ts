// The clipboard of the page, as far as a browser lets a widget use it.

/** What was copied last where the browser kept its own clipboard to itself, so that pasting works at least here. */
let ownText: string | undefined

/** Puts a text on the clipboard. @returns whether it can be pasted again */
export async function writeClipboard(text: string): Promise<boolean> {
  ownText = text
  // A frame may lack the permission, and an insecure page the whole API.
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return writeByEvent(text)
  }
}

/** Remembers what a copy event put on the clipboard. */
export function rememberCopied(text: string): void {
  ownText = text
}

/** The text on the clipboard, or what was copied here last when the browser does not tell; undefined without either. */
export async function readClipboard(): Promise<string | undefined> {
  try {
    return await navigator.clipboard.readText()
  } catch {
    return ownText
  }
}

/** The older way, which needs no permission while a person clicks or types. */
function writeByEvent(text: string): boolean {
  const copy = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  window.addEventListener('copy', copy, { capture: true })
  // Pasting inside this page works even when the browser refuses.
  document.execCommand('copy')
  window.removeEventListener('copy', copy, { capture: true })
  return true
}
