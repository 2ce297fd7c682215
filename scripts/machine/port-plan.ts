import { choosePorts, freePortFrom, type Ports, PortTaken } from './ports.ts'

/** The ports of one start, which change when other programs take them before they are listened on. */
export interface PortPlan {
  readonly ports: Readonly<Ports>
  /**
   * Runs `work` with the ports of the moment. When it fails because one of them was taken, another is chosen in its
   * place and `work` runs again, unless that port was asked for: then the sentence about it is thrown.
   */
  run<T>(work: (ports: Readonly<Ports>) => Promise<T>): Promise<T>
}

const mostChanges = 10

/** Chooses ports (see `choosePorts`) and hands every choice to `remember`; tells through `say` when one changes. */
export async function planPorts(options: {
  remembered: Partial<Ports>
  demanded: Partial<Ports>
  remember(ports: Ports): void
  say(line: string): void
}): Promise<PortPlan> {
  const { demanded, remember, say } = options
  const ports = await choosePorts(options.remembered, demanded)
  remember(ports)
  let changes = 0
  const change = async (taken: PortTaken) => {
    changes += 1
    if (demanded[taken.part] !== undefined || changes > mostChanges) throw taken
    const others = new Set(Object.values(ports))
    ports[taken.part] = await freePortFrom(taken.port + 1, others)
    say(`${taken.news}; using ${ports[taken.part]} instead.`)
    remember(ports)
  }
  const run = async <T>(work: (ports: Readonly<Ports>) => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await work(ports)
      } catch (error) {
        if (!(error instanceof PortTaken)) throw error
        await change(error)
      }
    }
  }
  return { ports, run }
}
