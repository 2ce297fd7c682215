import {
  type ConditionScope,
  conditionSchema,
  durationSchema,
  type KindFault,
  type Text,
} from '@tropa/journey'
import { z } from 'zod'

/** The kinds of config field; the inspector has one widget for each, and none for a single node kind. */
export type FieldKind =
  | 'text'
  | 'number'
  | 'choice'
  | 'duration'
  | 'event'
  | 'property'
  | 'condition'
  | 'template'
  | 'connection'
  | 'cases'
  | 'shares'
  | 'changes'

/** What the inspector knows about a field besides its schema. */
export interface FieldMeta {
  field: FieldKind
  label: Text
  help?: Text
  /** Seldom needed: the inspector keeps it folded away under “More”. */
  more?: boolean
  /** For `choice`: the values in order. */
  options?: { value: string; label: Text }[]
  /** For `condition` and `cases`: where the condition stands. */
  scope?: ConditionScope
  /** For `property`: the config field that names the event. */
  eventField?: string
}

type Words = Pick<FieldMeta, 'label' | 'help' | 'more'>

function described<S extends z.ZodType>(schema: S, meta: FieldMeta): S {
  return schema.meta({ ...meta })
}

/** One line of free text. */
export const text = (words: Words, { max = 200, optional = false } = {}) =>
  described(optional ? z.string().max(max).default('') : z.string().min(1).max(max), {
    field: 'text',
    ...words,
  })

/** A number, or nothing. */
export const optionalNumber = (words: Words) =>
  described(z.number().finite().nullable().default(null), { field: 'number', ...words })

/** One of a few named values. */
export const choice = <const V extends string>(words: Words, options: readonly { value: V; label: Text }[]) =>
  described(z.enum(options.map(({ value }) => value) as [V, ...V[]]).default(options[0]?.value as V), {
    field: 'choice',
    ...words,
    options: options.map((option) => ({ ...option })),
  })

/** A length of time, such as `30d`. */
export const duration = (words: Words) => described(durationSchema, { field: 'duration', ...words })

/** The name of an event. */
export const event = (words: Words) => described(z.string().min(1).max(120), { field: 'event', ...words })

/** The name of a property of the event that another field names; may be empty. */
export const property = (words: Words, eventField: string) =>
  described(z.string().max(120).default(''), { field: 'property', ...words, eventField })

/** A condition, or none. */
export const optionalCondition = (words: Words, scope: ConditionScope) =>
  described(conditionSchema.optional(), { field: 'condition', ...words, scope })

/** A template of a channel, by id. */
export const template = (words: Words) =>
  described(z.string().min(1).max(60), { field: 'template', ...words })

/** A connection by id, or the workspace's default one. */
export const connection = (words: Words) =>
  described(z.string().max(60).nullable().default(null), { field: 'connection', ...words })

const outputId = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)

/** Ordered outputs, each with its condition; the first that is true is taken. */
export const cases = (words: Words) =>
  described(
    z
      .array(z.object({ id: outputId, label: z.string().max(80), condition: conditionSchema }))
      .min(1)
      .max(11),
    {
      field: 'cases',
      ...words,
      scope: 'node',
    },
  )

/** Outputs with their share of customers, in percent. */
export const shares = (words: Words) =>
  described(
    z
      .array(z.object({ id: outputId, label: z.string().max(80), share: z.number().min(0).max(100) }))
      .min(2)
      .max(10),
    {
      field: 'shares',
      ...words,
    },
  )

/** An output of a draft's list; the label is empty while nobody has given it a name. */
interface ListedOutput {
  id: string
  label: string
  share: unknown
  condition: unknown
}

/** The outputs a draft's list of cases or shares draws, whatever else is wrong with the list. */
export function listedOutputs(list: unknown): ListedOutput[] {
  if (!Array.isArray(list)) return []
  return (list as unknown[]).flatMap((item) => {
    const { id, label, share, condition } = (item ?? {}) as Record<string, unknown>
    if (typeof id !== 'string' || id === '') return []
    return [{ id, label: typeof label === 'string' ? label.trim() : '', share, condition }]
  })
}

/** The fault of a list in which two outputs share an id. */
export function outputIdsClash(field: string): KindFault {
  return {
    code: 'output_ids_clash',
    severity: 'error',
    field,
    text: { en: 'Two outputs have the same id.', ru: 'У двух веток один идентификатор.' },
    fix: { en: 'Delete one and add it again.', ru: 'Удалите одну и добавьте снова.' },
  }
}

/** Attributes to set or clear. */
export const changes = (words: Words) =>
  described(
    z
      .array(
        z.object({
          attribute: z.string().regex(/^[\p{L}_][\p{L}\p{N}_ .-]{0,79}$/u),
          value: z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]),
        }),
      )
      .min(1)
      .max(20),
    { field: 'changes', ...words },
  )

/** A field of a kind as the inspector draws it. */
export interface Field extends FieldMeta {
  name: string
}

/** The fields of a kind's config, in order. Throws for a field without a widget: no blank forms. */
export function fieldsOf(kind: { kind: string; config: z.ZodType }): Field[] {
  const shape = (kind.config as z.ZodObject).shape
  return Object.entries(shape).map(([name, schema]) => {
    const meta = (schema as z.ZodType).meta() as FieldMeta | undefined
    if (!meta?.field) throw new Error(`Field ${name} of ${kind.kind} names no widget`)
    return { ...meta, name }
  })
}
