import type { EnrollmentRow } from '@tropa/db/enrollments-view'
import { nodeTitle, type Text } from '@tropa/journey'
import { kinds } from '@tropa/nodes'
import { customerName } from './customer.ts'

const iso = (text: string | null) => (text === null ? null : new Date(text).toISOString())

/** An enrollment as lists show it; every instant is of the clock it lives by, which for a test run is the virtual one. */
export function presentEnrollmentRow(row: EnrollmentRow) {
  const { id, journeyId, journeyName, version, customerId, status, endReason, endLabel, place } = row
  return {
    id,
    journeyId,
    journeyName,
    version,
    customerId,
    customerName: row.attributes ? customerName({ ...row, attributes: row.attributes }) : null,
    status,
    endReason,
    endLabel,
    place,
    placeName: row.placeNode && placeName(row.placeNode),
    waitingFor: row.waitingFor,
    dueAt: row.waitsUntil === null ? null : new Date(row.waitsUntil).toISOString(),
    enteredAt: new Date(row.enteredAt).toISOString(),
    endedAt: iso(row.endedAt),
    test: row.clockId !== null,
  }
}

function placeName({ name, template, kind }: NonNullable<EnrollmentRow['placeNode']>): Text {
  return nodeTitle({ name: name || (template ?? ''), kind, config: {} }, kinds, [])
}
