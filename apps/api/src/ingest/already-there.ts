import type { Queryable } from '@tropa/db'
import { countKnown, type Earlier } from '@tropa/db/already-known'
import type { ImportRow } from '@tropa/db/imports'
import type { Mapping } from '@tropa/intake'
import type { Text } from '@tropa/journey'

/** Who is in the rows that were looked at. */
export interface People {
  customers: number
  /** Those among them who are known already. */
  known: number
}

/** How many different customers there are, and how many of them the workspace knows. */
export async function peopleOf(
  db: Queryable,
  { workspaceId }: Pick<ImportRow, 'workspaceId'>,
  { customer }: Mapping,
  values: ReadonlySet<string>,
): Promise<People> {
  const known = await countKnown(db, workspaceId, customer.identifier, [...values])
  return { customers: values.size, known }
}

const inEnglish = new Intl.NumberFormat('en')
const inRussian = new Intl.NumberFormat('ru')

/** What to know of a file that was imported before: null when nothing of it is there. */
export function importedBefore({ stored, played }: Earlier, mode: ImportRow['mode']): Text | null {
  const [en, ru] = [inEnglish.format(stored || played), inRussian.format(stored || played)]
  if (mode === 'compressed' && stored > 0)
    return {
      en: `This file has been imported before: ${en} of its events are stored. The fast clock plays them once more as test events, so timelines will show each of them twice, the second time marked “test”. Undoing this import takes the test events away and leaves the stored ones.`,
      ru: `Этот файл уже импортировали: сохранено событий — ${ru}. Ускоренные часы проиграют их ещё раз как тестовые, и в историях клиентов каждое появится дважды, второй раз с пометкой «тест». Отмена этого импорта уберёт тестовые события, а сохранённые оставит.`,
    }
  if (mode === 'compressed' && played > 0)
    return {
      en: `A fast clock has played this file before: ${en} of its test events are still on timelines. This run adds its own beside them. To see each event once, undo the earlier import first.`,
      ru: `Этот файл уже проигрывали на ускоренных часах: тестовых событий в историях клиентов — ${ru}. Этот прогон добавит рядом свои. Чтобы каждое событие было видно один раз, сначала отмените прежний импорт.`,
    }
  if (stored > 0)
    return {
      en: `This file has been imported before: ${en} of its events are stored. Its rows will be recognised and not stored twice.`,
      ru: `Этот файл уже импортировали: сохранено событий — ${ru}. Его строки будут узнаны и не сохранятся дважды.`,
    }
  if (played > 0)
    return {
      en: `A fast clock has played this file before: ${en} of its test events are on timelines. What is stored now stands beside them until that import is undone.`,
      ru: `Этот файл уже проигрывали на ускоренных часах: тестовых событий в историях клиентов — ${ru}. То, что сохранится сейчас, встанет рядом с ними, пока тот импорт не отменят.`,
    }
  return null
}
