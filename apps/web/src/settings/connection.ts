import type { Text } from '@tropa/journey'
import type { Routes, Row } from '../api.ts'

/** A field of a connection's settings as its manifest's JSON schema describes it. */
export interface ConfigField {
  name: string
  type: 'text' | 'number' | 'boolean' | 'choice'
  label: Text
  help: Text
  required: boolean
  initial: string | number | boolean
  choices: string[]
  min?: number
  max?: number
}

export interface SecretField {
  name: string
  label: Text
  help: Text
  required: boolean
}

interface Property {
  type?: string
  enum?: unknown[]
  default?: unknown
  minimum?: number
  maximum?: number
  label?: Text
  help?: Text
}

/** What a connector needs to know and can do. */
export interface Manifest {
  id: string
  title: Text
  help: Text
  config: { properties?: Record<string, Property>; required?: string[] }
  secrets: SecretField[]
}

export type Connection = Row<Routes['connections']['$get']>

/** The fields of a manifest's settings in their order; a field of a sort this form does not know is text. */
export function fieldsOf({ config }: Pick<Manifest, 'config'>): ConfigField[] {
  return Object.entries(config.properties ?? {}).map(([name, property]) => {
    const choices = (property.enum ?? []).filter((one): one is string => typeof one === 'string')
    const type =
      choices.length > 0
        ? 'choice'
        : property.type === 'integer' || property.type === 'number'
          ? 'number'
          : property.type === 'boolean'
            ? 'boolean'
            : 'text'
    const blank = type === 'number' ? 0 : type === 'boolean' ? false : (choices[0] ?? '')
    const { default: initial } = property
    const usable = typeof initial === 'string' || typeof initial === 'number' || typeof initial === 'boolean'
    return {
      name,
      type,
      label: property.label ?? { en: name, ru: name },
      help: property.help ?? { en: '', ru: '' },
      required: (config.required ?? []).includes(name) && initial === undefined,
      initial: usable ? initial : blank,
      choices,
      ...(property.minimum === undefined ? {} : { min: property.minimum }),
      ...(property.maximum === undefined ? {} : { max: property.maximum }),
    }
  })
}

/** The settings a form starts from: what is stored, and each field's own beginning for the rest. */
export function startConfig(
  fields: readonly ConfigField[],
  stored: Record<string, unknown> = {},
): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ name, initial }) => [name, stored[name] ?? initial]))
}
