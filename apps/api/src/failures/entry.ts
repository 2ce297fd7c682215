import type { Text } from '@tropa/journey'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A way in which a request can be refused: its HTTP status, its title, and a sentence that says what to do. */
export interface FailureEntry {
  status: ContentfulStatusCode
  title: string
  detail: Text
}
