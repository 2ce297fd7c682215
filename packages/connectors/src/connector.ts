import type { Text } from '@tropa/journey'
import type { z } from 'zod'

/** The channels a connector may serve. */
export type Channel = 'email' | 'sms' | 'messenger' | 'push' | 'call' | 'data'

/** Whether repeating a request with the same key is safe, and for how long (seconds). */
export type Idempotency = { mode: 'none' | 'natural' } | { mode: 'keyed' | 'window'; ttl: number }

/** One thing a connector can do. */
export interface ConnectorAction {
  id: string
  kind: 'send' | 'call' | 'batch' | 'lookup'
  channel: Channel | null
  label: Text
  timeoutMs: number
  idempotency: Idempotency
  /** How an ambiguous attempt can be settled later: our id comes back in receipts, we can ask, or neither. */
  reconcile: 'echo' | 'lookup' | 'none'
}

/** A write-only field of a connection. */
export interface SecretField {
  name: string
  label: Text
  help: Text
  required: boolean
}

/** What a connector is called, what its connection form asks for, and what it can do. */
export interface ConnectorManifest {
  id: string
  version: string
  title: Text
  help: Text
  channels: readonly Channel[]
  /** The settings of a connection; every field carries `.meta({ field, label, help })`. */
  config: z.ZodObject
  secrets: readonly SecretField[]
  actions: readonly ConnectorAction[]
}

/** Checks the promises a manifest makes that its type cannot say, and returns it unchanged. */
export function defineConnector<M extends ConnectorManifest>(manifest: M): M {
  for (const [name, field] of Object.entries(manifest.config.shape)) {
    const meta = (field as z.ZodType).meta()
    if (!meta?.field || !meta.label || !meta.help) {
      throw new Error(`Connector ${manifest.id}: config field "${name}" needs .meta({ field, label, help }).`)
    }
  }
  const ids = manifest.actions.map((action) => action.id)
  if (new Set(ids).size !== ids.length) throw new Error(`Connector ${manifest.id}: two actions share an id.`)
  return manifest
}
