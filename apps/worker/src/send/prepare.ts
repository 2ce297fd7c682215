import type { RenderResult } from '@tropa/connectors/render'
import type { MessageFacts } from '@tropa/db/messages'
import type { Logger } from 'pino'
import type { ConnectionShelf, OpenConnection } from './connection-shelf.ts'
import { type ContentOptions, fillTemplate, unsubscribeLink } from './content.ts'
import { passGate } from './gate.ts'
import type { Rung } from './rungs.ts'

export interface PrepareDeps extends ContentOptions {
  connections: ConnectionShelf
  log: Logger
  /** Ids of templates that were filled in quickly the last time. */
  quickTemplates: Set<string>
  /** What is made within this may be made under the gate's locks, which saves reading everything twice. */
  quickMs: number
}

/** What goes out, and through what. */
export interface Prepared {
  content: RenderResult
  connection: OpenConnection
  unsubscribeUrl: string
}

/** What a message would be sent with; `null` when its gate is shut anyhow. */
export type Content = Prepared | 'unusable' | null

/** Makes the content of a message, if its gate is open by these facts. */
export async function prepare(deps: PrepareDeps, facts: MessageFacts): Promise<Content> {
  const answer = passGate(facts)
  const { connection, template } = facts
  if (answer.gate !== 'open' || !connection || !template) return null
  try {
    const unsubscribeUrl = unsubscribeLink(facts, answer.request, deps)
    const ready = deps.connections.take(facts.workspaceId, connection)
    const startedAt = performance.now()
    const content = await fillTemplate(facts, unsubscribeUrl)
    if (content.ok && performance.now() - startedAt < deps.quickMs) deps.quickTemplates.add(template.id)
    else deps.quickTemplates.delete(template.id)
    return { connection: ready, content, unsubscribeUrl }
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown'
    deps.log.warn({ connectionId: connection.id, error: name }, 'connection cannot be used')
    return 'unusable'
  }
}

/** Begins to make content whose template was quick the last time. */
export function prepareIfQuick(deps: PrepareDeps, facts: MessageFacts): Promise<Content> | undefined {
  return deps.quickTemplates.has(facts.template?.id ?? '') ? prepare(deps, facts) : undefined
}

/** What is being made, for whoever holds locks meanwhile: `undefined` when it takes its time after all. */
export async function ifQuick(
  { quickMs }: PrepareDeps,
  making: Promise<Content>,
): Promise<Content | undefined> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, quickMs, undefined)
  })
  try {
    return await Promise.race([making, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** Why what was prepared cannot go out, or `null`. */
export function faultOf(prepared: Prepared | 'unusable'): Rung | null {
  if (prepared === 'unusable') return unusable
  const { content } = prepared
  if (content.ok) return null
  return { rung: 'content', code: content.reason, ok: false, detail: { en: content.en, ru: content.ru } }
}

const unusable: Rung = {
  rung: 'connection',
  code: 'connector_disabled',
  ok: false,
  detail: {
    en: 'The settings of the connection cannot be used. Open it, correct them and save.',
    ru: 'Настройки подключения непригодны. Откройте его, исправьте и сохраните.',
  },
}
