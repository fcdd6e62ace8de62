/** A server that a command can use; stopping one that was there before does nothing. */
export interface Service {
  readonly url: string
  stop(): Promise<void>
}
