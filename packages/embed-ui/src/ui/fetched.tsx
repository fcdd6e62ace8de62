import { type ComponentType, type ReactNode, useCallback, useEffect, useState } from 'react'
import { useTexts } from '../messages/useTexts.js'
import { Button } from './Button.js'
import { Callout } from './Feedback.js'
import { LoadingState } from './Spinner.js'

interface Part<Props extends object> {
  readonly load: () => Promise<ComponentType<Props>>
  readonly waiting: ReactNode
  /** Kept for the next time that it is shown. */
  view: ComponentType<Props> | undefined
}

/**
 * A component whose code is fetched when it is first shown. Fetching fails with the network, or when the vendor has
 * deployed anew meanwhile: then people can try again, and what is around stays.
 *
 * @param waiting stands in its place while it is fetched. @default a spinner
 */
export function fetched<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = <LoadingState />,
): ComponentType<Props> {
  const part: Part<Props> = { load, waiting, view: undefined }
  return (props: Props) => <FetchedView part={part} props={props} />
}

function FetchedView<Props extends object>({ part, props }: { readonly part: Part<Props>; readonly props: Props }) {
  const t = useTexts()
  const [View, setView] = useState<ComponentType<Props> | undefined>(() => part.view)
  const [isFailed, setFailed] = useState(false)
  const start = useCallback(() => {
    setFailed(false)
    part.load().then(
      (view) => {
        part.view = view
        setView(() => view)
      },
      () => setFailed(true),
    )
  }, [part])
  useEffect(() => {
    if (part.view === undefined) start()
  }, [part, start])
  if (View !== undefined) return <View {...props} />
  if (!isFailed) return part.waiting
  return (
    <Callout tone="danger" title={t('ui.notFetched')} actions={<Button onClick={start}>{t('ui.retry')}</Button>}>
      {t('ui.notFetchedText')}
    </Callout>
  )
}
