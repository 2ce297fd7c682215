import { defineArea } from '../i18n/area.ts'
import { replayEn } from './texts-en.ts'
import { replayRu } from './texts-ru.ts'

export const replay = defineArea(replayEn, replayRu)
