import { startChild } from './children.ts'

/** The mail server of the run, in a process of its own. */
export interface MailSink {
  url: string
  pid: number
  count(): Promise<number>
  stop(): Promise<void>
}

/** Starts the mail server that all contenders send to. */
export async function startMailSink(): Promise<MailSink> {
  const child = await startChild('./smtp-sink.ts', {})
  return {
    url: `smtp://127.0.0.1:${await child.ask('port')}`,
    pid: child.pid,
    count: async () => Number(await child.ask('count')),
    stop: child.stop,
  }
}
