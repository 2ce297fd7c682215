import PostalMime, { type Address, decodeWords } from 'postal-mime'

/** A mail the built-in mailbox took in, parsed for reading; `raw` is what came over the wire. */
export interface StoredMail {
  workspaceId: string
  /** The envelope: who answers for it and who gets it. */
  envelope: { from: string; to: string[] }
  from: { name: string; address: string } | null
  to: { name: string; address: string }[]
  subject: string
  html: string | null
  text: string | null
  /** In the order they stand in the mail, names in lower case, values decoded. */
  headers: { name: string; value: string }[]
  messageId: string | null
  raw: Buffer
  size: number
  receivedAt: Date
}

/** What parsing adds to the bytes. */
export type ParsedMail = Omit<StoredMail, 'workspaceId' | 'envelope' | 'receivedAt'>

const limits = { maxNestingDepth: 20, maxHeadersSize: 256 * 1024 }

/** Reads a mail (RFC 5322, MIME); throws when it nests too deep or its headers are too long. */
export async function parseMail(raw: Buffer): Promise<ParsedMail> {
  const mail = await PostalMime.parse(raw, limits)
  return {
    from: mail.from ? (mailboxesOf(mail.from)[0] ?? null) : null,
    to: (mail.to ?? []).flatMap(mailboxesOf),
    subject: mail.subject ?? '',
    html: mail.html ?? null,
    text: mail.text ?? null,
    headers: mail.headers.map(({ key, value }) => ({ name: key, value: decodeWords(value) })),
    messageId: mail.messageId ?? null,
    raw,
    size: raw.length,
  }
}

function mailboxesOf(address: Address): { name: string; address: string }[] {
  if (address.group) return address.group.map(({ name, address: mail }) => ({ name, address: mail }))
  return address.address === undefined ? [] : [{ name: address.name, address: address.address }]
}
