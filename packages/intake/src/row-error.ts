import type { Text } from '@tropa/journey'

/** Why a row is not taken: what is wrong and what to do. `{0}` is the cell, `{1}` what was expected. */
export const rowErrors = {
  columns_wrong: {
    en: 'The row has {0} columns where the file has {1}. Check separators and quotation marks in this line.',
    ru: 'Столбцов в строке: {0}, а в файле: {1}. Проверьте разделители и кавычки в этой строке.',
  },
  quote_open: {
    en: 'A quotation mark opens in this line and is not closed, so its cells cannot be told apart. Close it or take it out; the lines after it were read as usual.',
    ru: 'В этой строке кавычка открыта и не закрыта, поэтому ячейки не разделить. Закройте или уберите её; строки после неё прочитаны как обычно.',
  },
  quote_stray: {
    en: 'A quotation mark opens a cell in this line and closes only in line {0}, with rows of their own on the way. Take it out or close it in this line; the lines after it were read as usual.',
    ru: 'В этой строке кавычка открывает ячейку, а закрыта она только в строке {0}, и между ними другие строки таблицы. Уберите её или закройте в этой же строке; строки после неё прочитаны как обычно.',
  },
  too_long: {
    en: 'The row or one of its cells is too long. Shorten it to 8,192 characters.',
    ru: 'Строка или ячейка слишком длинная. Сократите её до 8192 знаков.',
  },
  encoding_wrong: {
    en: 'The text cannot be read in the chosen encoding. Choose the other encoding, or save the file as UTF-8.',
    ru: 'Текст не читается в выбранной кодировке. Выберите другую кодировку или сохраните файл в UTF-8.',
  },
  zero_inside: {
    en: 'The row holds zero bytes, which no text has: the file was damaged here. Export it again, or mend this line.',
    ru: 'В строке есть нулевые байты, в тексте их не бывает: файл здесь повреждён. Выгрузите его заново или исправьте эту строку.',
  },
  customer_empty: {
    en: 'The customer’s column is empty. Fill it in, or leave the row out.',
    ru: 'Столбец клиента пуст. Заполните его или уберите строку.',
  },
  customer_wrong: {
    en: '“{0}” is not a usable {1}. Correct it, or choose another identifier.',
    ru: '«{0}» не подходит как {1}. Исправьте или выберите другой идентификатор.',
  },
  made_up_wrong: {
    en: 'The pattern of made-up addresses makes “{0}” here, and nothing can be sent to that. Choose a pattern such as {external_id}@example.test, or give no made-up addresses.',
    ru: 'По шаблону выдуманных адресов здесь выходит «{0}», а на такой адрес писать нельзя. Возьмите шаблон вида {external_id}@example.test или не давайте выдуманных адресов.',
  },
  event_empty: {
    en: 'The event’s name is empty, too long or begins with $. Correct it.',
    ru: 'Имя события пустое, слишком длинное или начинается с $. Исправьте его.',
  },
  time_wrong: {
    en: '“{0}” is not a date in the format {1}. Correct it, or choose another format.',
    ru: '«{0}» — не дата в формате {1}. Исправьте или выберите другой формат.',
  },
  time_ambiguous: {
    en: '“{0}” may be day/month or month/day. Choose the format of this column.',
    ru: '«{0}» — это день/месяц или месяц/день? Выберите формат столбца.',
  },
  number_wrong: {
    en: '“{0}” in “{1}” is not a number that can be kept. Correct it, or import the column as text.',
    ru: '«{0}» в «{1}» — не число, которое можно сохранить. Исправьте или импортируйте столбец как текст.',
  },
  number_ambiguous: {
    en: '“{0}” in “{1}” may be a whole number with thousands set off or a fraction. Write it without the comma or with a point, or import the column as text.',
    ru: '«{0}» в «{1}» — это тысячи или дробь? Запишите число без запятой или с точкой либо импортируйте столбец как текст.',
  },
  boolean_wrong: {
    en: '“{0}” in “{1}” is neither yes nor no. Correct it, or import the column as text.',
    ru: '«{0}» в «{1}» — ни да, ни нет. Исправьте или импортируйте столбец как текст.',
  },
  date_wrong: {
    en: '“{0}” in “{1}” is not a date. Correct it, or import the column as text.',
    ru: '«{0}» в «{1}» — не дата. Исправьте или импортируйте столбец как текст.',
  },
  message_id_used: {
    en: 'Another event already has the message id “{0}”. Each event needs its own.',
    ru: 'Идентификатор сообщения «{0}» уже занят другим событием. У каждого должен быть свой.',
  },
} as const satisfies Record<string, Text>

export type RowErrorCode = keyof typeof rowErrors

/** One row that was not taken. */
export interface RowError {
  code: RowErrorCode
  detail: Text
}

/** Dates whose format is recognised by itself have none to name. */
const timeUnrecognised: Text = {
  en: '“{0}” is not a date that is recognised by itself. Correct it, or choose how the dates of this column are written.',
  ru: '«{0}» не распознаётся как дата. Исправьте её или выберите, как записаны даты в этом столбце.',
}

/** Spreadsheets count days from 1900 and save the count when a column of dates is formatted as numbers. */
const dayNumber: Text = {
  en: '“{0}” is a day number of a spreadsheet, not a date. Format the column as dates there and save the file again.',
  ru: '«{0}» — номер дня из таблицы, а не дата. Задайте там столбцу формат даты и сохраните файл снова.',
}

function sentenceOf(code: RowErrorCode, cell: string, expected: string): Text {
  if (code !== 'time_wrong') return rowErrors[code]
  if (/^[1-7]\d{4}([.,]\d+)?$/.test(cell.trim())) return dayNumber
  return expected === 'auto' ? timeUnrecognised : rowErrors[code]
}

/** What is expected of a cell, where it has another name on the screens. */
const expectations: Record<string, Text> = {
  external_id: { en: 'id', ru: 'id' },
  email: { en: 'email address', ru: 'адрес почты' },
  phone: { en: 'phone number with its country code', ru: 'номер телефона с кодом страны' },
  unix: { en: '“seconds since 1970”', ru: '«секунды с 1970 года»' },
  unix_ms: { en: '“milliseconds since 1970”', ru: '«миллисекунды с 1970 года»' },
}

/** Fills in the sentence of a row error; long cells are cut. */
export function rowError(code: RowErrorCode, cell = '', expected = ''): RowError {
  const shown = cell.length > 60 ? `${cell.slice(0, 60)}…` : cell
  const sentence = sentenceOf(code, cell, expected)
  const fill = (language: 'en' | 'ru'): string =>
    sentence[language].replace(/\{([01])\}/g, (_, place) =>
      place === '0' ? shown : (expectations[expected]?.[language] ?? expected),
    )
  return { code, detail: { en: fill('en'), ru: fill('ru') } }
}
