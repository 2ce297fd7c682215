import { z } from 'zod'

/** How the lines of a file are read. */
export const formatShape = z.object({
  separator: z.enum([',', ';', 'tab', 'whitespace']),
  header: z.boolean(),
  encoding: z.enum(['utf-8', 'windows-1251']),
})

/** The shortest and longest a day may take on a fast clock, in seconds. */
export const paces = { min: 0.2, max: 60 }

/** How many columns a row of the file has, beside how it is read. */
export const storedFormatShape = formatShape.extend({
  columns: z.array(
    z.object({
      index: z.number().int(),
      name: z.string(),
      samples: z.array(z.string()),
      guess: z.enum(['customer', 'email', 'time', 'number', 'text']),
    }),
  ),
  sampleRows: z.array(z.array(z.string())),
})

export type Format = z.infer<typeof formatShape>
export type StoredFormat = z.infer<typeof storedFormatShape>

/** The ways a moment may be written; `auto` takes those that can mean one thing only. */
export const timeFormats = [
  'auto',
  'YYYYMMDD',
  'YYYY-MM-DD',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'unix',
  'unix_ms',
] as const

export type TimeFormat = (typeof timeFormats)[number]

const column = z.number().int().min(0).max(999)
const name = z.string().trim().min(1).max(200)

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

const field = z.object({
  column,
  name: name.refine((text) => !['__proto__', 'constructor', 'prototype'].includes(text), 'not a usable name'),
  type: z.enum(['number', 'text', 'boolean', 'date']),
})

/** What the columns of a file mean. */
export const mappingShape = z.object({
  event: z.union([
    z.object({ name: name.refine((text) => !text.startsWith('$'), 'names that begin with $ are reserved') }),
    z.object({ column }),
  ]),
  customer: z.object({ column, identifier: z.enum(['external_id', 'email', 'phone']) }),
  time: z.object({
    column,
    format: z.enum(timeFormats).default('auto'),
    zone: z.string().max(64).refine(isZone, 'not a time zone').default('UTC'),
  }),
  properties: z.array(field).max(200).default([]),
  attributes: z.array(field).max(200).default([]),
  messageId: z.object({ column }).optional(),
  /** Made-up addresses for demos, e.g. `{external_id}@example.test`. */
  emailAddress: z
    .object({
      pattern: z
        .string()
        .max(200)
        .regex(/^[^\s@<>"]+@[^\s@<>"]+$/, 'not an address pattern')
        .refine((text) => text.includes('{external_id}') || text.includes('{customer}'), 'names no customer'),
    })
    .optional(),
  /** Where and when the customers agreed to email, in words; without it nobody becomes reachable. */
  consentEmail: z.object({ source: z.string().trim().min(3).max(500) }).optional(),
})

export type Mapping = z.infer<typeof mappingShape>
