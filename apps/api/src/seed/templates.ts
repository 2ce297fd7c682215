interface SeedTemplate {
  name: string
  subject: string
  preheader: string
  body: string
}

const ink = '#1c2430'
const quiet = '#5d6b7a'
const accent = '#0f766e'
const paper = '#f4f1ea'

/** A letter of the demo shop: its name, a heading, paragraphs, a button, and the way out. */
function letter(heading: string, paragraphs: string[], button: string, extra = ''): string {
  return `<mjml>
  <mj-head>
    <mj-attributes>
      <mj-all font-family="Georgia, 'Times New Roman', serif" />
      <mj-text font-size="17px" line-height="1.6" color="${ink}" padding="8px 32px" />
      <mj-section background-color="#ffffff" padding="0" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="${paper}" width="600px">
    <mj-section background-color="${paper}" padding="28px 0 16px">
      <mj-column>
        <mj-text align="center" font-size="22px" letter-spacing="4px" color="${accent}">LAVKA</mj-text>
      </mj-column>
    </mj-section>
    <mj-section border-radius="12px 12px 0 0" padding="28px 0 0">
      <mj-column>
        <mj-text font-size="28px" line-height="1.25">${heading}</mj-text>
${paragraphs.map((text) => `        <mj-text>${text}</mj-text>`).join('\n')}
      </mj-column>
    </mj-section>
${extra}    <mj-section border-radius="0 0 12px 12px" padding="12px 0 36px">
      <mj-column>
        <mj-button background-color="${accent}" border-radius="8px" font-size="17px" inner-padding="14px 28px" href="https://example.com/shop">${button}</mj-button>
      </mj-column>
    </mj-section>
    <mj-section background-color="${paper}" padding="20px 0 36px">
      <mj-column>
        <mj-text align="center" font-size="13px" color="${quiet}">You get this letter because you shopped at {{ workspace.name }}.<br /><a href="{{ unsubscribe_url }}" style="color:${quiet}">Unsubscribe</a></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`
}

const friend = `{{ customer.first_name | default: "friend" }}`

const offer = `    <mj-section padding="8px 0">
      <mj-column width="100%" padding="0 32px">
        <mj-text align="center" font-size="15px" color="${quiet}" padding="16px 0 0">Your private code</mj-text>
        <mj-text align="center" font-size="30px" letter-spacing="6px" color="${accent}" padding="4px 0 16px">COMEBACK15</mj-text>
      </mj-column>
    </mj-section>
`

/** The email templates of the demo workspace. */
export const seedTemplates: SeedTemplate[] = [
  {
    name: 'Win-back: large order',
    subject: `15% off your next order, ${friend}`,
    preheader: 'A thank-you for an order that was a pleasure to pack',
    body: letter(
      `We kept something for you, ${friend}`,
      [
        'A month ago you ordered for {{ event.total | default: "a fine sum" }} dollars. Thank you: we packed it with care.',
        'We would love to see you again. Here is 15% off everything, for two weeks.',
      ],
      'Choose something',
      offer,
    ),
  },
  {
    name: 'Win-back: small order',
    subject: `New things on our shelves, ${friend}`,
    preheader: 'Small finds under 20 dollars',
    body: letter(
      `New on our shelves, ${friend}`,
      [
        'Last time you picked something small for {{ event.total | default: "a few" }} dollars. We have put together more small finds, all under 20 dollars.',
        'No hurry and no codes: simply things we like.',
      ],
      'See the small finds',
    ),
  },
  {
    name: 'Thank you for ordering again',
    subject: `Thank you, ${friend}`,
    preheader: 'You came back, and it made our day',
    body: letter(
      `You came back, ${friend}!`,
      [
        'Thank you for your second order. People who come back are the reason this shop exists.',
        'If anything is not as it should be, answer this letter: a person reads it.',
      ],
      'See your order',
    ),
  },
]
