import { paces, timeFormats } from '@tropa/intake'
import type { Text } from '@tropa/journey'
import type { Issue } from '../input.ts'

const formats = timeFormats.join(', ')

/** What is wrong with a change of an import and how to mend it, by the beginning of the path. */
const sentences: [place: RegExp, sentence: Text][] = [
  [
    /^secondsPerDay$/,
    {
      en: `“secondsPerDay” says how many seconds a day takes on the fast clock: a number from ${paces.min} to ${paces.max}. Send one.`,
      ru: `«secondsPerDay» — сколько секунд идут сутки на ускоренных часах: число от ${paces.min} до ${paces.max}. Передайте такое.`,
    },
  ],
  [
    /^mode$/,
    {
      en: '“mode” says what becomes of the rows: “history”, “live” or “compressed”. Send one of these.',
      ru: '«mode» — что станет со строками: «history», «live» или «compressed». Передайте одно из этих слов.',
    },
  ],
  [
    /^mapping\.time\.zone$/,
    {
      en: 'There is no such time zone. Use a name such as “Europe/Berlin” or “UTC”.',
      ru: 'Такого часового пояса нет. Укажите имя вроде «Europe/Moscow» или «UTC».',
    },
  ],
  [
    /^mapping\.time\.format$/,
    {
      en: `The dates cannot be read in this format. Choose one of: ${formats}.`,
      ru: `В таком формате даты не читаются. Выберите один из: ${formats}.`,
    },
  ],
  [
    /^mapping\.time/,
    {
      en: 'The mapping does not say which column is the time. Send “time” with “column”, counted from 0.',
      ru: 'Не указано, какой столбец — время. Передайте «time» с «column», счёт с 0.',
    },
  ],
  [
    /^mapping\.customer/,
    {
      en: 'The mapping does not say who the customer is. Send “customer” with “column”, counted from 0, and “identifier”: external_id, email or phone.',
      ru: 'Не указано, кто клиент. Передайте «customer» с «column», счёт с 0, и «identifier»: external_id, email или phone.',
    },
  ],
  [
    /^mapping\.event/,
    {
      en: 'The events have no usable name. Send “event” with a “name” that does not begin with $, or with the “column” that holds it.',
      ru: 'У событий нет подходящего имени. Передайте «event» с «name» не с $ в начале или со столбцом «column», где оно стоит.',
    },
  ],
  [
    /^mapping\.(properties|attributes)/,
    {
      en: 'A property or attribute cannot be used. Each needs a “column”, a “name” and a “type”: number, text, boolean or date.',
      ru: 'Свойство или атрибут не подходит. Каждому нужны «column», «name» и «type»: number, text, boolean или date.',
    },
  ],
  [
    /^mapping\.emailAddress/,
    {
      en: 'The pattern of the made-up addresses is no address or names no customer. Write it like “{external_id}@example.test”.',
      ru: 'Шаблон выдуманных адресов — не адрес или в нём нет клиента. Запишите его так: «{external_id}@example.test».',
    },
  ],
  [
    /^mapping\.consentEmail/,
    {
      en: 'The source of the consent is too short or too long to be kept as proof. Say in 3 to 500 characters where and when they agreed.',
      ru: 'Источник согласия слишком короткий или длинный, чтобы быть доказательством. Напишите, где и когда согласились: от 3 до 500 знаков.',
    },
  ],
  [
    /^format/,
    {
      en: 'The file cannot be read this way. “format” takes “separator” (“,”, “;”, “tab” or “whitespace”), “header” (true or false) and “encoding” (utf-8 or windows-1251).',
      ru: 'Так файл не прочитать. В «format» бывают «separator» («,», «;», «tab» или «whitespace»), «header» (true или false) и «encoding» (utf-8 или windows-1251).',
    },
  ],
]

/** The sentence for the first thing wrong with a change of an import. */
export function changeSentence([first]: Issue[]): Text | undefined {
  return sentences.find(([place]) => place.test(first?.path ?? ''))?.[1]
}
