import type { Identifier } from '@tropa/db/identities'
import { emailFrom } from '@tropa/intake'
import type { Text } from '@tropa/journey'

interface Contact {
  trait: 'email' | 'phone'
  /** The identifier a text is; `null` when it cannot be one. */
  read: (text: string) => string | null
  code: NoteCode
}

/** What a sender is told of something that was taken, but not for what it seems to be meant. */
export type NoteCode = 'email_not_an_address' | 'phone_not_international'

export const notes: Record<NoteCode, Text> = {
  email_not_an_address: {
    en: 'This email is not an address. It is kept as an attribute, but nothing can be sent to it. Send one such as anna@example.com.',
    ru: 'Это не адрес почты. Он сохранён как атрибут, но писать на него нельзя. Отправьте адрес вида anna@example.com.',
  },
  phone_not_international: {
    en: 'This phone is not in the international form. It is kept as an attribute, but the customer is not recognised by it. Send it with + and the country code, such as +4915112345678.',
    ru: 'Телефон не в международном виде. Он сохранён как атрибут, но клиента по нему не узнать. Отправьте его с + и кодом страны, например +79161234567.',
  },
}

const contacts: Contact[] = [
  {
    trait: 'email',
    read: emailFrom,
    code: 'email_not_an_address',
  },
  {
    trait: 'phone',
    read: (text) => {
      const digits = text.replace(/[\s().-]/g, '')
      return /^\+\d{8,15}$/.test(digits) ? digits : null
    },
    code: 'phone_not_international',
  },
]

export interface Note {
  code: NoteCode
  trait: Contact['trait']
}

/** Addresses among the traits that also recognise the customer, and those that are told to be none. An empty one tells nothing. */
export function contactsOf(traits: Record<string, unknown>): { found: Identifier[]; unusable: Note[] } {
  const found: Identifier[] = []
  const unusable: Note[] = []
  for (const { trait, read, code } of contacts) {
    const told = traits[trait] ?? ''
    if (typeof told === 'string' && told.trim() === '') continue
    const value = typeof told === 'string' ? read(told) : null
    if (value !== null) found.push({ type: trait, value })
    else unusable.push({ code, trait })
  }
  return { found, unusable }
}
