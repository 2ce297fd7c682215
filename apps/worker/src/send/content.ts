import { type EmailMessage, type EmailSender, signUnsubscribe } from '@tropa/connectors'
import { type CompiledTemplate, type RenderResult, renderEmail } from '@tropa/connectors/render'
import type { MessageFacts } from '@tropa/db/messages'
import type { SendRequest } from '@tropa/journey'

export interface ContentOptions {
  secret: string
  /** The public address of the web app: unsubscribe links lead there. */
  baseUrl: string
}

/** The one-click link that withdraws consent to what this message is about. */
export function unsubscribeLink(facts: MessageFacts, request: SendRequest, options: ContentOptions): string {
  const token = signUnsubscribe(options.secret, {
    workspaceId: facts.workspaceId,
    customerId: facts.personId ?? facts.customerId,
    channel: request.channel,
    topic: request.topic === '' ? null : request.topic,
    messageId: facts.id,
  })
  return `${options.baseUrl.replace(/\/$/, '')}/u/${token}`
}

/** Fills the template with what is known now. */
export async function fillTemplate(facts: MessageFacts, unsubscribeUrl: string): Promise<RenderResult> {
  const customer = { email: facts.email, external_id: facts.externalId, ...facts.attributes }
  return renderEmail(facts.template?.compiled as CompiledTemplate, {
    customer,
    event: facts.state.entry.properties,
    nodes: facts.state.saved,
    workspace: { name: facts.workspaceName ?? '' },
    unsubscribe_url: unsubscribeUrl,
  })
}

/** The email as the connector takes it. Marketing mail carries the one-click unsubscribe headers. */
export function emailOf(
  facts: MessageFacts,
  request: SendRequest,
  sender: EmailSender,
  content: { subject: string; html: string; text: string; to: string },
  unsubscribeUrl: string,
): EmailMessage {
  return {
    key: `${facts.enrollmentId}.${facts.node}.${facts.visit}`,
    from: { name: sender.name || (facts.workspaceName ?? ''), address: sender.address },
    ...content,
    headers: { 'X-Tropa-Message': facts.id },
    unsubscribeUrl: request.messageClass === 'marketing' ? unsubscribeUrl : null,
  }
}
