export interface SendActivities {
  send: (input: { messageId: string }) => Promise<void>
}
