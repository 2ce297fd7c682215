import { defineArea } from '../i18n/area.ts'

export const journeys = defineArea({ title: 'Journeys' }, { title: 'Сценарии' })
