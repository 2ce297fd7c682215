import { defineArea } from '../i18n/area.ts'

export const lists = defineArea({ more: 'Show more' }, { more: 'Показать ещё' })
