/** What has to be stopped, last started first. */
export class StopStack {
  private readonly stops: (() => Promise<void>)[] = []

  add(stop: () => Promise<void>): void {
    this.stops.push(stop)
  }

  async stop(): Promise<void> {
    for (let stop = this.stops.pop(); stop !== undefined; stop = this.stops.pop()) await stop()
  }
}
