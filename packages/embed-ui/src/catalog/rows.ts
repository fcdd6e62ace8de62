// What the menu of apps lists, as plain data: apps, their actions or triggers, and steps that steer the run.

import type { ConnectorListing, ConnectorSummary } from '../data/api-types.js'
import { isKindOffered, type Offer } from '../data/guardrails.js'
import { LOGIC_GROUPS } from '../document/new-step.js'
import type { LogicKind } from '../document/step-types.js'
import type { Texts } from '../messages/useTexts.js'
import { matchesSearch } from '../search/folded-text.js'

/** Whether actions or triggers are chosen. */
export type MemberKind = 'action' | 'trigger'

/** What an icon of an app is drawn from. */
export type AppLook = Pick<ConnectorSummary, 'id' | 'name' | 'icon' | 'color'>

interface RowText {
  readonly id: string
  /** Rows of one group stand below its name. */
  readonly group: string
  readonly title: string
  readonly description: string
}

/** One line of the menu. */
export type CatalogRow =
  | (RowText & { readonly kind: 'app'; readonly app: AppLook })
  | (RowText & { readonly kind: 'member'; readonly app: AppLook; readonly member: string })
  | (RowText & { readonly kind: 'logic'; readonly logic: LogicKind })
  | (RowText & { readonly kind: 'all' })

/** Apps that are shown before all of them are asked for. */
const FIRST_APPS = 4

export interface RootRowsOptions {
  readonly kind: MemberKind
  readonly apps: readonly ConnectorListing[]
  readonly search: string
  /** Whether every app is listed, in place of the first ones and the steps that steer. */
  readonly isBrowsing: boolean
  readonly hasMore: boolean
  /** What is offered here. @default everything */
  readonly offer?: Offer
}

/** Apps, and what was searched for in them; then the steps that steer the run. */
export function rootRows(
  { kind, apps, search, isBrowsing, hasMore, offer }: RootRowsOptions,
  t: Texts,
): readonly CatalogRow[] {
  const isFound = search.trim() !== ''
  const shown = isFound || isBrowsing ? apps : apps.slice(0, FIRST_APPS)
  const rows: CatalogRow[] = shown.flatMap((app) => appRows(app, kind, t))
  if (isBrowsing) return rows
  if (!isFound && (hasMore || apps.length > FIRST_APPS)) {
    rows.push({
      id: 'all',
      kind: 'all',
      group: t('add.apps'),
      title: t('add.allApps'),
      description: t('add.allAppsText'),
    })
  }
  return kind === 'trigger' ? rows : [...rows, ...logicRows(t, offer).filter((row) => matchesWords(row, search))]
}

function appRows(app: ConnectorListing, kind: MemberKind, t: Texts): readonly CatalogRow[] {
  const { id, name, description, counts, matches } = app
  const count = kind === 'action' ? counts.actions : counts.triggers
  const words = t(kind === 'action' ? 'add.actionCount' : 'add.triggerCount', { count })
  const found = matches.filter((match) => match.kind === kind)
  return [
    { id, kind: 'app', group: t('add.apps'), title: name, description: description || words, app },
    ...found.map(
      (match): CatalogRow => ({
        id: `${id}.${match.id}`,
        kind: 'member',
        group: t('add.apps'),
        title: match.name,
        description: name,
        app,
        member: match.id,
      }),
    ),
  ]
}

/** The actions or triggers of one app. */
export function memberRows(connector: ConnectorSummary, kind: MemberKind, search: string): readonly CatalogRow[] {
  const members = kind === 'action' ? connector.actions : connector.triggers
  return members
    .map(
      (member): CatalogRow => ({
        id: `${connector.id}.${member.id}`,
        kind: 'member',
        group: connector.name,
        title: member.name,
        description: member.description,
        app: connector,
        member: member.id,
      }),
    )
    .filter((row) => matchesWords(row, search))
}

function logicRows(t: Texts, offer: Offer): readonly CatalogRow[] {
  // Object.keys loses the key type that LOGIC_GROUPS has.
  const groups = Object.keys(LOGIC_GROUPS) as (keyof typeof LOGIC_GROUPS)[]
  return groups.flatMap((group) =>
    LOGIC_GROUPS[group]
      .filter((logic) => isKindOffered(offer, logic))
      .map(
        (logic): CatalogRow => ({
          id: logic,
          kind: 'logic',
          group: t(`add.${group}`),
          title: t(`step.${logic}`),
          description: t(`step.${logic}.text`),
          logic,
        }),
      ),
  )
}

function matchesWords({ group, title, description }: CatalogRow, search: string): boolean {
  return matchesSearch(search, [group, title, description])
}
