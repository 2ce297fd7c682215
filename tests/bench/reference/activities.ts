import type { Transporter } from 'nodemailer'
import type pg from 'pg'

/** One send of a hand-written workflow. */
export interface ReferenceSend {
  enrollmentId: string
  step: number
  template: string
}

const insert = {
  name: 'reference-send',
  text: 'insert into reference_sends (enrollment_id, step, template) values ($1, $2, $3) on conflict do nothing',
}

/** The hand-written `send`: one row that makes a repeat harmless, then one mail by SMTP. */
export function createActivities(pool: pg.Pool, mailer: Transporter) {
  return {
    async send({ enrollmentId, step, template }: ReferenceSend): Promise<void> {
      const row = await pool.query({ ...insert, values: [enrollmentId, step, template] })
      if (row.rowCount === 0) return
      await mailer.sendMail({
        from: 'shop@example.test',
        to: `${enrollmentId}@example.test`,
        subject: `Template ${template}`,
        text: `Hello! This is the ${template} message.`,
        html: `<p>Hello! This is the <b>${template}</b> message.</p>`,
      })
    },
  }
}
