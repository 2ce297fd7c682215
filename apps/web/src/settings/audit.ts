import type { Routes, Row } from '../api.ts'
import { audit } from './audit-texts.ts'

/** One thing a member did. */
export type AuditRow = Row<Routes['audit']['$get']>

type Texts = keyof typeof audit.en

const cut: Record<string, string> = { 'enrollments.skip-wait': 'enrollments_skip' }
const byDetail: Record<string, string> = { 'consents.consents': 'state', 'messages.release': 'decision' }

/** The sentence that tells a row; null for an action this build does not know. */
export function sentenceOf({ action, object, detail }: Pick<AuditRow, 'action' | 'object' | 'detail'>) {
  const chosen = byDetail[action]
  const key = chosen ? `${object}_${String(detail[chosen])}` : (cut[action] ?? action.replace('.', '_'))
  return Object.hasOwn(audit.en, key) ? (key as Texts) : null
}

/** A row and how many like it follow each other, with the instant of the earliest. */
export interface AuditGroup extends AuditRow {
  times: number
}

/** Autosaves would drown the rest: the same change of the same thing by the same member, time after time, is one row. */
export function folded(rows: readonly AuditRow[]): AuditGroup[] {
  const groups: AuditGroup[] = []
  for (const row of rows) {
    const last = groups.at(-1)
    const same =
      last !== undefined &&
      last.action === row.action &&
      last.objectId === row.objectId &&
      last.memberId === row.memberId &&
      JSON.stringify(last.detail) === JSON.stringify(row.detail)
    if (same) last.times += 1
    else groups.push({ ...row, times: 1 })
  }
  return groups
}
