import type { ApiClient } from '@inlay/sdk/client'

type Output<Call extends (...input: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>

/** A connector as the tenant sees it. */
export type ConnectorDetail = Output<ApiClient['connectors']['get']['query']>
/** A connector in a list. */
export type OfferedConnector = Output<ApiClient['connectors']['list']['query']>['data'][number]
/** What the tenant makes of a connector. */
export type ConnectorSettings = Output<ApiClient['connectors']['settings']['query']>
/** The address of an app's events. */
export type AppEndpoint = Output<ApiClient['triggers']['appEndpoint']['query']>
/** The OAuth app that a connector uses. */
export type OAuthApp = Output<ApiClient['oauthClients']['get']['query']>
export type Availability = ConnectorSettings['effective']
export type Category = NonNullable<NonNullable<Parameters<ApiClient['connectors']['list']['query']>[0]>['category']>
