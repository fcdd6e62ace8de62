import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ConnectorIcon } from '../canvas/ConnectorIcon.js'
import { problemText, readProblem } from '../data/api-error.js'
import type { ConnectorListing, ConnectorSummary } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { fetchConnector } from '../hooks/useConnectors.js'
import { useDebounced } from '../hooks/useDebounced.js'
import { useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { Dialog } from '../ui/Dialog.js'
import { Callout } from '../ui/Feedback.js'
import { SearchInput } from '../ui/Input.js'
import { LoadMore } from '../ui/LoadMore.js'
import { Spinner } from '../ui/Spinner.js'
import { useWhileShown } from '../ui/useWhileShown.js'
import styles from './accounts.module.css'

const PAGE_SIZE = 50
const SEARCH_PAUSE_MS = 180

export interface ConnectorPickerProps {
  readonly client: BuilderClient
  readonly onPick: (connector: ConnectorSummary) => void
  readonly onClose: () => void
}

/** Lets a person choose the service to connect. */
export function ConnectorPicker({ client, onPick, onClose }: ConnectorPickerProps) {
  const t = useTexts()
  const cache = useQueryClient()
  const [search, setSearch] = useState('')
  const [busyId, setBusyId] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const services = useServices(client, search)
  const lastId = useRef<string>(undefined)
  const done = useWhileShown(onPick)
  const pick = (id: string) => {
    lastId.current = id
    setBusyId(id)
    setProblem(undefined)
    // Who chose another service meanwhile is shown that one.
    const isWanted = () => lastId.current === id
    fetchConnector(cache, client, id).then(
      (connector) => isWanted() && done(connector),
      (error: unknown) => {
        if (!isWanted()) return
        setProblem(problemText(readProblem(error), t))
        setBusyId(undefined)
      },
    )
  }
  return (
    <Dialog isOpen onClose={onClose} title={t('accounts.pick')}>
      <div className={styles['picker']}>
        <SearchInput
          value={search}
          placeholder={t('accounts.pickSearch')}
          aria-label={t('accounts.pickSearch')}
          onChange={(event) => setSearch(event.target.value)}
        />
        {problem !== undefined && <Callout tone="danger">{problem}</Callout>}
        <ServiceList services={services} search={search} busyId={busyId} onPick={pick} />
      </div>
    </Dialog>
  )
}

function useServices(client: BuilderClient, search: string) {
  const wanted = useDebounced(search.trim(), SEARCH_PAUSE_MS)
  return useInfiniteQuery({
    queryKey: ['services', wanted],
    queryFn: ({ pageParam }) =>
      client.connectors.list.query({
        limit: PAGE_SIZE,
        ...(wanted === '' ? {} : { search: wanted }),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }),
    // The first page has no cursor.
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}

interface ServiceListProps {
  readonly services: ReturnType<typeof useServices>
  readonly search: string
  readonly busyId: string | undefined
  readonly onPick: (id: string) => void
}

function ServiceList({ services, search, busyId, onPick }: ServiceListProps) {
  const t = useTexts()
  // What needs no account has none to connect.
  const found = (services.data?.pages ?? []).flatMap(({ data }) => data).filter((each) => each.connection !== 'none')
  if (services.isPending) {
    return (
      <p className={styles['note']} role="status">
        <Spinner size={14} /> {t('accounts.pickLoading')}
      </p>
    )
  }
  if (services.error !== null && found.length === 0) {
    return (
      <Callout tone="danger" actions={<Button onClick={() => void services.refetch()}>{t('ui.retry')}</Button>}>
        {problemText(readProblem(services.error), t)}
      </Callout>
    )
  }
  if (found.length === 0 && !services.hasNextPage) {
    return (
      <p className={styles['note']} role="status">
        {t('accounts.pickNone', { search })}
      </p>
    )
  }
  return (
    <>
      <ul className={styles['services']}>
        {found.map((service) => (
          <Service key={service.id} service={service} isBusy={service.id === busyId} onPick={onPick} />
        ))}
      </ul>
      <LoadMore query={services} />
    </>
  )
}

interface ServiceProps {
  readonly service: ConnectorListing
  readonly isBusy: boolean
  readonly onPick: (id: string) => void
}

function Service({ service, isBusy, onPick }: ServiceProps) {
  return (
    <li>
      <button
        type="button"
        className={styles['service']}
        aria-busy={isBusy || undefined}
        onClick={() => onPick(service.id)}
      >
        <ConnectorIcon connector={service} size={30} />
        <span>{service.name}</span>
        {isBusy && <Spinner size={14} />}
      </button>
    </li>
  )
}
