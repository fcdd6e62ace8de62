import { LayoutTemplate, SearchX } from 'lucide-react'
import { useState } from 'react'
import type { Me, Template } from '../data/api-types.js'
import type { BuilderClient } from '../data/client.js'
import { ListStates } from '../host/WidgetPage.js'
import { useLocale, useTexts } from '../messages/useTexts.js'
import { Button } from '../ui/Button.js'
import { CardSkeletons } from '../ui/CardSkeletons.js'
import { EmptyState } from '../ui/Feedback.js'
import { SearchInput } from '../ui/Input.js'
import { Switch } from '../ui/Toggle.js'
import { TemplateCard } from './TemplateCard.js'
import { TemplateDialog } from './TemplateDialog.js'
import styles from './templates.module.css'
import { EVERY_TEMPLATE, grouped, isConnected, matching, namedUseCases, type TemplateFilter } from './use-cases.js'
import { useOwnAccounts, useTemplates } from './useTemplates.js'

/** So few are seen at a glance. */
const FEW = 4

export interface TemplateBrowserProps {
  readonly client: BuilderClient
  readonly me: Me
  readonly mayUse: boolean
  /** Opens the workflow that was made of a template. */
  readonly onOpen: (workflowId: string) => void
}

/** All templates by use case, to search, to look at and to use. */
export function TemplateBrowser({ client, me, mayUse, onOpen }: TemplateBrowserProps) {
  const t = useTexts()
  const locale = useLocale()
  const [filter, setFilter] = useState(EVERY_TEMPLATE)
  const [shown, setShown] = useState<Template>()
  const { query, list, connectors } = useTemplates(client)
  const connections = useOwnAccounts(client, me)
  const around = { connectors, connections: connections ?? [] }
  const found = matching(list, filter, around)
  const hasOthers = connections !== undefined && list.some((template) => !isConnected(template, around))
  return (
    <ListStates
      query={query}
      isEmpty={list.length === 0}
      skeleton={<CardSkeletons isGrid />}
      empty={{ icon: <LayoutTemplate size={20} />, title: t('templates.empty'), text: t('templates.emptyText') }}
    >
      {list.length > FEW || hasOthers ? (
        <Filters
          filter={filter}
          useCases={namedUseCases(list, locale)}
          hasOthers={hasOthers || filter.onlyConnected}
          onChange={setFilter}
        />
      ) : null}
      <div role="status" aria-live="polite">
        {found.length === 0 && (
          <EmptyState
            icon={<SearchX size={20} />}
            title={t('templates.noMatches')}
            text={t('templates.noMatchesText')}
            actions={<Button onClick={() => setFilter(EVERY_TEMPLATE)}>{t('templates.showAll')}</Button>}
          />
        )}
      </div>
      {grouped(found, locale).map(({ useCase, templates }) => (
        <section key={useCase ?? ''} className={styles['group']} aria-label={useCase ?? t('templates.other')}>
          <h2>{useCase ?? t('templates.other')}</h2>
          <ul className={styles['grid']}>
            {templates.map((template) => (
              <TemplateCard
                key={template.id}
                template={template}
                connectors={connectors}
                onLook={() => setShown(template)}
              />
            ))}
          </ul>
        </section>
      ))}
      {shown !== undefined && (
        <TemplateDialog
          template={shown}
          {...{ connectors, client, me, mayUse, onOpen }}
          onClose={() => setShown(undefined)}
        />
      )}
    </ListStates>
  )
}

interface FiltersProps {
  readonly filter: TemplateFilter
  readonly useCases: readonly string[]
  /** Whether there are templates that lack an account. */
  readonly hasOthers: boolean
  readonly onChange: (filter: TemplateFilter) => void
}

function Filters({ filter, useCases, hasOthers, onChange }: FiltersProps) {
  const t = useTexts()
  const choices = [{ id: null, label: t('templates.all') }, ...useCases.map((id) => ({ id, label: id }))]
  return (
    <div className={styles['filters']}>
      <div className={styles['search']}>
        <SearchInput
          aria-label={t('templates.search')}
          placeholder={t('templates.search')}
          value={filter.search}
          onChange={(event) => onChange({ ...filter, search: event.target.value })}
        />
      </div>
      {useCases.length > 1 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a row of filters
        <div role="group" aria-label={t('templates.useCases')} className={styles['useCases']}>
          {choices.map(({ id, label }) => (
            <button
              key={id ?? ''}
              type="button"
              className={styles['useCase']}
              aria-pressed={filter.useCase === id}
              onClick={() => onChange({ ...filter, useCase: id })}
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {hasOthers && (
        <Switch
          isOn={filter.onlyConnected}
          label={t('templates.onlyConnected')}
          onChange={(onlyConnected) => onChange({ ...filter, onlyConnected })}
        />
      )}
    </div>
  )
}
