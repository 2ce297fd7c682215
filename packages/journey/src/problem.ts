import type { Text } from './text.ts'

/** Something about a draft that a member should know before publishing; errors block it, warnings do not. */
export interface Problem {
  code: string
  severity: 'error' | 'warning'
  nodeId: string | null
  /** Config field the problem belongs to, a dotted path. */
  field: string | null
  text: Text
  fix: Text
}

type Sentences = Record<string, { severity: Problem['severity']; text: (about: string) => Text; fix: Text }>

/** The sentences of every structural problem. `about` is the node's name in quotes, or what the sentence is about. */
export const problemSentences = {
  no_entry: {
    severity: 'error',
    text: () => ({
      en: 'Nobody can enter: the journey has no entry.',
      ru: 'Войти никто не может: в сценарии нет входа.',
    }),
    fix: { en: 'Add an “Event” entry as the first block.', ru: 'Добавьте вход «Событие» первым блоком.' },
  },
  too_many_nodes: {
    severity: 'error',
    text: (about) => ({
      en: `The journey has ${about} blocks; 200 is the most.`,
      ru: `Блоков в сценарии: ${about}; можно не больше 200.`,
    }),
    fix: { en: 'Split it into two journeys.', ru: 'Разделите его на два сценария.' },
  },
  unreachable_node: {
    severity: 'error',
    text: (about) => ({ en: `No path leads to ${about}.`, ru: `К блоку ${about} не ведёт ни один путь.` }),
    fix: { en: 'Connect it, or delete it.', ru: 'Соедините его или удалите.' },
  },
  output_leads_nowhere: {
    severity: 'warning',
    text: (about) => ({
      en: `${about} leads nowhere: customers leave the journey there.`,
      ru: `${about} никуда не ведёт: клиенты там выходят из сценария.`,
    }),
    fix: {
      en: 'Add a step, or an “Exit” if this is the end.',
      ru: 'Добавьте шаг или «Выход», если это конец.',
    },
  },
  unknown_kind: {
    severity: 'error',
    text: (about) => ({
      en: `${about} is of a kind that is not installed here.`,
      ru: `Тип блока ${about} здесь не установлен.`,
    }),
    fix: { en: 'Install its connector, or delete the block.', ru: 'Установите коннектор или удалите блок.' },
  },
  edge_to_nothing: {
    severity: 'error',
    text: (about) => ({
      en: `A connection of ${about} ends at a block or output that is not there.`,
      ru: `Связь блока ${about} ведёт к блоку или ветке, которых нет.`,
    }),
    fix: { en: 'Delete the connection and draw it again.', ru: 'Удалите связь и проведите её заново.' },
  },
  output_connected_twice: {
    severity: 'error',
    text: (about) => ({
      en: `${about} leads to two blocks at once.`,
      ru: `${about} ведёт сразу к двум блокам.`,
    }),
    fix: { en: 'Keep one connection per output.', ru: 'Оставьте одну связь на ветку.' },
  },
  edge_into_entry: {
    severity: 'error',
    text: (about) => ({
      en: `A connection leads into the entry ${about}.`,
      ru: `Связь ведёт во вход ${about}.`,
    }),
    fix: { en: 'Connect it to the block after the entry.', ru: 'Проведите её к блоку после входа.' },
  },
  duplicate_node_id: {
    severity: 'error',
    text: (about) => ({
      en: `Two blocks have the same id ${about}.`,
      ru: `У двух блоков один идентификатор ${about}.`,
    }),
    fix: { en: 'Delete one of them and add it again.', ru: 'Удалите один из них и добавьте снова.' },
  },
  loop_without_wait: {
    severity: 'error',
    text: (about) => ({
      en: `${about} is in a loop with no wait inside: customers would go round without end.`,
      ru: `${about} стоит в цикле без ожидания: клиенты ходили бы по кругу без конца.`,
    }),
    fix: { en: 'Put a wait into the loop, or break it.', ru: 'Добавьте в цикл ожидание или разорвите его.' },
  },
  field_missing: {
    severity: 'error',
    text: (about) => ({ en: `Not filled in: ${about}.`, ru: `Не заполнено: ${about}.` }),
    fix: { en: 'Fill it in.', ru: 'Заполните поле.' },
  },
  field_wrong: {
    severity: 'error',
    text: (about) => ({ en: `This value cannot be used: ${about}.`, ru: `Значение не подходит: ${about}.` }),
    fix: { en: 'Correct the value.', ru: 'Исправьте значение.' },
  },
  template_missing: {
    severity: 'error',
    text: (about) => ({
      en: `The template of ${about} is gone.`,
      ru: `Шаблона блока ${about} больше нет.`,
    }),
    fix: { en: 'Choose another template.', ru: 'Выберите другой шаблон.' },
  },
  template_broken: {
    severity: 'error',
    text: (about) => ({
      en: `The template ${about} has mistakes and cannot be sent.`,
      ru: `В шаблоне ${about} ошибки, отправить его нельзя.`,
    }),
    fix: { en: 'Correct it, or choose another template.', ru: 'Исправьте его или выберите другой шаблон.' },
  },
  connection_missing: {
    severity: 'error',
    text: (about) => ({
      en: `${about} has no connection to send through.`,
      ru: `Для блока ${about} нет подключения, через которое отправлять.`,
    }),
    fix: {
      en: 'Add a connection in Settings, or choose another.',
      ru: 'Добавьте подключение в настройках или выберите другое.',
    },
  },
  template_variable_unset: {
    severity: 'error',
    text: (about) => ({
      en: `The template uses ${about}, which this journey cannot fill in.`,
      ru: `В шаблоне есть ${about}, а этот сценарий заполнить его не может.`,
    }),
    fix: {
      en: 'Give it a default in the template, or choose another template.',
      ru: 'Задайте значение по умолчанию в шаблоне или выберите другой шаблон.',
    },
  },
  template_attribute_unseen: {
    severity: 'warning',
    text: (about) => ({
      en: `The template uses ${about}, which no customer has.`,
      ru: `В шаблоне есть ${about}, а такого нет ни у одного клиента.`,
    }),
    fix: {
      en: 'Check the spelling, or start sending it.',
      ru: 'Проверьте название или начните его передавать.',
    },
  },
  messages_at_once: {
    severity: 'warning',
    text: (about) => ({
      en: `${about} goes out right after another message: the customer gets both within a minute.`,
      ru: `${about} уходит сразу за другим сообщением: клиент получит оба в одну минуту.`,
    }),
    fix: { en: 'Put a wait between them.', ru: 'Поставьте между ними ожидание.' },
  },
  event_never_seen: {
    severity: 'warning',
    text: (about) => ({
      en: `No event called ${about} has come in yet.`,
      ru: `Событие ${about} ещё ни разу не приходило.`,
    }),
    fix: {
      en: 'Check the spelling, or bring it in: from a file or through the API.',
      ru: 'Проверьте название или загрузите его: из файла или через API.',
    },
  },
  attribute_never_seen: {
    severity: 'warning',
    text: (about) => ({
      en: `No customer has the attribute ${about}.`,
      ru: `Ни у одного клиента нет атрибута ${about}.`,
    }),
    fix: {
      en: 'Check the spelling, or start sending it.',
      ru: 'Проверьте название или начните его передавать.',
    },
  },
  saved_node_missing: {
    severity: 'error',
    text: (about) => ({
      en: `A condition reads the answer of ${about}, which does not come before it.`,
      ru: `Условие читает ответ блока ${about}, который не стоит перед ним.`,
    }),
    fix: {
      en: 'Choose a block that comes earlier on the path.',
      ru: 'Выберите блок, который стоит раньше на пути.',
    },
  },
  contradicts_entry: {
    severity: 'warning',
    text: (about) => ({
      en: `${about} can never be true after the entry’s filter.`,
      ru: `${about} не может выполниться после фильтра входа.`,
    }),
    fix: { en: 'Change the condition or the filter.', ru: 'Измените условие или фильтр.' },
  },
} as const satisfies Sentences

export type StructuralCode = keyof typeof problemSentences

/** Makes a structural problem from its code; `about` fills its sentence, the same in both languages or apart. */
export function problem(
  code: StructuralCode,
  where: { nodeId?: string; field?: string },
  about: Text | string = '',
): Problem {
  const { severity, text, fix } = problemSentences[code]
  const say = text as (about: string) => Text
  const words = typeof about === 'string' ? { en: about, ru: about } : about
  return {
    code,
    severity,
    nodeId: where.nodeId ?? null,
    field: where.field ?? null,
    text: { en: say(words.en).en, ru: say(words.ru).ru },
    fix,
  }
}
