import { FakeSmtpServer } from '@tropa/connectors/fake-smtp'
import { takeEvents } from '@tropa/db/outbox'
import { partitions } from '@tropa/db/partition'
import { inTransaction } from '@tropa/db/statement'
import { kinds } from '@tropa/nodes'
import { pino } from 'pino'
import { runLeg } from '../enrollment/leg.ts'
import { PlanShelf } from '../enrollment/plan-shelf.ts'
import { Outages } from '../outages.ts'
import { routeEvents } from '../router/route.ts'
import { ConnectionShelf } from '../send/connection-shelf.ts'
import { type DeliverDeps, deliver } from '../send/deliver.ts'
import { sketchGraph } from './graphs.ts'
import { type CustomerSketch, until, World } from './world.ts'

/** What an email node says, where it differs from a plain marketing email. */
export interface MailSketch {
  ifUnknown?: 'skip' | 'resend' | 'hold'
  messageClass?: 'marketing' | 'transactional'
  topic?: string
  template?: string
}

/** A customer who stands before an email. */
export interface PlannedMail {
  id: string
  enrollment: string
  customer: string
}

const plans = new PlanShelf()
const secret = 's'.repeat(43)

/** A world whose mail goes to a server that misbehaves on command, with what delivers it. */
export class MailWorld {
  readonly deps: DeliverDeps

  private constructor(
    readonly world: World,
    public smtp: FakeSmtpServer,
  ) {
    const log = pino({ level: 'silent' })
    this.deps = {
      pool: world.pool,
      commits: world.commits,
      plans,
      connections: new ConnectionShelf({ secret, trustedHosts: ['127.0.0.1'] }),
      log,
      outages: new Outages(log),
      secret,
      baseUrl: 'http://tropa.example/',
      timeoutMs: 1_500,
      verdictMs: 0,
      leaseMs: 1_000,
      quickTemplates: new Set(),
      quickMs: 60_000,
    }
  }

  static async fresh(databaseUrl: string): Promise<MailWorld> {
    const smtp = await FakeSmtpServer.start()
    const world = await World.build(databaseUrl, { mailboxPort: smtp.port })
    await world.rows('truncate outbox, live_entries')
    await world.rows(
      `update connections set is_mailbox = false, config = config || '{"fromAddress": "shop@example.com"}' where id = $1`,
      [world.connectionId],
    )
    return new MailWorld(world, smtp)
  }

  async close(): Promise<void> {
    await this.deps.connections.close()
    await this.smtp.stop()
    await this.world.close()
  }

  /** Makes a customer stand before an email. */
  async planned(
    mail: MailSketch = {},
    sketch: CustomerSketch = {},
    settings: Parameters<typeof sketchGraph>[1] = {},
  ): Promise<PlannedMail> {
    const { world } = this
    const config = {
      template: world.templateId,
      messageClass: 'marketing',
      topic: '',
      ifUnknown: 'skip',
      ...mail,
    }
    await world.publish(
      sketchGraph(
        {
          start: { kind: 'event_entry', config: { event: 'order' }, next: { next: 'mail' } },
          mail: { kind: 'send_email', config, next: { sent: 'good', not_sent: 'bad', failed: 'ugly' } },
          good: { kind: 'exit', config: { label: 'sent' } },
          bad: { kind: 'exit', config: { label: 'not sent' } },
          ugly: { kind: 'exit', config: { label: 'failed' } },
        },
        settings,
      ),
    )
    const customer = await world.addCustomer(sketch)
    await world.emit(customer, { name: 'order', at: Date.now() - 1_000 })
    await inTransaction(world.pool, async (tx) =>
      routeEvents({ plans, kinds, legsInRouter: true }, tx, await takeEvents(tx, partitions, 10)),
    )
    await world.rows('truncate live_entries')
    const [row] = await world.rows<{ id: string; enrollment: string }>(
      'select id, enrollment_id as enrollment from messages where customer_id = $1',
      [customer],
    )
    return { id: row?.id ?? '', enrollment: row?.enrollment ?? '', customer }
  }

  async seen(id: string) {
    const [row] = await this.world.rows<{ status: string; reason: string | null; attempts: string[] }>(
      `select status, reason, coalesce((select json_agg(coalesce(outcome, 'open') order by number) from attempts
         where message_id = m.id), '[]') as attempts from messages m where id = $1`,
      [id],
    )
    return row
  }

  /** Runs a leg and answers where it led to. */
  async outcomeOf(enrollment: string): Promise<string | undefined> {
    await inTransaction(this.world.pool, (tx) => runLeg({ plans, kinds }, tx, enrollment))
    return (await this.world.path(enrollment)).at(-1)
  }

  async deliverToTheEnd(id: string): Promise<void> {
    await until(async () => {
      const delivery = await deliver(this.deps, id)
      if (!delivery.done) await this.world.rows('update messages set retry_at = null where id = $1', [id])
      return delivery.done
    })
  }
}
